"""Vietnamese words by what they are a sign of."""

ACT = """tuyển chọn, đăng tải, chấm, sơ tuyển, nạo vét, lắp đặt, tháo dỡ, niêm yết, chiếu sáng,
áp dụng, bám sát, ban hành, bảo đảm, đảm bảo, bảo quản, bảo tồn, bảo vệ, báo cáo, bàn giao, biểu dương, bố trí, bổ sung,
bồi dưỡng, cải cách, cải tạo, cải thiện, cam kết, cập nhật, cắt giảm, cân đối, chấm dứt, chấn chỉnh, chấp hành, chỉ đạo,
chỉnh trang, chỉnh sửa, chia sẻ, cho ý kiến, chú trọng, chủ động, chủ trì, chuẩn bị, chuẩn hóa, chuyển đổi, chuyển giao,
công bố, công khai, củng cố, cung cấp, cụ thể hóa, cử, đa dạng hóa, đánh giá, đào tạo, đăng ký, đăng tải, đầu tư, đẩy lùi,
đẩy mạnh, đẩy nhanh, đấu tranh, đề cao, đề ra, đề xuất, điều chỉnh, điều hành, điều tra, định hướng, định kỳ, đoàn kết,
đối thoại, đôn đốc, đổi mới, đồng hành, động viên, duy trì, gắn, gắn kết, gắn với, giám sát, giải ngân, giải quyết, giao,
giáo dục, giúp đỡ, gìn giữ, giữ gìn, giữ vững, góp ý, gửi, hoàn chỉnh, hoàn tất, hoàn thành, hoàn thiện, hỗ trợ, hợp tác,
huy động, hướng dẫn, hưởng ứng, khai thác, khảo sát, khắc phục, khen thưởng, khẩn trương, khơi dậy, khuyến khích, kiểm soát,
kiểm tra, kiên quyết, kiện toàn, kịp thời, kiến nghị, kết nối, làm tốt, làm rõ, lãnh đạo, lan tỏa, lắng nghe, lắp đặt,
lập, lập danh sách, liên hệ, lồng ghép, lựa chọn, lưu ý, mở rộng, nâng cao, nâng cấp, nắm bắt, nắm chắc, nắm tình hình,
ngăn chặn, ngăn ngừa, nghiên cứu, nghiêm túc, nhân rộng, nhắc nhở, nhận diện, nỗ lực, nộp, nêu cao, nêu gương, ổn định,
phát động, phát hành, phát hiện, phát huy, phát triển, phấn đấu, phân bổ, phân cấp, phân công, phân công nhiệm vụ, phân công trách nhiệm, phân công cụ thể, phân loại, phân tích,
phê duyệt, phòng chống, phòng ngừa, phối hợp, phổ biến, phục vụ, quán triệt, quan tâm, quản lý, quảng bá, quyết liệt,
quyết tâm, rà soát, rút kinh nghiệm, rút ngắn, sáng tạo, sắp xếp, siết chặt, sơ kết, số hóa, sử dụng, sửa chữa, sửa đổi,
tạo, tạo chuyển biến, tạo điều kiện, tạo đồng thuận, tạo môi trường, tăng cường, tập huấn, tập trung, tận dụng, tháo gỡ, tham gia, tham mưu,
tham vấn, thanh tra, thay thế, theo dõi, thi đua, thí điểm, thiết lập, thông báo, thông qua, thông tin, thống kê, thống nhất,
thu hút, thu hồi, thu thập, thúc đẩy, thực hành, thực hiện, thực hiện nghiêm, thực hiện tốt, thường xuyên, tích cực, tiếp nhận, tiếp thu,
tiếp tục, tiếp cận, tiếp xúc, tiến hành, tìm kiếm, tổ chức, tổng hợp, tổng kết, tôn tạo, tôn vinh, tranh thủ, trao đổi, triển khai, trình,
trồng, truyền thông, tuân thủ, tuyên truyền, tuyên dương, tự phê bình, tư vấn, từng bước, ứng dụng, ưu tiên, vận động, vận hành,
vận dụng, vượt qua, xác định, xác minh, xem xét, xét duyệt, xây dựng, xóa bỏ, xúc tiến, xử lý, ý kiến, yêu cầu các, tự giác, gương mẫu,
nhất là làm tốt, không để, không ngừng, hạn chế tối đa, hết sức, cần kiệm, tái cơ cấu, cơ cấu lại, rà soát lại, xin ý kiến, chốt,
gửi hồ sơ, gửi báo cáo, đấu thầu, giải phóng mặt bằng, lấy ý kiến, niêm yết, kê khai, đối chiếu, thẩm định, thẩm tra, bầu, chuyển, đưa,
đưa vào, đưa nội dung, tăng, giảm, đạt, bổ nhiệm, luân chuyển, tuyển dụng, tinh giản, sắp xếp lại, bảo trì, khởi công, giới thiệu,
xây mới, sửa, dọn dẹp, vệ sinh, tiếp công dân, đối ứng, tự rà soát, lấy, mời, mở, chăm lo, bảo trợ, trợ giúp, thăm hỏi, tạo lập, kiểm kê,
kết hợp, khuyến cáo, hoàn trả, đề nghị các, tham khảo, trực, ghi nhận và giải quyết, chủ động phối hợp, kêu gọi, cung ứng, tiêm, khám, báo cáo kết quả
"""

