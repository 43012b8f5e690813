"""The first page of letters, circulars and notifications of offices that write Urdu."""

from prytany.intake.reading.page_words import PageWords

PAGE = PageWords(
    titles=(r"بسم اللہ الرحمن الرحیم", r"اسلامی جمہوریہ پاکستان"),
    numbers=(r"(?:مراسلہ |چٹھی |حوالہ |سرکلر |نوٹیفکیشن )?(?:نمبر|حوالہ)\s*[:.]*",),
    date_labels=(r"مورخہ\s*[:.]*", r"تاریخ\s*[:.]*", r"بتاریخ\s*[:.]*"),
    kinds={
        "notice": "نوٹیفکیشن, اعلامیہ, اطلاع نامہ, اطلاع عام, نوٹس", "circular": "سرکلر, گشتی مراسلہ", "order": "حکم نامہ, دفتری حکم, حکم, آفس آرڈر",
        "decision": "فیصلہ", "resolution": "قرارداد", "directive": "ہدایت نامہ", "report": "رپورٹ", "plan": "منصوبہ, ایکشن پلان",
        "minutes": "روداد, کارروائی اجلاس, روداد اجلاس", "memorandum": "یادداشت, میمورنڈم", "invitation": "دعوت نامہ", "programme": "پروگرام",
        "communique": "پریس ریلیز", "official_letter": "سرکاری مراسلہ, مراسلہ",
    },
    subjects=(r"(?:عنوان|موضوع)\s*[:.-]+",),
    about=(r"(?:بابت|بسلسلہ)\s*",),
    sent_to=(r"بخدمت", r"منجانب", r"بنام", r"جناب"),
    text_begins=(r"بحوالہ", r"مندرجہ بالا", r"السلام علیکم", r"جناب عالی", r"گزارش ہے", r"تحریر ہے", r"\d+\s*[.)۔]"),
    urgency={"express": "انتہائی فوری", "very_urgent": "نہایت ضروری, فوری نوعیت", "urgent": "فوری, ضروری"},
    levels={"30": "نہایت خفیہ", "20": "انتہائی خفیہ", "10": "خفیہ"},
    authority=(r"(?P<a>بحکم|برائے|منجانب|حسب الحکم)(?=\s|$)",),
    recipients=(r"(?:نقل|نقول|کاپی)\s*(?:برائے|بخدمت)?[^:]{0,30}:",),
)  # fmt: skip
