"""Pages on the frame with made-up content: what the frame's own browser tests look at."""

import datetime
import json
from types import SimpleNamespace

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from prytany.core import clock, undo
from prytany.core.fold import fold
from prytany.core.forms import CleanCharField, DateTextField, PrytanyForm
from prytany.core.lists import Count
from prytany.core.pagination import Page
from prytany.organisation.models import UnitName

D = datetime.date
NOON = datetime.datetime(2026, 11, 23, 5, tzinfo=datetime.UTC)
received: list[dict] = []
drafts: dict[str, dict] = {}


def part(state, due, **columns):
    usual = {"due_precision": "day", "submitted_on": None, "soon_on": None, "is_blocked": False, "extended_times": 0}
    return SimpleNamespace(state=state, due_on=due, **(usual | columns))


ROWS = [
    (
        "96-TB/VPTU",
        "Báo cáo cắt giảm văn bản giấy mười tháng",
        "Sở Tài chính",
        part("more_needed", D(2026, 11, 12)),
    ),
    (
        "104-TB/VPTU",
        "Sửa mái nhà lớp học điểm trường Khuổi Mươi",
        "Xã Khánh Khê",
        part("in_progress", D(2026, 11, 18), is_blocked=True),
    ),
    (
        "112-TB/VPTU",
        "Góp ý danh mục hồ sơ điện tử của các xã",
        "Sở Nội vụ",
        part("submitted", D(2026, 11, 27), submitted_on=D(2026, 11, 23)),
    ),
    (
        "118-TB/VPTU",
        "Rà soát đường liên thôn hư hỏng sau mùa mưa, đề xuất thứ tự sửa chữa",
        "Sở Xây dựng",
        part("received", D(2026, 12, 31), due_precision="month", extended_times=2),
    ),
    (
        "118-TB/VPTU",
        "Tổng hợp nhu cầu sửa chữa phòng học",
        "Sở Giáo dục và Đào tạo",
        part("verified", D(2026, 11, 10), submitted_on=D(2026, 11, 13)),
    ),
    (
        "71-KL/TU",
        "=Giữ lịch trực tiếp công dân hằng tuần",
        "Ban Tiếp công dân",
        part("in_progress", None, due_precision="standing"),
    ),
]
ACTS = [{"code": "remind", "label": "Đôn đốc"}, {"code": "xlsx", "label": "XLSX"}]


class SampleForm(PrytanyForm):
    content = CleanCharField(label="Nội dung", widget=forms.Textarea, help_text="Một câu, bắt đầu bằng động từ.")
    symbol = CleanCharField(label="Số, ký hiệu", required=False)
    due = DateTextField(label="Thời hạn", required=False)
    units = forms.CharField(
        label="Đơn vị", required=False, widget=forms.TextInput({"data-combobox": "/x/units/", "data-many": ""})
    )
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Thông báo"), ("b", "Kết luận")])
    urgent = forms.BooleanField(label="Khẩn", required=False)
    answer = forms.ChoiceField(label="Trả lời", choices=[("a", "Đang làm"), ("b", "Đã xong")], widget=forms.RadioSelect)
    examples = {"symbol": "118-TB/VPTU", "due": "5/12, +7, Q4"}


def listed(request):
    if request.method == "POST":
        received.append(
            {"act": request.POST.get("act"), "rows": request.POST.getlist("row"), "all": request.POST.get("all")}
        )
        undo.success(request, "Đã đôn đốc.", "/x/list/", {"act": "undo"})
        return redirect("/x/list/")
    with clock.at(NOON):
        context = {
            "rail": "tasks",
            "rows": ROWS,
            "page": Page(rows=ROWS, next="x"),
            "list": Count(1234),
            "bulk_acts": ACTS,
        }
        return render(request, "sample/list.html", context)


def form(request):
    bound = SampleForm(request.POST or None)
    if request.method == "POST" and bound.is_valid():
        received.append(bound.cleaned_data)
        return redirect("/x/list/")
    context = {"form": bound, "as_of": D(2026, 6, 30)}
    return render(request, "sample/form.html", context, status=422 if bound.errors else 200)


def answer(request):
    if request.method == "POST":
        sizes = [(file.name, file.size) for file in request.FILES.getlist("files")]
        received.append({"text": request.POST["text"], "files": sizes, "choice": request.POST["choice"]})
        return redirect("/x/list/")
    return render(request, "sample/answer.html")


def units(request):
    words = fold(request.GET["q"])
    names = UnitName.objects.filter(folded__contains=words).order_by("sort_key")
    return JsonResponse({"results": [{"value": name.pk, "label": name.name, "note": name.symbol} for name in names]})


def draft(request):
    """Keep drafts in memory, as accounts keeps them in the database."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if request.method == "POST":
        drafts[request.POST["form"]] = {k: v for k, v in json.loads(request.POST["data"]).items() if v}
        return JsonResponse({"saved": "08:10"})
    kept = drafts.get(request.GET["form"])
    return JsonResponse({"data": kept, "saved": "08:10"}) if kept else HttpResponse(status=204)


def gone(request):
    return HttpResponse(status=401, headers={"X-Sign-In": "/sign-in/login/"})


urlpatterns = [
    path("x/draft/", include(([path("", draft, name="save")], "drafts"))),
    path("", include("prytany.config.urls")),
    path("x/list/", listed),
    path("x/form/", form),
    path("x/answer/", answer),
    path("x/units/", units),
    path("x/gone/", gone),
]
handler400 = "prytany.core.views.bad_request"
handler500 = "prytany.core.views.server_error"
