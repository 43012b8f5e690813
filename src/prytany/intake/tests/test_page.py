"""Page 8 without a browser: what it shows, what its acts do, who may."""

import pytest
from django.urls import reverse

from prytany.audit.models import AuditEvent
from prytany.documents.models import Document
from prytany.files.tests import samples
from prytany.intake.models import Decision, TypedRow
from prytany.intake.tests.papers import UR, VI, act, sentence, taken
from prytany.intake.views.rows import MOST
from prytany.work.models import AssignmentSheet, Obligation, RoleInTask, Task
from prytany.work.services import issuing

MOST_QUERIES = 12


def page(client, document, **query):
    return client.get(reverse("intake:read", args=[document.uid]), query)


def proposed(response):
    return [row for row in response.context["rows"] if row.is_proposed]


def places(response):
    """Return start and end of what is proposed, as acts name them."""
    return [{"start": row.start, "end": row.end} for row in proposed(response)]


def take_all(client, document):
    """Take everything that is proposed, as "Take all proposals" does."""
    rows = proposed(page(client, document))
    acts = [
        {
            "key": row.key, "act": "take", "token": row.token, "start": row.start, "end": row.end,
            "cells": {cell.name: cell.text for cell in row.columns},
        }
        for row in rows
    ]  # fmt: skip
    return act(client, document, *acts)


# From text to paper


def test_a_pasted_text_becomes_a_paper_and_is_read(client_of):
    client = client_of("specialist")
    response = client.post(reverse("intake:new"), {"text": VI, "form_token": "t1"})
    document = Document.objects.get()
    assert response["Location"] == reverse("intake:read", args=[document.uid])
    assert (document.summary, document.language, document.issued_on) == (
        "Văn phòng Tỉnh ủy giao ban công tác quý IV", "vi", None,
    )  # fmt: skip
    again = client.post(reverse("intake:new"), {"text": VI, "form_token": "t1"})
    assert again["Location"] == response["Location"]
    assert Document.objects.count() == 1


def test_nothing_to_read_is_told_at_the_field(client_of):
    response = client_of("specialist").post(reverse("intake:new"), {"text": " \u202b\x00 "})
    assert response.status_code == 422
    assert response.context["form"].errors["text"]
    assert Document.objects.count() == 0


def test_a_text_that_bears_the_stamp_of_a_secret_is_refused_and_kept_in_the_form(client_of):
    text = "TỈNH ỦY LẠNG SƠN\nTUYỆT MẬT\nSố 12-BC/TU\nBÁO CÁO\nvề một việc\n"
    response = client_of("specialist").post(reverse("intake:new"), {"text": text})
    assert response.status_code == 422
    assert Document.objects.count() == 0
    assert "về một việc" in response.content.decode()


def test_a_text_of_two_million_characters_is_taken_and_read_in_parts(client_of):
    text = ("Sở Nội vụ rà soát danh mục hồ sơ trước ngày 15/12/2099.\n" * 40_000)[:1_990_000]
    client = client_of("specialist")
    response = client.post(reverse("intake:new"), {"text": text})
    assert response.status_code == 302
    shown = page(client, Document.objects.get())
    assert shown.context["part"].parts > 30
    assert len(shown.context["sentences"]) < 2_000
    last = page(client, Document.objects.get(), part=9_999)
    assert last.context["part"].number == last.context["part"].parts


def test_a_longer_text_is_refused_with_a_sentence(client_of):
    response = client_of("specialist").post(reverse("intake:new"), {"text": "a" * 2_000_001})
    assert response.status_code == 422
    assert response.context["form"].errors["text"]


