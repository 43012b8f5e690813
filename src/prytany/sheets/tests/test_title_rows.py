"""Titles between rows are shown as what they are, and nothing is said about rows that are left out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prytany.sheets.tests.samples import workbook

pytestmark = pytest.mark.usefixtures("aliases")


def test_a_title_row_is_one_cell_and_has_no_issues(client_of):
    rows = [["Tên gọi", "Đơn vị", "Từ ngày"], ["I. Nhóm một", None, None], ["A", "SNV", "31/02/2026"]]
    data = workbook({"S": rows}, merge=[("S", 1, 0, 1, 2)])
    page = client_of("admin").post("/import/aliases/", {"file": SimpleUploadedFile("a.xlsx", data)}, follow=True)
    part = page.context["parts"][0]
    first = part.rows[0]
    assert (first.title, first.line.left_out, first.line.issues) == ("I. Nhóm một", True, [])
    assert part.counts == {"all": 2, "faulty": 1, "warned": 0, "left": 1}
    assert page.content.decode().count("I. Nhóm một") == 1
