"""What the predecessor of the newcomer leaves: a word to the next holder, and notes on some lines of the hand-over."""

import datetime
from itertools import islice

from django.utils import timezone

from prytany.accounts.scopes import scope_of
from prytany.core import clock
from prytany.demo.organisation import Office
from prytany.work import handing
from prytany.work.models import HandOver
from prytany.work.services.handing import prepare

WORD = (
    "Hồ sơ giấy nằm ở tủ số 2, bản điện tử ở thư mục chung của Sở. Việc của các xã biên giới thường gửi chậm, nên gọi "
    "trước một tuần."
)
NOTES = (
    "Đã có số liệu của hai phòng, còn chờ Phòng Hạ tầng.",
    "Dự thảo đã xong, Giám đốc Sở chưa xem.",
    "Đầu mối là Văn phòng xã; nên gọi trước khi gửi công văn.",
)


def leave_notes(office: Office) -> None:
    """Write the notes on the last full day in office, in the afternoon, and hand over."""
    post = office.post("newcomer")
    rows = HandOver.objects.filter(post=post, completed_at=None).select_related("outgoing__person", "post__unit")
    hand_over = rows.get()
    end = hand_over.outgoing.valid_to
    if end is None:
        return
    day = end - datetime.timedelta(days=1)
    with clock.at(timezone.make_aware(datetime.datetime.combine(day, datetime.time(16, 10)))):
        scope = scope_of(hand_over.outgoing, today=day)
        lines = (
            (group.kind, row.uid) for group in handing.groups(scope, hand_over) for row in group.rows.order_by("pk")
        )
        notes = dict(zip(islice(lines, len(NOTES)), NOTES, strict=False))
        prepare(scope=scope, hand_over=hand_over, note=WORD, notes=notes, ready=True)