DIRECT = """
yêu cầu, đề nghị, chỉ đạo, nhắc nhở, lưu ý, giao nhiệm vụ cho, giao nhiệm vụ, kêu gọi, chỉ thị, ra lệnh, quán triệt, đề nghị các,
yêu cầu các, đề nghị trong thời gian tới, mong muốn, mong rằng, gợi ý, phát biểu chỉ đạo, đôn đốc, thống nhất yêu cầu, đã yêu cầu,
yêu cầu phải, yêu cầu cần, đề nghị cần, khuyến nghị
"""

ASSIGN = "giao, giao cho, phân công, ủy quyền, uỷ quyền, giao trách nhiệm, giao trách nhiệm cho, ủy nhiệm, thống nhất giao, nhất trí giao, được giao chủ trì"

STRESS = """
nhấn mạnh, lưu ý, khẳng định, chỉ rõ, cho rằng, nêu rõ, định hướng, quán triệt, thống nhất, nhất trí, xác định, chỉ ra, tin tưởng, gợi mở,
đề ra, đặt ra, thống nhất một số nội dung
"""
SAY = "cho biết, nói, phát biểu, nhận định, chia sẻ, đánh giá, trao đổi"

PROPOSE = """
đề nghị, kiến nghị, đề xuất, xin chủ trương, xin ý kiến, trình xin, kiến nghị với, đề xuất với, có ý kiến đề nghị, kiến nghị đề xuất,
nêu kiến nghị, có kiến nghị, xin ứng, xin ứng trước, xin tạm ứng, xin cấp, xin hỗ trợ, xin gia hạn, xin bổ sung, xin kéo dài, xin phép, xin điều chỉnh, kiến nghị đề nghị, trình bày kiến nghị, cử tri kiến nghị, cử tri đề nghị, cử tri phản ánh, tờ trình đề nghị
"""
ASK_APPROVAL = """
chấp thuận, cho phép, cho chủ trương, xem xét, quan tâm, hỗ trợ, bố trí kinh phí, bố trí, phê duyệt, đồng ý, thống nhất chủ trương, cấp kinh phí, tạo điều kiện,
cho ý kiến, bổ sung kinh phí, ưu tiên, cấp, sớm, đầu tư, tháo gỡ, phê chuẩn, thông qua, đồng ý chủ trương
"""

MUST = """
phải, cần, cần phải, nên, có trách nhiệm, có nhiệm vụ, nhất thiết, cần thiết phải, buộc phải, đòi hỏi phải, không được, tuyệt đối không,
hãy, cần tập trung, cần tiếp tục, cần được, phải được, chịu trách nhiệm
"""
WILL = "sẽ, dự kiến, có kế hoạch, sẽ tiếp tục, sẽ tập trung, phấn đấu, dự kiến sẽ"

