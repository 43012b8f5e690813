"""What the demo's units write: answers, progress, obstacles, reasons, in the language of the task."""

from collections.abc import Mapping

Pool = Mapping[str, tuple[str, ...]]

ANSWERS: Pool = {
    "vi": (
        "Đã hoàn thành; báo cáo gửi kèm.",
        "Đã thực hiện xong, số liệu đã đối chiếu với sổ theo dõi.",
        "Hoàn thành {a} trên {b}; phần còn lại không thuộc phạm vi.",
        "Đã gửi đủ {b} trên {b}, danh mục kèm theo.",
        "Đã triển khai đến {c} thôn, khối phố; không có vướng mắc.",
        "Hoàn thành theo yêu cầu, có biên bản kèm ảnh.",
        "Đã rà soát {b} hồ sơ, bổ sung {c} hồ sơ còn thiếu.",
    ),
    "en": (
        "Done; the report is attached.",
        "Finished: {a} of {b}, checked against the register.",
        "Restored in {c} minutes, no entry was missing.",
    ),
    "fr": ("Terminé ; le compte rendu est joint.", "Fait : {a} sur {b}, vérifié avec le registre."),
    "hi": ("कार्य पूरा हुआ; प्रतिवेदन संलग्न है।", "{b} में से {a} पूरे हुए, सूची मिलान की गई।", "सूची पद के अनुसार भेजी गई।"),
    "ar": ("اكتمل العمل، والتقرير مرفق.", "أُنجز {a} من أصل {b} وتمت المطابقة مع السجل.", "أُرسلت القائمة حسب الوظيفة."),
    "ur": (
        "کام مکمل ہوا، رپورٹ ساتھ ہے۔",
        "{b} میں سے {a} مکمل، فہرست سے ملا لیا گیا۔",
        "تحریر اور ثبوت بھیج دیے گئے۔",
    ),
}
PROGRESS: Pool = {
    "vi": (
        "Đang tổng hợp, đã có số liệu của {c} đơn vị.",
        "Đã phân công, làm được khoảng một nửa.",
        "Đã dự thảo, đang lấy ý kiến.",
        "Đã kiểm tra {c} nơi, tuần sau xong phần còn lại.",
    ),
    "en": ("Draft ready, comments awaited.", "About half is done."),
    "fr": ("Projet prêt, avis attendus.", "La moitié est faite."),
    "hi": ("प्रारूप तैयार है, राय ली जा रही है।", "लगभग आधा कार्य हुआ।"),
    "ar": ("المسودة جاهزة وننتظر الآراء.", "أُنجز نحو النصف."),
    "ur": ("مسودہ تیار ہے، آرا لی جا رہی ہیں۔", "تقریباً آدھا کام ہوا۔"),
}
OBSTACLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "vi": (
        ("Thiếu máy quét khổ lớn; máy cũ hỏng, chờ sửa.", "Cho mượn máy của Phòng Hành chính – Lưu trữ hai tuần."),
        ("Chưa có số liệu của đơn vị cũ bàn giao.", "Đề nghị Văn phòng có văn bản yêu cầu bàn giao."),
        ("Cán bộ phụ trách đi học, chưa có người thay.", "Cho lùi thời hạn mười ngày."),
        ("Đường vào điểm trường sạt lở, chưa kiểm tra được.", "Đề nghị Sở Xây dựng thông đường trước."),
    ),
    "en": (("The old server does not start any more.", "Send a technician for one day."),),
    "fr": (("Le prestataire n’a pas répondu.", "Relancer au nom du bureau."),),
    "hi": (("लाइन बार-बार टूटती है।", "तकनीशियन भेजें।"),),
    "ar": (("ينقطع الخط كل يوم.", "إرسال فني."),),
    "ur": (("تصویریں لینے کا آلہ خراب ہے۔", "ایک ہفتے کے لیے آلہ دیا جائے۔"),),
}
OBSTACLE_ANSWERS: Pool = {
    "vi": ("Đồng ý; Phòng Hành chính – Lưu trữ phối hợp trong tuần.", "Đã yêu cầu đơn vị cũ bàn giao trong ba ngày."),
    "en": ("A technician comes this week.",),
    "fr": ("Relance envoyée aujourd’hui.",),
    "hi": ("तकनीशियन इसी सप्ताह आएगा।",),
    "ar": ("سيصل الفني هذا الأسبوع.",),
    "ur": ("آلہ اسی ہفتے پہنچ جائے گا۔",),
}
EXTENSIONS: Pool = {
    "vi": (
        "Cần thêm thời gian lấy ý kiến các cơ quan liên quan.",
        "Số liệu của ba xã gửi chậm, cần đối chiếu lại.",
    ),
    "en": ("Two offices answered late; their figures have to be checked.",),
    "fr": ("L’avis du service juridique n’est pas encore arrivé.",),
    "hi": ("दो विभागों की राय शेष है।",),
    "ar": ("ننتظر رأي جهتين.",),
    "ur": ("دو محکموں کی رائے باقی ہے۔",),
}
SENT_BACK: Pool = {
    "vi": (
        "Thiếu danh mục kèm theo.",
        "Số liệu không khớp với báo cáo trước; đề nghị kiểm tra lại.",
        "Tệp không mở được.",
    ),
    "en": ("The list is missing.",),
    "fr": ("La liste manque.",),
    "hi": ("सूची संलग्न नहीं है।",),
    "ar": ("القائمة غير مرفقة.",),
    "ur": ("فہرست ساتھ نہیں ہے۔",),
}
HANDED_BACK = "Nội dung này thuộc chức năng của Sở Tài chính; đề nghị giao lại."
REMINDER = "Đề nghị báo cáo kết quả; đã quá thời hạn."
REMARKS = (
    ("specialist", "task", "Đề nghị các đơn vị dùng thống nhất mẫu danh mục gửi kèm thông báo."),
    ("home", "task", "Sở đã gửi hướng dẫn ghi thời hạn lưu trữ, các đơn vị tham khảo."),
    ("section", "unit", "Tuần này tập trung các xã chưa mở nhiệm vụ."),
)
ROUTING = (
    "Giao cơ quan chủ trì nghiên cứu, tham mưu văn bản trả lời.",
    "Giao tổ chức thực hiện, báo cáo kết quả.",
    "Giao rà soát, đề xuất Thường trực Tỉnh ủy.",
)


def pick(pool: Pool, language: str) -> tuple[str, ...]:
    """Return the sentences of a language, else the Vietnamese ones."""
    return pool.get(language) or pool["vi"]
