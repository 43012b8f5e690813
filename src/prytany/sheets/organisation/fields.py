"""The three sheets of the organisation's workbook: what their columns may hold and how they may be headed."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation.kinds import KINDS, LEVELS, Term
from prytany.organisation.models import Appointment
from prytany.organisation.roles import ROLES
from prytany.sheets.reading import Cell, as_text
from prytany.sheets.registry import BadCell, Choice, Field, Part

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
YES = {"1", "x", "v", "co", "yes", "y", "true", "oui", "dung", *(fold(w) for w in ("हाँ", "हां", "نعم", "ہاں", "جی ہاں"))}
NO = {"0", "khong", "no", "n", "false", "non", "-", "–", *(fold(w) for w in ("नहीं", "لا", "نہیں"))}
# Levels of the usual kinds, where a sheet has no column for them.
LEVEL_OF_KIND = {
    "commune": "commune",
    "ward": "commune",
    "township": "commune",
    "special_zone": "commune",
    "district": "district",
    "town": "district",
}


_NOT_WORD = re.compile(r"[^\w]+")


def name_key(text: str) -> str:
    """Return a name folded for comparing, without punctuation."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def read_yes(cell: Cell, scope: Scope) -> bool:
    """Return a cell that says yes or no."""
    key = fold(as_text(cell))
    if key in YES or key in NO:
        return key in YES
    raise BadCell(_("Write yes or no."))


def read_account(cell: Cell, scope: Scope) -> str:
    """Return "" for no account, "*" for one with a proposed name, else the sign-in name."""
    text = as_text(cell).strip()
    key = fold(text)
    if key in NO:
        return ""
    if key in YES:
        return "*"
    if not re.fullmatch(r"[a-z0-9]([a-z0-9._-]{0,58}[a-z0-9])?", text.casefold()):
        raise BadCell(_("A sign-in name has letters a to z, digits, dots and hyphens; or write yes."))
    return text.casefold()


def _term(cell: Cell, terms: Mapping[str, Term]) -> str:
    """Return the code of a kind or level in any of the six languages; one of an office's own as it is written."""
    text = " ".join(as_text(cell).split())
    key = fold(text)
    for code, term in terms.items():
        if key == code or key in {fold(word) for word in (*term.words, *term.heads, str(term.label))}:
            return code
    if len(text) > 30:
        raise BadCell(_("Use at most 30 characters."))
    return text


def read_kind(cell: Cell, scope: Scope) -> str:
    """Return the kind of a unit."""
    return _term(cell, KINDS)


def read_level(cell: Cell, scope: Scope) -> str:
    """Return the level of a unit."""
    return _term(cell, LEVELS)


def kind_of_name(name: str) -> str:
    """Return the kind that the first words of a name speak of: "Xã Mẫu Sơn" is a commune; "" where they do not."""
    key = fold(name)
    found = [(len(head), code) for code, term in KINDS.items() for head in map(fold, term.heads) if _opens(key, head)]
    return max(found)[1] if found else ""


def _opens(name: str, head: str) -> bool:
    return name == head or name.startswith(f"{head} ")


def roles() -> list[Choice]:
    """Return the roles with the words people write for them."""
    words = {
        "leader": ("lãnh đạo", "bí thư", "phó bí thư", "thường trực"),
        "chief": ("chánh văn phòng",),
        "deputy_chief": ("phó chánh văn phòng",),
        "specialist": ("chuyên viên",),
        "registry_clerk": ("văn thư",),
        "unit_head": ("thủ trưởng đơn vị", "người đứng đầu", "lãnh đạo đơn vị", "head"),
        "focal_point": ("đầu mối", "công chức văn phòng"),
        "council_member": ("thành viên hội đồng",),
        "archivist": ("lưu trữ", "lưu trữ viên"),
        "inspector": ("thanh tra", "kiểm tra"),
        "auditor": ("kiểm toán",),
        "administrator": ("quản trị", "quản trị viên"),
    }
    return [Choice(code, role.label, words.get(code, ())) for code, role in ROLES.items()]


def kinds_of_appointment() -> list[Choice]:
    """Return how a post may be held."""
    words = {
        "holder": ("giữ chức vụ", "chính thức", "titulaire"),
        "acting": ("quyền", "phụ trách", "par intérim"),
        "deputy": ("cấp phó", "thay", "adjoint"),
    }
    return [Choice(code, label, words[code]) for code, label in Appointment.Kind.choices]