DONE = """
đã, đạt, đã được, được triển khai, được tổ chức, được quan tâm, được nâng lên, được tăng cường, được duy trì, được thực hiện,
được chú trọng, được đẩy mạnh, có nhiều chuyển biến, tăng so với, giảm so với, vượt kế hoạch, hoàn thành tốt, thực hiện tốt nhiệm vụ,
tổ chức thành công, đạt được, góp phần, thu được, ghi nhận, tổ chức được, tiếp nhận và giải quyết, hoàn thành xuất sắc, từng bước được,
diễn ra, được đánh giá, được giữ vững, được củng cố, được cải thiện, đến nay, vừa qua, xếp thứ, đứng thứ, đạt tỷ lệ, đạt trên,
hoàn thành 100%, tăng trưởng, ước đạt, không có, vượt chỉ tiêu
"""
PRAISE = """
biểu dương, ghi nhận, đánh giá cao, chúc mừng, hoan nghênh, cảm ơn, trân trọng cảm ơn, khen ngợi, ghi nhận và biểu dương,
tán thành, vui mừng, chúc, bày tỏ
"""
LIMIT = """
hạn chế, tồn tại hạn chế, những hạn chế, khó khăn vướng mắc còn, còn hạn chế, còn chậm, chưa đạt, chưa cao, chưa kịp thời, chưa thường xuyên, chưa đồng bộ,
chưa nghiêm, còn thiếu, bất cập, yếu kém, khuyết điểm, tồn tại, tuy nhiên, chưa sâu, còn gặp khó khăn, chưa đáp ứng, còn thấp, chưa tương xứng,
bên cạnh kết quả đạt được, bên cạnh những kết quả, còn có mặt, còn tình trạng, chưa quyết liệt, chưa chủ động, chưa rõ, chưa tốt
"""
RESULT = """
kết quả đạt được, kết quả, thành tích, những kết quả, nhiều kết quả, trong năm qua, thời gian qua, năm vừa qua, những năm qua, những năm gần đây, trong 6 tháng đầu năm,
trong 9 tháng, trong nhiệm kỳ qua, nhiệm kỳ qua, giai đoạn qua, từ đầu năm đến nay, tính đến, đến nay, so với cùng kỳ, cùng kỳ năm,
6 tháng đầu năm, 9 tháng đầu năm, thành tựu, trong tháng qua, theo báo cáo, báo cáo tại, qua 5 năm, sau 5 năm, qua một năm, trong mười tháng,
năm học vừa qua, tuần qua, tháng qua, quý qua
"""
FORWARD = """
thời gian tới, trong thời gian tới, phương hướng, nhiệm vụ trọng tâm, trong năm tới, nhiệm kỳ tới, từ nay đến, những tháng cuối năm, 6 tháng cuối năm,
các tháng cuối năm, quý tiếp theo, giai đoạn tới, những năm tiếp theo, sắp tới, tháng tới, tuần tới, trong thời gian tiếp theo, phương hướng nhiệm vụ, kế hoạch năm,
nhiệm vụ năm, năm tiếp theo, giai đoạn tiếp theo, quý tới, mục tiêu đến, theo kế hoạch, theo đó kế hoạch
"""
KEYTASK = """
nhiệm vụ trọng tâm, nhiệm vụ giải pháp, nhiệm vụ chủ yếu, giải pháp trọng tâm, giải pháp chủ yếu, nhóm nhiệm vụ, nội dung trọng tâm, nhiệm vụ cụ thể, các nội dung sau,
một số nội dung sau, một số nhiệm vụ, các nhiệm vụ sau, một số nội dung, các nội dung, nhiệm vụ then chốt, vấn đề trọng tâm, nội dung chủ yếu,
các nhiệm vụ, những nhiệm vụ, nhiệm vụ và giải pháp, công việc sau, các công việc
"""
TASK_NOUN = "nhiệm vụ, giải pháp, nội dung, công việc, chỉ tiêu, biện pháp, phần việc, đầu việc, kiến nghị"
LISTING = (
    "cụ thể, trong đó, theo đó, như sau, gồm, bao gồm, sau đây, đó là, cụ thể như sau, cụ thể là, trước hết, nhất là"
)
CONCLUDE = """
kết luận, kết luận hội nghị, kết luận buổi làm việc, kết luận cuộc họp, phát biểu kết luận, phát biểu chỉ đạo, phát biểu tại, bế mạc, kết thúc hội nghị, kết thúc buổi,
phát biểu bế mạc, chỉ đạo tại, thay mặt, tại buổi làm việc đồng chí, tổng kết hội nghị, thông báo kết luận, phát biểu đáp từ, phát biểu giao nhiệm vụ, kết luận phiên họp
"""

