"""Page 12 as a person goes through it, with and without scripts."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prytany.organisation.models import UnitAlias
from prytany.sheets.models import ImportSession
from prytany.sheets.tests.samples import workbook

pytestmark = pytest.mark.usefixtures("aliases")
START = "/import/aliases/"
HTMX = {"HX-Request": "true"}
TRACKER = "Tên gọi\tĐơn vị\nA\tSở Nội vụ\nB\tSở NV cũ\n"


def read(response):
    return response.content.decode()


def begin(client, cells=TRACKER):
    response = client.post(START, {"cells": cells})
    assert response.status_code == 302
    return response["Location"]


def test_pasted_cells_become_rows_and_then_records(client_of, world):
    client = client_of("admin")
    url = begin(client)
    page = client.get(url)
    assert page.status_code == 200
    assert "Sở NV cũ" in read(page)
    assert 'value="apply"' not in read(page)
    choice = {"version": 1, "namekey-1": "so nv cu", "name-1": str(world.home.uid), "act": "look"}
    assert client.post(url, choice).status_code == 302
    assert 'value="apply"' in read(client.get(url))
    done = client.post(url, {"version": 2, "act": "apply"}, follow=True)
    assert "2 names brought in." in read(done)
    assert UnitAlias.objects.count() == 2
    undone = client.post(f"{url}undo/", follow=True)
    assert UnitAlias.objects.count() == 0
    assert 'action="/import/aliases' not in read(undone)


def test_a_unit_typed_beside_an_unknown_name_is_taken_or_said_to_be_none(client_of, world):
    client = client_of("admin")
    url = begin(client)
    client.post(url, {"version": 1, "namekey-1": "so nv cu", "name-1": "", "nametext-1": "Sở Không"})
    assert "Sở Không" in read(client.get(url))
    client.post(url, {"version": 2, "namekey-1": "so nv cu", "name-1": "", "nametext-1": "sở xây dựng"})
    session = ImportSession.objects.get()
    assert session.choices["names"] == {"so nv cu": str(world.works.uid)}


def test_a_workbook_is_uploaded(client_of):
    client = client_of("admin")
    data = workbook({"Tên": [["Tên gọi", "Đơn vị"], ["A", "SNV"]]})
    response = client.post(START, {"file": SimpleUploadedFile("theo dõi.xlsx", data)}, follow=True)
    assert "theo dõi.xlsx" in read(response)
    assert ImportSession.objects.get().name == "theo dõi.xlsx"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "file"),
        ({"cells": "   "}, "file"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "file"),
        ({"file": SimpleUploadedFile("a.csv", b"T\xeen;x"), "encoding": "utf-8"}, "encoding"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(client_of, sent, field):
    response = client_of("admin").post(START, sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not ImportSession.objects.exists()


def test_what_was_pasted_survives_an_error(client_of):
    response = client_of("admin").post(START, {"cells": '"Chưa đóng\tngoặc\n' + "x" * 90_000})
    assert response.status_code == 422
    assert "Chưa đóng" in read(response)


def test_with_scripts_only_the_import_is_sent_back(client_of, world):
    client = client_of("admin")
    url = begin(client)
    choice = {"version": 1, "namekey-1": "so nv cu", "name-1": str(world.home.uid)}
    response = client.post(url, choice, headers=HTMX)
    assert response.status_code == 200
    assert read(response).lstrip().startswith("<form")
    stale = client.post(url, choice, headers=HTMX)
    assert stale.status_code == 409
    assert 'role="alert"' in read(stale)


def test_a_faulty_cell_is_mended_on_the_page(client_of):
    client = client_of("admin")
    url = begin(client, "Tên gọi\tĐơn vị\tTừ ngày\nA\tSNV\t31/02/2026\n")
    assert 'name="edit-aliases-2-on"' in read(client.get(url))
    client.post(url, {"version": 1, "edit-aliases-2-on": "28/02/2026", "shown-aliases": "2", "in-aliases": "2"})
    page = read(client.get(url))
    assert 'value="apply"' in page
    assert 'value="28/02/2026"' in page


def test_an_unticked_row_is_left_out_and_a_ticked_one_comes_back(client_of):
    client = client_of("admin")
    url = begin(client, "Tên gọi\tĐơn vị\nA\tSNV\nB\tSXD\n")
    client.post(url, {"version": 1, "shown-aliases": "2 3", "in-aliases": "3"})
    assert ImportSession.objects.get().choices["left_out"] == {"aliases": [2]}
    client.post(url, {"version": 2, "shown-aliases": "2 3", "in-aliases": ["2", "3"]})
    assert ImportSession.objects.get().choices["left_out"] == {"aliases": []}


def test_rows_with_errors_come_as_a_workbook_that_can_be_brought_in_again(client_of):
    client = client_of("admin")
    url = begin(client, "Tên gọi\tĐơn vị\nA\tSNV\nB\tKhông có\n")
    response = client.get(f"{url}faulty.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:2] == ["Tên gọi", "Đơn vị"]
    assert rows[1][:2] == ["B", "Không có"]
    assert len(rows) == 2
    assert sheet["B2"].comment is not None
    again = client.post(START, {"file": SimpleUploadedFile("lỗi.xlsx", response.content)}, follow=True)
    assert again.context["plan"].missing == []


def test_empty_workbook_has_the_headings_and_is_understood(client_of):
    client = client_of("admin")
    data = client.get(f"{START}empty.xlsx").content
    again = client.post(START, {"file": SimpleUploadedFile("a.xlsx", data)}, follow=True)
    assert len(again.context["parts"][0].view.columns) == 9


def test_formulas_of_strangers_stay_text_in_what_goes_out(client_of):
    client = client_of("admin")
    url = begin(client, "Tên gọi\tĐơn vị\n=1+1\tKhông có\n@x\tKhông có\n")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}faulty.xlsx").content))
    assert [(cell.value, cell.data_type) for cell in book.active["A"][1:]] == [("=1+1", "s"), ("@x", "s")]


def test_an_import_belongs_to_the_person_who_began_it(client_of, client, world):
    url = begin(client_of("admin"))
    for name, status in (("specialist", 403), ("chief", 403)):
        client.force_login(world.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(url).status_code == status
        assert client.get(START).status_code == status
        assert client.get(f"{url}faulty.xlsx").status_code == status
        assert client.post(f"{url}undo/").status_code == 403


def test_unknown_kinds_and_uids_are_not_found(client_of):
    client = client_of("admin")
    assert client.get("/import/nothing/").status_code == 404
    assert client.get(f"{START}{uuid4()}/").status_code == 404
    assert client.get(f"{START}export.xlsx").status_code == 404


def test_visitors_are_sent_to_sign_in(client, db):
    assert client.get(START)["Location"].startswith(reverse("account_login"))


def test_many_rows_show_those_with_errors_first_and_in_pages(client_of, django_assert_max_num_queries):
    client = client_of("admin")
    rows = "".join(f"Tên {n}\t{'SNV' if n % 2 else 'Không có'}\n" for n in range(1000))
    url = begin(client, "Tên gọi\tĐơn vị\n" + rows)
    client.get(url)  # the names of the organisation are kept from here on
    with django_assert_max_num_queries(12):
        page = client.get(url)
    part = page.context["parts"][0]
    assert (part.which, part.total, len(part.rows), part.next_start) == ("faulty", 500, 200, 200)
    assert len(client.get(f"{url}?show=all&from=999").context["parts"][0].rows) == 200


def test_set_aside_forgets_the_sheet(client_of):
    client = client_of("admin")
    url = begin(client)
    client.post(f"{url}discard/")
    assert not ImportSession.objects.exists()