def languages() -> list[Choice]:
    """Return the languages of the office."""
    english = {"vi": "Vietnamese", "en": "English", "fr": "French", "hi": "Hindi", "ar": "Arabic", "ur": "Urdu"}
    return [Choice(code, name, (english[code],)) for code, name in settings.LANGUAGES]


_NAME_WORDS = {
    "vi": ("tên", "tên đơn vị", "tên tiếng việt", "đơn vị", "cơ quan", "tên cơ quan", "xã phường"),
    "en": ("name", "unit name", "english name", "tên tiếng anh"),
    "fr": ("nom", "nom de l'unité", "tên tiếng pháp"),
    "hi": ("नाम", "इकाई का नाम", "tên tiếng hindi"),
    "ar": ("الاسم", "اسم الوحدة", "tên tiếng ả rập"),
    "ur": ("نام", "یونٹ کا نام", "tên tiếng urdu"),
}
_NAME_LABELS = {
    "vi": gettext_lazy("Name in Vietnamese"),
    "en": gettext_lazy("Name in English"),
    "fr": gettext_lazy("Name in French"),
    "hi": gettext_lazy("Name in Hindi"),
    "ar": gettext_lazy("Name in Arabic"),
    "ur": gettext_lazy("Name in Urdu"),
}
_TITLE_LABELS = {
    "vi": gettext_lazy("Title in Vietnamese"),
    "en": gettext_lazy("Title in English"),
    "fr": gettext_lazy("Title in French"),
    "hi": gettext_lazy("Title in Hindi"),
    "ar": gettext_lazy("Title in Arabic"),
    "ur": gettext_lazy("Title in Urdu"),
}

UNITS = Part(
    "units",
    gettext_lazy("Units"),
    (
        Field("code", gettext_lazy("Code"), ("mã", "mã đơn vị", "code", "कोड", "الرمز", "کوڈ"), max_length=40),
        *(
            Field(f"name_{code}", _NAME_LABELS[code], _NAME_WORDS[code], max_length=200, example=example)
            for code, example in zip(LANGUAGES, ("Xã Mẫu Sơn", "Mẫu Sơn Commune", "", "", "", ""), strict=True)
        ),
        Field("short", gettext_lazy("Short name"), ("tên ngắn", "tên viết tắt", "nom court"), max_length=100),
        Field(
            "symbol",
            gettext_lazy("Symbol in documents"),
            ("ký hiệu", "chữ viết tắt", "sigle", "symbol"),
            max_length=40,
            example="SNV",
        ),
        Field(
            "kind",
            gettext_lazy("Kind"),
            ("loại", "loại đơn vị", "loại hình", "type", "प्रकार", "النوع", "قسم"),
            parse=read_kind,
            example=pgettext_lazy("kind of unit", "Commune"),
        ),
        Field(
            "level",
            gettext_lazy("Level"),
            ("cấp", "cấp hành chính", "niveau", "स्तर", "المستوى", "سطح"),
            parse=read_level,
            example=pgettext_lazy("level of unit", "Commune level"),
        ),
        Field(
            "parent",
            gettext_lazy("Stands under"),
            ("trực thuộc", "đơn vị cấp trên", "cấp trên", "parent", "rattaché à", "मूल इकाई", "تابع لـ", "ماتحت"),
            max_length=400,
        ),
        Field("serves", gettext_lazy("Serves"), ("giúp việc", "phục vụ", "tham mưu cho", "sert"), max_length=400),
        Field("aliases", gettext_lazy("Other names"), ("tên khác", "tên gọi khác", "autres noms"), kind="long"),
        Field("since", gettext_lazy("Exists since"), ("từ ngày", "ngày thành lập", "since", "depuis"), kind="date"),
        Field("decision", gettext_lazy("Decision"), ("quyết định", "căn cứ", "décision"), max_length=200),
        Field("contact", gettext_lazy("Contact"), ("liên hệ", "địa chỉ", "contact"), kind="long"),
        Field(
            "head_checks",
            gettext_lazy("Head approves answers"),
            ("thủ trưởng duyệt", "duyệt trước khi gửi"),
            parse=read_yes,
        ),
    ),
    ("đơn vị", "units", "unités", "cơ cấu", "इकाइयां", "الوحدات", "یونٹس", "xã phường"),
    required=False,
)