UNIT = """chi hội, các chi hội, hội đồng chấm giải, ban giám khảo, cơ quan báo chí, các cơ quan báo chí, câu lạc bộ, liên minh hợp tác xã, liên hiệp hội, liên hiệp, hiệp hội, ban quản lý dự án, ban quản lý, trạm y tế, hạt kiểm lâm, bảo tàng, thư viện tỉnh, công ty, quỹ tín dụng, ban dân tộc, ban tổ chức,
sở, sở ngành, sở ban ngành, ban, ban ngành, phòng, phòng ban, ủy ban, uỷ ban, ủy ban nhân dân, ubnd, ubmttq, hđnd, hội đồng nhân dân, hội đồng, văn phòng, đảng ủy, đảng uỷ,
cấp ủy, cấp uỷ, các cấp ủy, chi bộ, đảng bộ, chi ủy, đơn vị, cơ quan, địa phương, xã, phường, thị trấn, huyện, thị xã, thành phố, quận, thôn,
ngành, công an, mặt trận, mttq, đoàn thể, hội nông dân, hội phụ nữ, hội liên hiệp phụ nữ, liên đoàn lao động, đoàn thanh niên, tỉnh đoàn, hội cựu chiến binh, hội, trung tâm, trường,
trường học, bệnh viện, trạm y tế, tổ, tổ công tác, đoàn công tác, ban chỉ đạo, ban tổ chức, ban tuyên giáo, ban dân vận, ban thường vụ, ban chấp hành, thường trực, tỉnh ủy, tỉnh uỷ, huyện ủy,
thành ủy, thị ủy, chính quyền, các cấp, tổ chức đảng, viện, cục, chi cục, bảo hiểm xã hội, kho bạc, ngân hàng, thanh tra, tòa án, viện kiểm sát,
bộ, các bộ, chủ đầu tư, nhà thầu, doanh nghiệp, công ty, tập đoàn, hợp tác xã, ban quản lý, ban quản lý dự án, báo, đài, cơ sở, khối, cụm, thành viên hội đồng, bộ phận, đội,
hội đồng thi đua khen thưởng, ban thi đua khen thưởng, bộ chỉ huy quân sự, bộ đội biên phòng, ubmttq việt nam, sở xây dựng, bộ xây dựng, phòng xây dựng, sở tư pháp, sở tài chính, sở nội vụ, sở y tế, sở giáo dục và đào tạo, phòng giáo dục và đào tạo, bộ giáo dục và đào tạo, sở thông tin và truyền thông, sở kế hoạch và đầu tư, phòng tài chính kế hoạch, ủy ban kiểm tra, uỷ ban kiểm tra, thanh tra tỉnh, ban quản lý dự án đầu tư xây dựng, hội đồng quản lý, ban tổ chức tỉnh ủy, ban xây dựng đảng, ban kiểm tra, tổ chức chính trị xã hội, các tổ chức chính trị xã hội, ban đảng, ban nội chính, sở khoa học và công nghệ, sở nông nghiệp và phát triển nông thôn, sở nông nghiệp và môi trường, sở tài nguyên và môi trường, sở giao thông vận tải, sở văn hóa thể thao và du lịch, sở lao động thương binh và xã hội, sở công thương, sở du lịch, sở ngoại vụ, tiểu ban, lực lượng, các ngành, cơ quan đơn vị, cơ quan đơn vị địa phương, nhà trường, kho, các tổ chức đảng, tổ chức đảng trực thuộc, các tổ chức đảng trực thuộc
"""
GROUP = """
cán bộ, đảng viên, công chức, viên chức, người lao động, người đứng đầu, thủ trưởng, lãnh đạo, đồng chí, các đồng chí, thành viên, hội viên, đoàn viên, giáo viên, đại biểu,
đội ngũ, nhân dân, mỗi cán bộ, tập thể, cá nhân, tổ trưởng, bí thư chi bộ, trưởng thôn, các chủ rừng, các hộ, cử tri, nhân viên, các nhà báo, phóng viên, tác giả, thí sinh, người dự thi, học sinh, sinh viên, nông dân, doanh nhân, chủ hộ, người nộp hồ sơ
"""
POST = """thủ trưởng, kế toán trưởng, trưởng trạm, hiệu trưởng, trưởng thôn, bí thư chi bộ, trưởng phòng, trưởng ban, đội trưởng,
giám đốc, chủ tịch, phó chủ tịch, bí thư, phó bí thư, chánh văn phòng, trưởng phòng, trưởng ban, phó trưởng ban, hiệu trưởng, chánh thanh tra, thủ trưởng, người đứng đầu,
thư ký, kế toán, phó chánh văn phòng, trưởng đoàn, tổ trưởng, cục trưởng, chi cục trưởng, bộ trưởng
"""
ROLE = "đồng chí, ông, bà, bí thư, phó bí thư, chủ tịch, phó chủ tịch, trưởng ban, giám đốc, chánh văn phòng, thường trực, lãnh đạo, bộ trưởng, thủ tướng, chủ trì"
EVENT = "hội nghị, cuộc họp, buổi làm việc, đại hội, phiên họp, kỳ họp, hội thảo, lễ, giao ban, buổi lễ, tọa đàm, họp, làm việc"
HOST = "tổ chức, chủ trì, họp, làm việc với, ban hành, khai mạc, phối hợp tổ chức, có buổi làm việc, đã có, vừa có, vừa ban hành, tiến hành, công bố, diễn ra, có văn bản, có công văn, triển khai"
ATTEND = "dự hội nghị, tham dự, cùng dự, dự có, tham gia buổi, dự và, đến dự, dự họp, có mặt, thành phần, vắng mặt, dự lễ, cùng tham dự, dự cuộc họp, dự buổi làm việc"

