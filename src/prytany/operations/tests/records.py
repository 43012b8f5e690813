"""Records of every awkward kind, made in an installation of its own: `installation.python(records.CODE)`."""

CODE = """
from prytany.operations.tests.records import make_records
make_records()
"""


def make_records():
    """A small province, jobs in every state, stored files, texts that are hard to write down."""
    import datetime

    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from prytany.accounts.models import Preference
    from prytany.accounts.tests.world import make_world
    from prytany.files import blobs
    from prytany.files.models import Blob, StoredFile
    from prytany.jobs import queue
    from prytany.jobs.tests import probes
    from prytany.organisation.consistency import rebuild_all

    world = make_world()
    rebuild_all()
    world.mau_son.contact = 'Tab\t, newline\n, return\r, backslash \\ \\N \\t, "quote", dấu tiếng Việt, हिन्दी, اردو 🏛'
    world.mau_son.save()
    values = [None, "", "\\N", 1, -1.5, True, [], {"b": 1, "a": {"é": "\n\\"}}, 12345678901234567890]
    for number, value in enumerate(values):
        Preference.objects.create(person=world.person("chief"), key=f"value {number}", value={"v": value})
    for number, moment in enumerate(["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.100000+00:00"]):
        session = Session(
            session_key=f"s{number}", session_data="", expire_date=datetime.datetime.fromisoformat(moment)
        )
        session.save()
    for content in [b"", b"one", bytes(range(256)) * 1000]:
        with blobs.arriving() as arrival:
            blobs.write(arrival, [content])
            blobs.settle(arrival)
            blobs.place(arrival)
            blob = Blob.objects.create(sha256=arrival.sha256, size=arrival.size, media_type="application/pdf")
        StoredFile.objects.create(
            root=world.root, blob=blob, name="tệp – ملف.pdf", uploaded_by=world.person("clerk"), holder_kind="tray"
        )
    probes.note.enqueue("waiting")
    probes.mail.enqueue("running")
    queue.claim("mail", "gone")
    probes.note.using(run_after=timezone.now() + datetime.timedelta(days=1)).enqueue("later")