POSTS = Part(
    "posts",
    gettext_lazy("Posts"),
    (
        Field(
            "unit",
            gettext_lazy("Unit"),
            ("đơn vị", "cơ quan", "unit", "unité", "इकाई", "الوحدة", "یونٹ"),
            required=True,
            max_length=400,
            example="Xã Mẫu Sơn",
        ),
        Field(
            "title",
            gettext_lazy("Title"),
            ("chức vụ", "chức danh", "tên chức vụ", "post", "poste", "पद", "المنصب", "عہدہ"),
            required=True,
            max_length=200,
        ),
        Field(
            "role",
            gettext_lazy("Role"),
            ("vai trò", "vai trò trong hệ thống", "rôle", "भूमिका", "الدور", "کردار"),
            kind="choice",
            choices=roles,
            required=True,
        ),
        Field(
            "fields",
            gettext_lazy("Fields in charge"),
            ("lĩnh vực", "lĩnh vực phụ trách", "domaines"),
            kind="long",
        ),
        Field(
            "charge",
            gettext_lazy("Units in charge"),
            ("đơn vị phụ trách", "địa bàn phụ trách", "unités suivies"),
            kind="long",
        ),
        *(
            Field(f"title_{code}", _TITLE_LABELS[code], (f"chức vụ ({code})", f"title {code}"), max_length=200)
            for code in LANGUAGES
        ),
        Field("since", gettext_lazy("Exists since"), ("từ ngày", "since", "depuis"), kind="date"),
    ),
    ("chức vụ", "posts", "postes", "vị trí", "पद", "المناصب", "عہدے"),
    required=False,
)

PEOPLE = Part(
    "people",
    gettext_lazy("People"),
    (
        Field(
            "name",
            gettext_lazy("Name"),
            ("họ và tên", "họ tên", "tên", "nom", "name", "full name", "नाम", "الاسم", "نام"),
            required=True,
            max_length=200,
        ),
        Field(
            "unit",
            gettext_lazy("Unit"),
            ("đơn vị", "cơ quan", "unit", "unité", "đơn vị công tác", "इकाई", "الوحدة", "یونٹ"),
            required=True,
            max_length=400,
            example="Xã Mẫu Sơn",
        ),
        Field(
            "post",
            gettext_lazy("Post"),
            ("chức vụ", "chức danh", "post", "poste", "पद", "المنصب", "عہدہ"),
            required=True,
            max_length=200,
        ),
        Field(
            "role",
            gettext_lazy("Role"),
            ("vai trò", "vai trò trong hệ thống", "rôle", "भूमिका", "الدور", "کردار"),
            kind="choice",
            choices=roles,
        ),
        Field(
            "kind",
            gettext_lazy("Holds the post as"),
            ("hình thức", "giữ chức vụ là", "kind"),
            kind="choice",
            choices=kinds_of_appointment,
        ),
        Field("since", gettext_lazy("From"), ("từ ngày", "ngày bổ nhiệm", "from", "since", "depuis"), kind="date"),
        Field("until", gettext_lazy("To"), ("đến ngày", "until", "to", "jusqu'au"), kind="date"),
        Field(
            "email",
            gettext_lazy("E-mail"),
            ("email", "thư điện tử", "địa chỉ thư", "courriel", "ईमेल", "البريد", "ای میل"),
            kind="email",
            max_length=254,
        ),
        Field(
            "phone",
            gettext_lazy("Telephone"),
            ("điện thoại", "số điện thoại", "di động", "phone", "téléphone", "फ़ोन", "الهاتف", "فون"),
            kind="phone",
        ),
        Field(
            "language",
            gettext_lazy("Language"),
            ("ngôn ngữ", "langue", "भाषा", "اللغة", "زبان"),
            kind="choice",
            choices=languages,
        ),
        Field(
            "account",
            gettext_lazy("Account"),
            ("tài khoản", "tên đăng nhập", "account", "sign-in name", "username", "compte", "खाता", "الحساب", "اکاؤنٹ"),
            parse=read_account,
            example=gettext_lazy("yes"),
        ),
    ),
    ("người", "nhân sự", "cán bộ", "people", "personnes", "danh sách cán bộ", "लोग", "الأشخاص", "لوگ"),
    required=False,
)