AWARD = """
bằng khen, giấy khen, cờ thi đua, huân chương, huân chương lao động, huy chương, kỷ niệm chương, danh hiệu, danh hiệu thi đua, chiến sĩ thi đua, tập thể lao động xuất sắc, khen thưởng,
cờ, phần thưởng, giải, giải thưởng, giấy chứng nhận, bằng lao động sáng tạo, lao động tiên tiến, huy hiệu, thư khen, giải nhất, giải nhì, giải ba, khen cao
"""
CONFER = "trao, tặng, trao tặng, khen thưởng, tuyên dương, biểu dương, được tặng, được nhận, được khen thưởng, trao thưởng, vinh danh, tôn vinh, tặng thưởng, được trao, công nhận, nhận"
PROPOSE_AWARD = "trình, trình cấp trên, trình bộ, trình chính phủ, trình ubnd, trình hội đồng, trình cấp có thẩm quyền, đề nghị tặng, đề nghị khen thưởng, đề nghị, trình khen thưởng, xét đề nghị, xét tặng, trình chủ tịch, trình thủ tướng, đề nghị xét, xét khen thưởng, đề nghị chủ tịch, đề nghị tặng thưởng, đề nghị công nhận"
COLLECTIVE = "sở, khoa, phòng, bệnh viện, trung tâm, hợp tác xã, huyện, tổ dân phố, khu dân cư, đội sản xuất, tập thể, đơn vị, cơ quan, tổ chức, hộ, hộ gia đình, gia đình, nhóm, đội, xã, doanh nghiệp, chi bộ, tổ, thôn, trường, phường, câu lạc bộ"
INDIVIDUAL = "bác sĩ, y tá, điều dưỡng, công nhân, viên chức, công chức, vận động viên, nghệ nhân, nhà báo, nông dân, cựu chiến binh, phụ nữ, thanh niên, sinh viên, nhân viên, thầy cô, hộ lý, cá nhân, người, cán bộ, đồng chí, đảng viên, giáo viên, học sinh, chiến sĩ, công dân, hội viên, đoàn viên, gương, tác giả, cháu"
MANY = "nhiều, một số"
JOIN = "và, đồng thời, cũng, đã"

