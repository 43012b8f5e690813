"""The overview is read on one page of paper before a meeting, however much is overdue."""

import datetime

import pypdf
import pytest

from prytany.core import clock
from prytany.documents.tests.papers import paper
from prytany.organisation import closure
from prytany.organisation.tests.factories import make_unit
from prytany.work.models import Obligation
from prytany.work.tests.factories import make_task

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = 37
LONG = "Rà soát, tổng hợp và báo cáo đầy đủ danh mục hồ sơ, tài liệu còn tồn đọng của các đơn vị sau sắp xếp " * 2


@pytest.fixture
def late(world):
    """Leave 37 units of long names overdue, each with a reason that fills its line, drawn from as many papers."""
    day = clock.today() - datetime.timedelta(days=20)
    for number in range(UNITS):
        name = f"Ủy ban nhân dân xã vùng cao biên giới đặc biệt khó khăn số {number:02}"
        unit = make_unit(name, under=world.root)
        document = paper(world.scope("clerk"), world.office, symbol=f"{number + 100}-TB/VPTU", summary=LONG)
        make_task(world, [], lead=unit, due=day, content=LONG, source_document=document)
    closure.rebuild()
    Obligation.objects.update(last_word=LONG, last_word_at=clock.now(), is_blocked=True, reminded_times=3)


@pytest.mark.parametrize("language", ["vi", "en", "ur"])
@pytest.mark.parametrize("by", ["", "?by=document"])
def test_overview_prints_on_one_page_with_many_overdue(page_as, late, tmp_path, language, by):
    page = page_as("chief", language=language)
    page.goto(f"/overview/{by}")
    path = tmp_path / "overview.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    sheets = pypdf.PdfReader(path).pages
    assert len(sheets) == 1
    if language == "en":
        text = " ".join(sheets[0].extract_text().split())
        assert "and 29 more; the page “All by unit, with reasons” lists them" in text
        assert "and 17 more" in text
