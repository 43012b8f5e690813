"""Requests and answers in Vietnamese."""

from prytany.intake.reading.exchange_words import ExchangeWords

EXCHANGE = ExchangeWords(
    asks=(r"(?<!tiếp thu )(?<!trả lời )(?<!giải quyết )(?<!các )(?<!những )(?<!ý kiến )(?<!tổng hợp )(?<!nhận )(?:cũng |tiếp tục |có văn bản |có )?(?:kiến nghị|đề nghị|đề xuất|xin chủ trương|xin phép|xin được|mong muốn|trình xin|xin(?! (?:cảm ơn|ý kiến|liên hệ|lỗi|chào|phép|được|chủ trương)))(?= )",),
    nouns=(r"(?:các |những )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|nguyện vọng)(?= (?:về|của|trên|này|nêu|mở|xin|được))",),
    answers={
        "partly approved": (r"(?:đồng ý|thống nhất|chấp thuận|thông qua|giải quyết) (?:một phần|nhưng|với điều kiện)|một phần|(?:đồng ý|chấp thuận|thống nhất)[^.;]{0,60}[;,](?: còn| riêng)? [^.;]{2,60}(?:thì )?(?:không|chưa)(?: được)?(?: chấp thuận| đồng ý)?\W*$",),
        "refused": (r"(?:không|chưa) (?:được )?(?:đồng ý|chấp thuận|thống nhất|thông qua|nhất trí|phê duyệt|tán thành|đủ điều kiện|có cơ sở)|bác |từ chối|không có (?:cơ sở|căn cứ)|không (?:xem xét|giải quyết|thực hiện được|khả thi)",),
        "deferred": (r"(?:sẽ )?quyết định (?:sau|vào (?:kỳ|tháng|năm|quý)|tại (?:kỳ|phiên))|(?:chưa|tạm (?:dừng|hoãn|thời)|hoãn|lùi|để lại|chuyển sang (?:kỳ|năm|phiên)|sẽ (?:được )?xem xét|xem xét (?:sau|vào|trong|tại|ở)|đang (?:xem xét|nghiên cứu)).{0,30}",),
        "returned": (r"trả lại|trả hồ sơ|bổ sung (?:lại )?hồ sơ",),
        "closed": (r"đã (?:được )?(?:giải quyết|xử lý|khắc phục|thực hiện|hoàn thành)(?: xong| dứt điểm)?|khép lại|kết thúc việc|không xem xét tiếp|(?:xin )?rút (?:lại )?(?:kiến nghị|đề nghị|đề xuất)",),
        "assigned": (r"giao (?:cho )?|chuyển (?:cho |đến |sang )?(?:sở|phòng|ban|ủy|ubnd|văn phòng|cơ quan)",),
        "approved": (r"đồng ý|chấp thuận|thống nhất|nhất trí|thông qua|tán thành|phê duyệt|cho phép|chấp nhận|tiếp thu(?! ý kiến)|sẽ (?:trình|bổ sung|đưa vào|lắp|sửa|nâng cấp|cho phép|đầu tư)|ghi nhận và (?:đồng ý|giải quyết)",),
    },
    only=(r"chỉ (?=\w)|thay vì|với điều kiện|nhưng",),
    sections=(r"(?:[\d.,)\s-]*|\W*)(?:về )?(?:các |một số )?(?:kiến nghị|đề nghị|đề xuất|ý kiến(?: kiến nghị)?)(?: (?:của|và|cụ thể|khác)|\W*$)",),
    about=(r"(?:về|đối với|liên quan(?: đến)?|xét|riêng)\s+(?:các |việc |nội dung |đề nghị|kiến nghị|đề xuất|\w+)",),
    chairs=(r"(?:chủ tịch|phó chủ tịch|đồng chí|bí thư|phó bí thư|hội nghị|chủ trì|ban thường vụ|thường trực|giám đốc)(?: \w+){0,4}\W*$",),
    turns=(r"\bnhưng\b", r"\bvà được\b", r"\bđược\b(?= (?:hội|ubnd|chủ|đồng|chấp))", r"hội đồng(?= )"),
    labels=(r"(?:kiến nghị|đề nghị|đề xuất|câu hỏi|ý kiến|phản ánh|nội dung) (?:thứ |số )?\d{1,3} ?[:.)-]",),
    replies=(r"(?:trả lời|ý kiến trả lời|kết quả(?: giải quyết)?|giải quyết|quyết định) ?[:-]",),
    advice=(r"(?:văn phòng|bộ phận chuyên môn|cơ quan thẩm định|tổ thẩm định) .{0,20}(?:đề xuất|tham mưu|kiến nghị)",),
    unanswered=(r"(?:chưa|không) (?:có |nhận được |được )?(?:ý kiến |văn bản |kết quả )?(?:trả lời|phản hồi|hồi âm)|(?:đang|còn) (?:được )?(?:tổng hợp|chờ (?:trả lời|ý kiến|phản hồi))",),
    columns={"request": (r"kiến nghị|đề nghị|đề xuất|nội dung (?:kiến nghị|đề nghị|đề xuất)",), "decision": (r"kết luận|kết quả|quyết định|ý kiến (?:của|kết luận|chỉ đạo)|trả lời|xử lý|giải quyết",)},
)  # fmt: skip
