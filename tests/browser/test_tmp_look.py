import pytest
from tests.browser.conftest import shot, assert_no_axe_faults
from tests.browser.conftest import *  # noqa
from prytany.intake.services.taking import take_text
TEXT = """Chia sẻ In trang 214 lượt xem
Sáng 16/11/2026, Văn phòng Tỉnh ủy tổ chức hội nghị giao ban công tác văn phòng quý IV với 65 xã, phường.
Trong mười tháng, tỷ lệ văn bản xử lý trên môi trường mạng đạt 92%; 41 trên 65 xã đã lập xong danh mục hồ sơ điện tử.
Ảnh: quang cảnh hội nghị tại điểm cầu trung tâm
Kết luận hội nghị, Chánh Văn phòng yêu cầu tập trung tám nhiệm vụ trọng tâm.
Một là, các xã, phường hoàn thành số hóa hồ sơ lưu trữ giai đoạn 2020–2025, báo cáo trước ngày 15/12/2026.
Hai là, Sở Nội vụ cùng Văn phòng Tỉnh ủy thống nhất bộ biểu mẫu điện tử dùng chung, xong trong tháng 12/2026.
Ba là, Sở Xây dựng rà soát các tuyến đường liên thôn hư hỏng sau mùa mưa, đề xuất thứ tự sửa chữa trước ngày 30/11/2026.
Bốn là, Bảo hiểm xã hội tỉnh cùng các xã, phường lập danh sách hỗ trợ người chưa tham gia bảo hiểm y tế trong quý IV.
Năm là, Sở Xây dựng tổng hợp nhu cầu sửa chữa phòng học, trình trước ngày 10/12/2026.
Sáu là, các cơ quan gửi danh sách trực Tết Dương lịch, theo chức vụ, chậm nhất ngày 18/12/2026.
Bảy là, cắt giảm ít nhất 15% văn bản giấy trong năm 2027.
Tám là, các xã, phường bố trí một điểm hướng dẫn nộp hồ sơ trực tuyến tại bộ phận một cửa, hoàn thành trong tháng 01/2027.
Hội nghị thống nhất họp giao ban quý I vào tuần thứ hai của tháng 3.
Tin liên quan: Lịch tiếp công dân tháng 12
12 bình luận"""

def test_look(world, page_as):
    document = take_text(scope=world.scope("specialist"), unit=world.office, text=TEXT)
    page = page_as("specialist", language="vi")
    page.goto(f"/read/{document.uid}/")
    page.wait_for_load_state("networkidle")
    shot(page, "read-1")
    for key in ["Enter"]*1:
        page.keyboard.press(key); page.wait_for_timeout(300)
    shot(page, "read-2")
    page.keyboard.type("sở n"); page.wait_for_timeout(500)
    shot(page, "read-3")
    page.keyboard.press("Enter"); page.wait_for_timeout(500)
    shot(page, "read-4")
    print(page.evaluate("document.activeElement.outerHTML.slice(0,200)"))
