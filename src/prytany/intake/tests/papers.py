"""Texts for tests of page 8, written for them, and papers made of them."""

import json

from django.urls import reverse

from prytany.documents.models import Document
from prytany.intake.services.taking import take_text

# Eight tasks are stated and proposed; what stands around the report is page furniture.
VI = """Chia sẻ
214 lượt xem
Văn phòng Tỉnh ủy giao ban công tác quý IV
Sáng 16/11/2026, Văn phòng Tỉnh ủy tổ chức hội nghị giao ban công tác văn phòng quý IV với các xã, phường.
Trong mười tháng, tỷ lệ văn bản xử lý trên môi trường mạng đạt 92%.
Ảnh: quang cảnh hội nghị tại điểm cầu trung tâm
Kết luận hội nghị, Chánh Văn phòng yêu cầu tập trung tám nhiệm vụ trọng tâm.
Một là, Sở Nội vụ cùng các xã, phường hoàn thành số hóa hồ sơ lưu trữ giai đoạn 2020–2025 trước ngày 15/12/2099.
Hai là, Sở Xây dựng phối hợp với Sở Nội vụ thống nhất bộ biểu mẫu điện tử dùng chung, xong trong tháng 12/2099.
Ba là, Sở Xây dựng rà soát các tuyến đường liên thôn hư hỏng sau mùa mưa trước ngày 30/11/2099.
Bốn là, Sở Nội vụ cùng các xã, phường lập danh sách hỗ trợ người chưa tham gia bảo hiểm y tế trước ngày 20/12/2099.
Năm là, Sở Nội vụ tổng hợp nhu cầu sửa chữa phòng học, trình trước ngày 10/12/2099.
Sáu là, các cơ quan gửi danh sách trực Tết Dương lịch theo chức vụ, chậm nhất ngày 18/12/2099.
Bảy là, Sở Xây dựng cắt giảm ít nhất 15% văn bản giấy.
Tám là, các xã, phường bố trí một điểm hướng dẫn nộp hồ sơ trực tuyến, hoàn thành trong tháng 01/2099.
Hội nghị thống nhất họp giao ban quý I vào tuần thứ hai của tháng 3.
Tin liên quan: Lịch tiếp công dân tháng 12
12 bình luận
"""

# The same conference as in `VI`, as an English page tells it.
EN = """The Office of the Provincial Committee holds its conference of the fourth quarter
On the morning of 16/11/2026 the Office held a conference on office work with communes and wards.
In ten months, 92% of documents were handled online.
Concluding, the Chief of Office asked to concentrate on eight key tasks.
First, the Department of Home Affairs with communes shall digitise archived files of 2020–2025 before 15/12/2099.
Second, the Department of Works shall agree with the Department of Home Affairs on common forms, within 12/2099.
Third, the Department of Works shall review village roads damaged by the rains before 30/11/2099.
Fourth, the Department of Home Affairs with communes shall list persons without insurance before 20/12/2099.
Fifth, the Department of Home Affairs shall gather the needs of repair of classrooms before 10/12/2099.
Sixth, all bodies shall send their rosters for the New Year by post, not later than 18/12/2099.
Seventh, the Department of Works shall cut at least 15% of paper documents.
Eighth, communes and wards shall set up a place where filing online is explained, within 01/2099.
The conference agreed to hold the meeting of the first quarter in the second week of March.
"""

# Three tasks are stated; the first two name units of the small province in their Vietnamese spelling.
UR = """شیئر کریں
214 بار دیکھا گیا
صوبائی کمیٹی کے دفتر کا چوتھی سہ ماہی کا اجلاس
16 نومبر 2026 کی صبح صوبائی کمیٹی کے دفتر نے کمیونوں اور وارڈوں کے ساتھ چوتھی سہ ماہی کے دفتری کام پر اجلاس منعقد کیا۔
دس ماہ میں 92 فیصد دستاویزات آن لائن نمٹائی گئیں۔
تصویر: مرکزی مقام پر اجلاس کا منظر
اجلاس کے اختتام پر دفتر کے سربراہ نے تین اہم کاموں پر توجہ دینے کی ہدایت کی:
- محکمہ داخلہ محفوظ فائلوں کو ڈیجیٹل شکل میں لانے کا کام 15 دسمبر 2099 سے پہلے مکمل کرے؛
- محکمہ تعمیرات برسات میں خراب ہونے والی دیہی سڑکوں کا جائزہ لے اور 30 نومبر 2099 سے پہلے مرمت کی ترتیب تجویز کرے؛
- تمام ادارے نئے سال کی تعطیلات کا ڈیوٹی روسٹر 18 دسمبر 2099 سے پہلے بھیجیں۔
طے پایا کہ پہلی سہ ماہی کا اجلاس مارچ کے دوسرے ہفتے میں ہو گا۔
متعلقہ خبریں: دسمبر میں عوامی ملاقات کے دن
تبصرہ (12)
"""

# The same meeting as in `UR`, as a Vietnamese page tells it.
VI_OF_UR = """Cuộc họp quý IV của Văn phòng Tỉnh ủy
Sáng 16/11/2026, Văn phòng Tỉnh ủy họp với các xã, phường về công tác văn phòng quý IV.
Trong mười tháng, 92% văn bản được xử lý trực tuyến.
Cuối cuộc họp, Chánh Văn phòng yêu cầu tập trung ba việc quan trọng:
- Sở Nội vụ hoàn thành việc số hóa hồ sơ lưu trữ trước ngày 15/12/2099;
- Sở Xây dựng rà soát các tuyến đường nông thôn hư hỏng trong mùa mưa và đề xuất thứ tự sửa chữa trước ngày 30/11/2099;
- Tất cả các cơ quan gửi lịch trực nghỉ năm mới trước ngày 18/12/2099.
Thống nhất cuộc họp quý I tổ chức vào tuần thứ hai của tháng 3.
"""


def taken(world, text=VI, *, by="specialist") -> Document:
    """Take a text in and return its paper."""
    return take_text(scope=world.scope(by), unit=world.office, text=text)


def sentence(document, words):
    """Return start and end of the line of the pasted text that holds `words`."""
    text = document.texts.get().text
    place = text.index(words)
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, end if end >= 0 else len(text)


def act(client, document, *acts, **more):
    """Send acts as the page's script does, and return what is answered."""
    text = document.texts.filter(is_current=True).first()
    body = {"text": text.pk if text else None, "part": 1, "acts": list(acts), **more}
    address = reverse("intake:rows", args=[document.uid])
    response = client.post(address, json.dumps(body), content_type="application/json")
    assert response.status_code == 200, response.status_code
    return response.json()