APPROVE = "thông qua, phê duyệt, nhất trí, thống nhất, đồng ý, chấp thuận, tán thành, phê chuẩn, biểu quyết thông qua, nhất trí thông qua, thống nhất thông qua, đồng ý chủ trương, cơ bản thống nhất, đồng tình, nhất trí cao, cơ bản nhất trí, thống nhất chủ trương"
PARTLY = "thông qua một phần, đồng ý một phần, cơ bản đồng ý nhưng"
LAUNCH = "phát động, phát động phong trào, khởi động"
DEFER = "hoãn, lùi, tạm hoãn, chưa xem xét, tạm dừng, chuyển sang kỳ họp sau, để lại"
CLOSE = "kết thúc việc, khép lại, không xem xét tiếp"
REFUSE = "không đồng ý, không chấp thuận, bác, từ chối, không thông qua, không thống nhất, chưa đồng ý"
RETURN = "trả lại, trả hồ sơ, yêu cầu bổ sung hồ sơ"
DECIDE = "quyết định, quyết nghị, bầu, thành lập, hiệp thương cử, cử bổ sung, bầu bổ sung, hiệp thương bầu"
GRANT = "cho phép, cho chủ trương, giao quyền"

NONE = """
các kiến nghị, những kiến nghị, kiến nghị của cử tri, ý kiến kiến nghị, nội dung kiến nghị, giải quyết kiến nghị, kiến nghị chính đáng, phản ánh kiến nghị,
theo yêu cầu, đáp ứng yêu cầu, yêu cầu nhiệm vụ, các yêu cầu, những yêu cầu, yêu cầu phát triển, yêu cầu đề ra, yêu cầu của, trước yêu cầu, yêu cầu công việc, đạt yêu cầu, yêu cầu mới, yêu cầu đặt ra, bảo đảm yêu cầu, đảm bảo yêu cầu,
theo đề nghị, theo sự chỉ đạo, sự chỉ đạo, sự lãnh đạo chỉ đạo, công tác chỉ đạo, công tác lãnh đạo chỉ đạo, văn bản chỉ đạo, ý kiến chỉ đạo, lãnh đạo chỉ đạo của, ban chỉ đạo, chỉ đạo điều hành, công tác chỉ đạo điều hành, chỉ đạo của, sự quan tâm,
giao ban, giao thông, giao lưu, giao dịch, bàn giao, giao ban công tác, được giao, nhiệm vụ được giao, giao đất, chuyển giao, giao tiếp, ngoại giao, giao nhận, chỉ tiêu được giao, giao hữu, giao mùa, giao thừa, giao việc,
nhu cầu, điều cần thiết, cần thiết, cần cù, cần kiệm, công tác tổ chức,  tổ chức chính trị, tổ chức xã hội, cơ quan tổ chức, tổ chức cơ sở đảng, các tổ chức, tổ chức công đoàn, tổ chức bộ máy, bộ máy tổ chức, tổ chức thực hiện nghị quyết của,
công tác quản lý, quản lý nhà nước, công tác xây dựng đảng, xây dựng đảng, công tác kiểm tra,
tuyên giáo, thông tin và truyền thông, khen thưởng kỷ luật, trao đổi, trao quyền, cờ đỏ sao vàng, người dân, mọi người, con người, người nghèo, người cao tuổi, người có công, mỗi người, tổ quốc,
phải chăng, bên phải, tay phải, các cháu, trong đó có, bộ phận một cửa, ngày càng cao, bộ tiêu chí, bộ máy, bộ thủ tục, bộ chính trị, cán bộ chủ chốt, tổ dân phố, cơ sở vật chất, cơ sở dữ liệu, cơ sở hạ tầng, trên cơ sở, từ cơ sở, ở cơ sở, cơ sở pháp lý,
hội chợ, xã hội, kinh tế xã hội, bảo hiểm y tế, xã hội hóa, an sinh xã hội, tệ nạn xã hội, mạng xã hội, trật tự an toàn xã hội, cơ hội, quốc hội, lễ hội, đại biểu quốc hội, hiệp hội,
trường hợp, môi trường, thị trường, hiện trường, quảng trường, công trường, thao trường, chủ trương, bên cạnh đó, bên cạnh, các mặt, ban đầu, ban đêm, bầu không khí, kho tàng, đối tượng chính sách, tổ hợp tác,
nhà nước, cải cách hành chính, thủ tục hành chính, đầu tư công, dự án đầu tư, kế hoạch đầu tư, kế hoạch và đầu tư, khoa học và công nghệ, giáo dục và đào tạo, công tác dân vận, phòng chống, phòng ngừa, quốc phòng, phòng cháy, phòng chống tham nhũng, phòng học, dự phòng, biên phòng, nội dung phong phú, đổi mới sáng tạo, phát triển kinh tế, chuyển đổi số, trình độ, chương trình, quá trình, công trình, hành trình, quy trình, tờ trình, tiến trình, lộ trình, giáo trình, địa hình, tạo hình, đào tạo nghề, giám đốc, giám sát, ngày thành lập, năm ngày thành lập, được thành lập, kỷ niệm thành lập, ngày truyền thống, lễ kỷ niệm ngày thành lập, bác sĩ, bác sỹ, bác cháu, chú bác, bác hồ, trực thuộc, trực tiếp, trực tuyến, trực quan
"""
PAST_LEAD = "đã, vừa, từng"
PRONOUN = "đây là, điều này, qua đó, từ đó, việc này"
PURPOSE = "nhằm, để, qua đó, từ đó, góp phần"
NEGATIVE = "không, chưa, chẳng"
HEARING = "nghe, thảo luận, cho ý kiến, báo cáo, trình bày, tham luận"
NARRATIVE = "tại hội nghị, tại buổi lễ, tại cuộc họp, tại phiên họp, tại đại hội, tại buổi làm việc, dịp này, nhân dịp này, trước đó, cùng ngày, sau khi nghe, nhân dịp, cũng tại, tặng hoa, chúc mừng, đón nhận, thăm và, dâng hương"
SCHEDULED = "diễn ra, khai mạc, bế mạc, được tổ chức vào, dự kiến tổ chức vào"
SKIP = """
các, những, mỗi, từng, mọi, tất cả, toàn thể, toàn, cả, đồng thời, bên cạnh đó, ngoài ra, tiếp đó, sau đó, theo đó, trong đó, do đó, vì vậy, do vậy, trước mắt, thời gian tới, trong thời gian tới, trước hết,
thứ nhất, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, một là, hai là, ba là, bốn là, năm là, sáu là, bảy là, tám là, chín là, mười là, riêng, đối với, về phía, phía, với, tại, cho, rằng, là, cần, phải, để, và, trong, thì, trong năm, mong muốn, cũng, trên cơ sở, song song với đó, mặt khác, đặc biệt, nhất là, cụ thể, chính thức, của
"""
PETITIONER = "cử tri, người dân, các hộ dân, tiểu thương"
