"""The first page of Vietnamese official documents, State and Party (Decree 30/2020 Appendices I and III; 36-HD/VPTW)."""

from prytany.intake.reading.page_words import PageWords

_KINDS = {
    "resolution": "nghị quyết", "decision": "quyết định", "directive": "chỉ thị", "regulation": "quy chế",
    "rule": "quy định", "communique": "thông cáo", "notice": "thông báo", "guidance": "hướng dẫn",
    "programme": "chương trình", "plan": "kế hoạch", "option": "phương án", "scheme": "đề án", "project": "dự án",
    "report": "báo cáo", "minutes": "biên bản", "submission": "tờ trình", "contract": "hợp đồng",
    "telegram": "công điện", "memorandum": "bản ghi nhớ", "agreement": "bản thỏa thuận",
    "authorisation": "giấy ủy quyền, giấy uỷ quyền", "invitation": "giấy mời", "introduction": "giấy giới thiệu",
    "leave": "giấy nghỉ phép", "dispatch_slip": "phiếu gửi", "transfer_slip": "phiếu chuyển",
    "notification_slip": "phiếu báo", "open_letter": "thư công", "conclusion": "kết luận", "circular": "thông tri",
    "master_plan": "quy hoạch", "official_letter": "công văn", "conclusion_notice": "thông báo kết luận",
}  # fmt: skip
_ABBREVIATIONS = {
    "nq": "resolution", "qđ": "decision", "ct": "directive", "qc": "regulation", "qyđ": "rule", "tc": "communique",
    "tb": "notice", "hd": "guidance", "ctr": "programme", "kh": "plan", "pa": "option", "đa": "scheme",
    "da": "project", "bc": "report", "bb": "minutes", "ttr": "submission", "hđ": "contract", "cđ": "telegram",
    "bgn": "memorandum", "btt": "agreement", "guq": "authorisation", "gm": "invitation", "ggt": "introduction",
    "gnp": "leave", "pg": "dispatch_slip", "pc": "transfer_slip", "pb": "notification_slip", "kl": "conclusion",
    "cv": "official_letter", "tt": "circular", "qh": "master_plan",
}  # fmt: skip

PAGE = PageWords(
    titles=(r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam", r"độc lập\s*[-*]\s*tự do\s*[-*]\s*hạnh phúc"),
    party_titles=(r"đảng cộng sản việt nam",),
    field_heads="""sở, ban, bộ, cục, chi cục, tổng cục, vụ, phòng, văn phòng, trung tâm, viện, trường, bệnh viện, thanh tra,
        công an, tòa án nhân dân, toà án nhân dân, viện kiểm sát nhân dân, ủy ban kiểm tra, uỷ ban kiểm tra, kho bạc, thuế,
        bảo hiểm xã hội, liên đoàn lao động, hội, hội nông dân, hội liên hiệp phụ nữ, hội cựu chiến binh, đoàn tncs,
        ủy ban mặt trận tổ quốc, uỷ ban mặt trận tổ quốc, ủy ban mttq, uỷ ban mttq, mặt trận tổ quốc, bộ chỉ huy quân sự,
        đài, báo, chi bộ, thường trực, ban thường vụ, ban chấp hành, ban chỉ đạo, ban quản lý, hội đồng, tổ công tác""",
    place_heads="""ủy ban nhân dân, uỷ ban nhân dân, ubnd, hội đồng nhân dân, hđnd, tỉnh ủy, tỉnh uỷ, thành ủy, thành uỷ,
        huyện ủy, huyện uỷ, thị ủy, thị uỷ, quận ủy, quận uỷ, đảng ủy, đảng uỷ, đảng bộ, tỉnh đoàn, thành đoàn, trung ương""",
    dependent="văn phòng, thường trực, ban thường vụ, ban chấp hành, ủy ban kiểm tra, uỷ ban kiểm tra",
    acronyms="ubnd hđnd mttq tncs vn",
    small="tỉnh thành phố huyện xã phường đặc khu thị trấn và của",
    numbers=(r"số\s*:?",),
    dated=(
        r"ngày\s*(?P<d>\d{1,2})?[\s.…_]*tháng\s*(?P<mon>\d{1,2})?[\s.…_]*năm\s*(?P<y>\d{4})",
    ),
    kinds=_KINDS,
    abbreviations=_ABBREVIATIONS,
    told_by_summary=(("notice", r"(?:ý kiến )?kết luận", "conclusion_notice"),),
    subjects=(r"v/v\s*:?", r"về việc\s*:"),
    sent_to=(r"kính gửi",),
    text_begins=(
        r"kính gửi", r"căn cứ", r"thực hiện", r"xét ", r"theo ", r"ngày \d", r"(?:sáng|chiều|tối) ", r"hôm nay",
        r"[ivx]+\s*[.\-/]", r"\d+\s*[.)]", r"điều \d", r"nơi nhận", r"-\s", r"phần (?:thứ|[ivx])", r"chương [ivx\d]",
    ),
    urgency={"express_by_hour": "hỏa tốc hẹn giờ, hoả tốc hẹn giờ", "express": "hỏa tốc, hoả tốc",
             "very_urgent": "thượng khẩn", "urgent": "khẩn"},
    levels={"30": "tuyệt mật", "20": "tối mật", "10": "mật"},
    circulation={"return_after_reading": "xem xong trả lại", "internal_circulation": "lưu hành nội bộ"},
    authority=(r"(?P<a>t/m|k/t|t/l|t/uq|tm\.|kt\.|tl\.|tuq\.|q\.)(?=\s*\w)",),
    posts="""chủ tịch, phó chủ tịch, bí thư, phó bí thư, giám đốc, phó giám đốc, chánh, phó chánh, trưởng, phó trưởng, cục trưởng,
        phó cục trưởng, chi cục trưởng, phó chi cục trưởng, viện trưởng, phó viện trưởng, hiệu trưởng, phó hiệu trưởng,
        tổng giám đốc, phó tổng giám đốc, bộ trưởng, thứ trưởng, thủ tướng, phó thủ tướng, tổng bí thư, tổng biên tập,
        chủ nhiệm, phó chủ nhiệm, ủy viên, uỷ viên, chỉ huy trưởng, phó chỉ huy trưởng, thường trực, tổ trưởng, quyền""",
    recipients=(r"nơi nhận\s*:?",),
)  # fmt: skip