@pytest.mark.parametrize("name", ["bản.pdf", "bản.docx", "bản.odt", "bản.html", "bản.txt"])
def test_a_file_is_read_in_the_worker_and_shown(client_of, run_jobs, settings, tmp_path, name):
    settings.FILES_DIR = tmp_path
    lines = [line for line in VI.split("\n") if line]
    content = {
        "pdf": lambda: samples.pdf(*lines),
        "docx": lambda: samples.docx_of(*lines),
        "odt": lambda: samples.odt_of(*lines),
        "html": lambda: ("<!doctype html><body>" + "".join(f"<p>{line}</p>" for line in lines)).encode(),
        "txt": VI.encode,
    }[name.rsplit(".", 1)[1]]()
    client = client_of("specialist")
    client.post(reverse("intake:new"), {"text": "", "files": samples.upload(name, content)})
    document = Document.objects.get()
    assert page(client, document).context["waits"]
    run_jobs()
    assert [row.cells["lead"].text for row in proposed(page(client, document))][:3] == [
        "Sở Nội vụ", "Sở Xây dựng", "Sở Xây dựng",
    ]  # fmt: skip


def test_a_broken_file_says_why_there_is_no_text(client_of, run_jobs, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    client = client_of("specialist")
    client.post(reverse("intake:new"), {"files": samples.upload("quét.pdf", samples.scanned_pdf())})
    run_jobs()
    shown = page(client, Document.objects.get())
    assert not shown.context["waits"]
    assert [file.problem != "" for file in shown.context["files"]] == [True]


# The page


def test_what_is_read_is_offered_and_nothing_is_written(world, client_of):
    document = taken(world)
    shown = page(client_of("specialist"), document).context
    assert [(row.is_proposed, row.cells["lead"].text, row.cells["due"].text) for row in shown["rows"]] == [
        (True, "Sở Nội vụ", "15/12/2099"),
        (True, "Sở Xây dựng", "12/2099"),
        (True, "Sở Xây dựng", "30/11/2099"),
        (True, "Sở Nội vụ", "20/12/2099"),
        (True, "Sở Nội vụ", "10/12/2099"),
        (True, "", "18/12/2099"),
        (True, "Sở Xây dựng", ""),
        (True, "", "01/2099"),
    ]
    stated = shown["stated"]
    assert (stated.total, stated.sentence, stated.entered, stated.left) == (8, 4, 0, [5, 6, 7, 8, 9, 10, 11, 12])
    assert [one.shown.sentence.text for one in shown["sentences"] if one.shown.sentence.furniture] == [
        "Chia sẻ", "214 lượt xem", "Ảnh: quang cảnh hội nghị tại điểm cầu trung tâm",
        "Tin liên quan: Lịch tiếp công dân tháng 12", "12 bình luận",
    ]  # fmt: skip
    assert [(offer.name, offer.basis != "") for offer in shown["offers"]] == [
        ("language", False), ("kind", False), ("issuer", False), ("date", True),
    ]  # fmt: skip
    assert (Task.objects.count(), AssignmentSheet.objects.count(), Decision.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("rows", [0, 8])
def test_page_opens_within_its_queries(world, client_of, django_assert_max_num_queries, rows):
    document, client = taken(world), client_of("specialist")
    if rows:
        take_all(client, document)
    page(client, document)  # what is kept by the process is looked up once
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(page(client, document).context["rows"]) == 8


def test_a_text_in_urdu_stands_in_its_own_direction(world, client_of):
    document = taken(world, UR)
    shown = page(client_of("specialist"), document)
    assert (shown.context["language"], shown.context["direction"], len(proposed(shown))) == ("ur", "rtl", 3)
    assert '<ol class="source" lang="ur" dir="rtl"' in shown.content.decode()


UNKNOWN = (
    "Quando la riunione fu aperta, il segretario lesse il verbale. Poi tutti firmarono il registro delle presenze."
)


@pytest.mark.parametrize("text", [UNKNOWN, "12 345", "Trời đẹp.", "\u200f\u200e – \u200f"])
def test_a_text_without_tasks_is_shown_and_any_sentence_becomes_a_row(world, client_of, text):
    document, client = taken(world, text), client_of("specialist")
    shown = page(client, document)
    assert proposed(shown) == []
    first = shown.context["sentences"][0].shown.sentence
    told = act(client, document, {"key": "n1", "act": "take", "token": "x", "start": first.start, "end": first.end})
    task = Task.objects.get()
    assert told["rows"][0]["uid"] == str(task.uid)
    assert (task.source_clause.start, task.source_clause.end) == (first.start, first.end)
    assert task.content


def test_mixed_directions_and_markup_are_shown_as_text(world, client_of):
    text = "Sở Nội vụ <script>alert(1)</script> báo cáo.\nمحکمہ داخلہ Sở Xây dựng رپورٹ دے۔\n\u2028Hết câu."
    response = page(client_of("specialist"), taken(world, text))
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.content.decode()


# Acts on rows


def test_taking_a_proposal_makes_a_draft_with_its_passage(world, client_of):
    document, client = taken(world), client_of("specialist")
    told = take_all(client, document)
    sheet = AssignmentSheet.objects.get()
    assert (sheet.document, sheet.stated_total, sheet.state, sheet.unit) == (document, 8, "draft", world.office)
    tasks = list(sheet.tasks.order_by("position"))
    assert [task.state for task in tasks] == ["draft"] * 8
    text = document.texts.get().text
    for task, place in zip(tasks, places_of(VI, text), strict=True):
        assert text[task.source_clause.start : task.source_clause.end] == place
    assert told["entered"] == 8
    first = tasks[0].obligations
    assert first.get(role=RoleInTask.LEAD).owner == world.home
    assert {part.owner for part in first.filter(role=RoleInTask.COORDINATING)} == {
        world.mau_son, world.khanh_khe, world.ky_lua,
    }  # fmt: skip
    assert sorted(key for row in told["lacking"].values() for key in row) == ["due", "lead", "lead"]
    assert Decision.objects.filter(outcome="taken", task__isnull=False).count() == 8
    shown = page(client, document).context
    assert (shown["proposed"], shown["entered"], shown["stated"].left) == (0, 8, [])


def places_of(source, text):
    """Return the lines of the eight tasks as they stand in the stored text."""
    lines = [line for line in source.split("\n") if line.split(" ")[:1] and " là, " in line[:9]]
    assert all(line in text for line in lines)
    return lines


def test_one_key_draws_a_row_from_a_sentence_with_what_stands_in_it(world, client_of):
    text = "Sở Xây dựng sẽ xem lại các cầu treo, xong trước ngày 01/10/2099."
    document, client = taken(world, text), client_of("specialist")
    start, end = sentence(document, "cầu treo")
    row = act(client, document, {"key": "n1", "act": "take", "token": "x", "start": start, "end": end})["rows"][0]
    assert (row["cells"]["lead"]["text"], row["cells"]["due"]["text"]) == ("Sở Xây dựng", "01/10/2099")
    assert "cầu treo" in row["cells"]["content"]["text"]


def test_a_row_sent_twice_is_made_once(world, client_of):
    document, client = taken(world), client_of("specialist")
    start, end = sentence(document, "Ba là")
    asked = {"key": "n1", "act": "take", "token": "a" * 32, "start": start, "end": end}
    first, second = (act(client, document, asked)["rows"][0] for _ in range(2))
    assert (first["uid"], Task.objects.count()) == (second["uid"], 1)
    typed = {"key": "n2", "act": "save", "token": "b" * 32, "cells": {"content": "Gõ tay"}}
    assert len({act(client, document, typed)["rows"][0]["uid"] for _ in range(2)}) == 1
    dropped = {"key": "n2", "act": "drop", "uid": first["uid"]}
    assert [act(client, document, dropped)["rows"][0]["gone"] for _ in range(2)] == [True, True]
    assert Task.objects.get().content == "Gõ tay"


def test_what_cannot_be_understood_stays_as_typed_and_keeps_the_sheet_here(world, client_of):
    document, client = taken(world), client_of("specialist")
    cells = {"content": "Lập danh sách", "lead": "Sở Không có", "due": "31/2/2099"}
    row = act(client, document, {"key": "n1", "act": "save", "token": "x", "cells": cells})["rows"][0]
    assert row["cells"]["lead"]["wrong"]
    assert row["cells"]["due"]["wrong"]
    shown = next(one for one in page(client, document).context["rows"] if one.task)
    assert (shown.cells["lead"].text, shown.cells["due"].text) == ("Sở Không có", "31/2/2099")
    assert shown.cells["lead"].wrong == row["cells"]["lead"]["wrong"]
    response = client.post(reverse("intake:submit", args=[document.uid]), follow=True)
    assert AssignmentSheet.objects.get().state == "draft"
    assert "Sở Không có" in response.content.decode()


def test_two_editors_of_one_row_lose_neither_text(world, client_of):
    document, client = taken(world), client_of("specialist")
    row = act(client, document, {"key": "n1", "act": "save", "token": "x", "cells": {"content": "Một"}})["rows"][0]
    change = {"act": "save", "uid": row["uid"], "version": row["version"]}
    client_of("deputy")
    act(client, document, {**change, "key": "theirs", "cells": {"content": "Hai", "lead": "Sở Nội vụ"}})
    client_of("specialist")
    told = act(client, document, {**change, "key": "mine", "cells": {"content": "Ba"}})
    assert told["rows"] == []
    refused = told["refused"][0]
    assert (refused["key"], refused["code"]) == ("mine", "stale")
    assert (refused["theirs"]["cells"]["content"], refused["theirs"]["cells"]["lead"]) == ("Hai", "Sở Nội vụ")
    kept = act(client, document, {**change, "version": refused["theirs"]["version"], "cells": {"content": "Ba"}})
    assert kept["refused"] == []
    assert Task.objects.get().content == "Ba"


def test_one_refused_act_does_not_keep_the_others_from_being_done(world, client_of):
    document, client = taken(world), client_of("specialist")
    gone = {"key": "a", "act": "save", "uid": str(document.uid), "version": 1, "cells": {"content": "x"}}
    outside = {"key": "b", "act": "take", "token": "t", "start": 5, "end": 10**8}
    good = {"key": "c", "act": "save", "token": "u", "cells": {"content": "Việc"}}
    told = act(client, document, gone, outside, good)
    assert [(one["key"], one["code"]) for one in told["refused"]] == [("a", "gone"), ("b", "range")]
    assert [one["key"] for one in told["rows"]] == ["c"]


def test_a_skipped_proposal_is_not_offered_again_until_that_is_taken_back(world, client_of):
    document, client = taken(world), client_of("specialist")
    place = places(page(client, document))[2]
    act(client, document, {"key": "p", "act": "skip", **place})
    assert place not in places(page(client, document))
    act(client, document, {"key": "p", "act": "offer", **place})
    assert place in places(page(client, document))


def test_a_dropped_row_is_not_offered_again(world, client_of):
    document, client = taken(world), client_of("specialist")
    told = take_all(client, document)
    act(client, document, {"key": "x", "act": "drop", "uid": told["rows"][0]["uid"]})
    assert (Task.objects.count(), len(proposed(page(client, document)))) == (7, 0)


def test_a_row_changed_elsewhere_shows_what_the_task_says(world, client_of):
    from prytany.work.services.copying import row_of
    from prytany.work.services.drafting import update_draft

    document, client = taken(world), client_of("specialist")
    take_all(client, document)
    task = Task.objects.get(position=6)
    row = row_of(task)
    row.lead, row.content = world.works, "Gửi danh sách trực"
    update_draft(scope=world.scope("specialist"), task=task, row=row)
    shown = next(one for one in page(client, document).context["rows"] if one.task == task)
    assert (shown.cells["content"].text, shown.cells["lead"].text) == ("Gửi danh sách trực", "Sở Xây dựng")
    assert shown.start == task.source_clause.start


def test_text_replaced_meanwhile_is_told_and_nothing_is_drawn_from_the_old_place(world, client_of):
    document, client = taken(world), client_of("specialist")
    start, end = sentence(document, "Ba là")
    asked = {"key": "n", "act": "take", "token": "x", "start": start, "end": end}
    told = act(client, document, asked, text=0)
    assert [one["code"] for one in told["refused"]] == ["text_changed"]
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    ["", "[]", "nothing", '{"acts": 1}', '{"acts": [1]}', '{"acts": [{"act": "burn"}]}', '{"acts": [{"act": "save"}]}'],
)
def test_bodies_that_make_no_sense_are_bad_requests(world, client_of, body):
    address = reverse("intake:rows", args=[taken(world).uid])
    assert client_of("specialist").post(address, body, content_type="application/json").status_code == 400


def test_too_many_acts_at_once_are_a_bad_request(world, client_of):
    address = reverse("intake:rows", args=[taken(world).uid])
    body = {"acts": [{"act": "save", "cells": {}}] * (MOST + 1)}
    assert client_of("specialist").post(address, body, content_type="application/json").status_code == 400


# Without a script


def test_plain_forms_take_change_skip_and_remove(world, client_of):
    document, client = taken(world), client_of("specialist")
    address = reverse("intake:row", args=[document.uid])
    first, second = proposed(page(client, document))[:2]

    def fields(row):
        cells = {cell.name: cell.text for cell in row.columns}
        return {"text": document.texts.get().pk, "start": row.start, "end": row.end, "form_token": row.token, **cells}

    taken_row = client.post(address, {"act": "take", **fields(first)})
    client.post(address, {"act": "take", **fields(first)})
    task = Task.objects.get()
    assert taken_row["Location"].endswith(f"#r-{task.uid}")
    client.post(address, {"act": "skip", **fields(second)})
    assert len(proposed(page(client, document))) == 6
    client.post(address, {"act": "save", "uid": task.uid, "version": task.version, "content": "Đổi", "lead": "Sở Ma"})
    assert Task.objects.get().content == "Đổi"
    stale = {"act": "save", "uid": task.uid, "version": task.version, "content": "Chữ tôi gõ"}
    assert "Chữ tôi gõ" in client.post(address, stale, follow=True).content.decode()
    assert Task.objects.get().content == "Đổi"
    client.post(address, {"act": "drop", "uid": task.uid})
    client.post(address, {"act": "save", "form_token": "n", "start": "", "end": "", "content": "Gõ tay"})
    assert list(Task.objects.values_list("content", "source_clause")) == [("Gõ tay", None)]


# Facts of the paper


def test_facts_are_taken_one_by_one_or_all_and_not_offered_again(world, client_of):
    document, client = taken(world), client_of("specialist")
    address = reverse("intake:settle", args=[document.uid])
    client.post(address, {"take": "date"})
    document.refresh_from_db()
    assert (str(document.issued_on), document.issued_precision, document.issued_basis) == (
        "2026-11-16",
        "day",
        "stated",
    )
    client.post(address, {"leave": "issuer"})
    document.refresh_from_db()
    assert document.issuer_name == ""
    assert [offer.name for offer in page(client, document).context["offers"]] == ["language", "kind"]
    client.post(address, {"take": "all"})
    assert page(client, document).context["offers"] == []
    assert dict(Decision.objects.values_list("subject", "outcome")) == {
        "fact.date": "taken", "fact.issuer": "skipped", "fact.language": "taken", "fact.kind": "taken",
    }  # fmt: skip


# On to the chief


def fill_gaps(client, document):
    """Write what is missing in the rows that were taken."""
    for row in page(client, document).context["rows"]:
        if row.lacking:
            cells = {cell.name: cell.text for cell in row.columns}
            cells |= {"lead": cells["lead"] or "Sở Nội vụ", "due": cells["due"] or "Q1/2099"}
            change = {"key": row.key, "act": "save", "uid": row.key, "version": row.task.version, "cells": cells}
            assert act(client, document, change)["refused"] == []


def test_the_sheet_goes_to_the_chief_and_is_issued_in_one_act(world, client_of):
    document, client = taken(world), client_of("specialist")
    take_all(client, document)
    refused = client.post(reverse("intake:submit", args=[document.uid]), follow=True)
    assert AssignmentSheet.objects.get().state == "draft"
    assert refused.status_code == 200
    fill_gaps(client, document)
    response = client.post(reverse("intake:submit", args=[document.uid]))
    sheet = AssignmentSheet.objects.get()
    assert (sheet.state, response["Location"]) == ("submitted", reverse("work:sheet", args=[sheet.uid]))
    decided = AuditEvent.objects.get(action="proposal.decide")
    assert decided.data == {"taken": 8, "skipped": 0}
    assert [one.uid for one in page(client, document).context["earlier"]] == [sheet.uid]
    issuing.issue_sheet(scope=world.scope("chief"), sheet=sheet)
    assert Obligation.objects.filter(state="issued", holder=world.home).count() == 6
    assert set(Task.objects.values_list("state", flat=True)) == {"issued"}
    assert all(task.source_clause_id for task in Task.objects.all())


def test_the_chief_goes_on_to_the_sheet_itself(world, client_of):
    document, client = taken(world, by="chief"), client_of("chief")
    take_all(client, document)
    response = client.post(reverse("intake:submit", args=[document.uid]))
    assert response["Location"] == reverse("work:sheet", args=[AssignmentSheet.objects.get().uid])
    assert AssignmentSheet.objects.get().state == "draft"


def test_a_sheet_sent_back_is_filled_again(world, client_of):
    document, client = taken(world), client_of("specialist")
    take_all(client, document)
    fill_gaps(client, document)
    client.post(reverse("intake:submit", args=[document.uid]))
    issuing.return_sheet(scope=world.scope("chief"), sheet=AssignmentSheet.objects.get(), reason="Bỏ việc 3")
    shown = page(client, document).context
    assert (shown["entered"], shown["sheet"].state) == (8, "returned")
    assert TypedRow.objects.count() == 8


def test_an_empty_page_has_nothing_to_submit(world, client_of):
    document, client = taken(world), client_of("specialist")
    assert client.post(reverse("intake:submit", args=[document.uid])).status_code == 302
    assert AssignmentSheet.objects.count() == 0


# Who may


@pytest.mark.parametrize("post", ["clerk", "home_head", "mau_son_focal", "leader", "archivist", "auditor", "admin"])
def test_the_page_says_why_it_does_not_open(world, client_of, post):
    document, client = taken(world), client_of(post)
    for address in (reverse("intake:new"), reverse("intake:read", args=[document.uid])):
        response = client.get(address)
        assert response.status_code == 403
        assert "intake/refused.html" in [template.name for template in response.templates]
    rows = reverse("intake:rows", args=[document.uid])
    assert client.post(rows, "{}", content_type="application/json").status_code == 403
    for name in ("row", "submit", "settle"):
        assert client.post(reverse(f"intake:{name}", args=[document.uid])).status_code == 403


def test_a_paper_of_another_office_does_not_exist(world, client_of):
    document, client = taken(world), client_of("stranger")
    assert page(client, document).status_code == 404
    rows = reverse("intake:rows", args=[document.uid])
    assert client.post(rows, '{"acts": []}', content_type="application/json").status_code == 404


@pytest.mark.parametrize(("post", "shown"), [("specialist", True), ("chief", True), ("clerk", False), ("admin", False)])
def test_ways_to_the_page_stand_where_people_are(world, client_of, post, shown):
    address, client = reverse("intake:new"), client_of(post)
    for name in ("documents:list", "work:desk"):
        assert (address in client.get(reverse(name)).content.decode()) is shown, name
