"""Names are found whole and typed by what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]


def names(doc: Doc) -> dict[str, str]:
    """The outermost names with their types."""
    found, reach = {}, -1
    for span in sorted(doc.spans["names"], key=lambda s: (s.start, -s.end)):
        if span.start >= reach:
            found[span.text] = span.label_
            reach = span.end
    return found


CASES = [
    # gazetteer
    ("Nga và Ukraine trao đổi tù binh.", {"Nga": "place", "Ukraine": "place"}),
    ("Hội đàm diễn ra ở Bắc Kinh.", {"Bắc Kinh": "place"}),
    ("Ông sinh tại Bogotá.", {"Bogotá": "place"}),
    # people, by title, by form, by age
    ("Đại tá Lê Văn Tám chỉ huy.", {"Lê Văn Tám": "person"}),
    ("Tổng thống Brazil Luis Cardoso phát biểu.", {"Brazil": "place", "Luis Cardoso": "person"}),
    ("Trần Thị Hoa, 35 tuổi, bán rau.", {"Trần Thị Hoa": "person"}),
    ("Gặp bà Nga ở chợ.", {"Nga": "person"}),
    ("Bị cáo N.V.A khai nhận.", {"N.V.A": "person"}),
    ("Trung tướng về hưu Ramesh Kulkarni bình luận.", {"Ramesh Kulkarni": "person"}),
    ("Bác sĩ Choi Min-jun trực đêm.", {"Choi Min-jun": "person"}),
    ("Bắt Hồ Quốc Bảo tại nhà.", {"Hồ Quốc Bảo": "person"}),
    # bodies
    ("Sở Giáo dục và Đào tạo tỉnh Lào Cai công bố.", {"Sở Giáo dục và Đào tạo tỉnh Lào Cai": "organization"}),
    ("Theo Bộ Văn hóa, Thể thao và Du lịch, khách tăng.", {"Bộ Văn hóa, Thể thao và Du lịch": "organization"}),
    (
        "Phòng Cảnh sát hình sự Công an thành phố Vinh vào cuộc.",
        {"Phòng Cảnh sát hình sự Công an thành phố Vinh": "organization"},
    ),
    ("Cơ quan tình báo Pháp im lặng.", {"Cơ quan tình báo Pháp": "organization"}),
    ("Máy bay của không quân Ấn Độ hạ cánh.", {"không quân Ấn Độ": "organization"}),
    ("Công ty TNHH Gỗ Minh Tâm phá sản.", {"Công ty TNHH Gỗ Minh Tâm": "organization"}),
    ("Đại sứ quán Lào tại Hà Nội mở cửa.", {"Đại sứ quán Lào tại Hà Nội": "organization"}),
    ("Giám đốc Sở Y tế Nguyễn Văn Bình nói.", {"Sở Y tế": "organization", "Nguyễn Văn Bình": "person"}),
    ("Chủ tịch Hội Lê Thị Mận phát biểu.", {"Lê Thị Mận": "person"}),
    ("Hãng Skyline Airways tăng chuyến.", {"Hãng Skyline Airways": "organization"}),
    # forces and authorities named only by kind stand for the country
    ("Chính phủ Nhật Bản họp khẩn.", {"Nhật Bản": "place"}),
    ("Lực lượng Ukraine rút lui.", {"Ukraine": "place"}),
    ("Họp với 12 công ty Mỹ.", {"Mỹ": "place"}),
    ("Honda Việt Nam tăng giá.", {"Honda Việt Nam": "organization"}),
    ("Lumicore, hãng làm đèn, phá sản.", {"Lumicore": "organization"}),
    ("Tavrosk, thị trấn nhỏ, yên tĩnh.", {"Tavrosk": "place"}),
    # units
    ("Lữ đoàn Pháo binh 675 bắn đạn thật.", {"Lữ đoàn Pháo binh 675": "unit"}),
    ("Đồn Biên phòng Mường Mươn tuần tra.", {"Đồn Biên phòng Mường Mươn": "unit"}),
    ("Đội K52 tìm kiếm hài cốt.", {"Đội K52": "unit"}),
    # places by class word
    ("Lũ về xã Nậm Tin, huyện Nậm Pồ.", {"Nậm Tin": "place", "Nậm Pồ": "place"}),
    ("Cháy chợ ở quận 8.", {"quận 8": "place"}),
    ("Tàu vào biển Đen.", {"biển Đen": "place"}),
    ("Thuyền trôi trên sông Mã.", {"sông Mã": "place"}),
    ("Bản Nà Sự (Điện Biên) có điện.", {"Nà Sự": "place", "Điện Biên": "place"}),
    # sites
    ("Đưa vào Bệnh viện Đa khoa tỉnh Sơn La.", {"Bệnh viện Đa khoa tỉnh Sơn La": "facility"}),
    ("Cháy lớn ở chợ Cồn Xanh.", {"chợ Cồn Xanh": "facility"}),
    ("Họ xông vào Nhà Trắng.", {"Nhà Trắng": "facility"}),
    ("Nhà Trắng bác tin này.", {"Nhà Trắng": "organization"}),
    # agreements, papers, honours, events, equipment
    ("Hai bên ký Hiệp định Dẫn độ và Tương trợ tư pháp.", {"Hiệp định Dẫn độ và Tương trợ tư pháp": "treaty"}),
    ("Hai bên ký Hiệp định dẫn độ.", {"Hiệp định dẫn độ": "treaty"}),
    ("Họ viện dẫn Công ước Vienna về quan hệ ngoại giao.", {"Công ước Vienna về quan hệ ngoại giao": "treaty"}),
    ("Quốc hội thông qua Nghị quyết 57.", {"Quốc hội": "organization", "Nghị quyết 57": "document"}),
    ("Bà xem phim “Mùa len trâu”.", {"Mùa len trâu": "document"}),
    ("Anh nhận Huân chương Lao động hạng Nhì.", {"Huân chương Lao động hạng Nhì": "award"}),
    ('Xã được trao danh hiệu "Anh hùng Lao động".', {"Anh hùng Lao động": "award"}),
    ("Lễ hội Gầu Tào lần thứ 5 khai mạc.", {"Lễ hội Gầu Tào lần thứ 5": "event"}),
    ("Họ nhớ nội chiến Angola.", {"nội chiến Angola": "event"}),
    ("Hai tiêm kích Su-35 cất cánh.", {"Su-35": "equipment"}),
    ("Tàu khu trục USS Winston ghé cảng.", {"USS Winston": "equipment"}),
    # a founder's title, and a bare name, of a body that is told as one elsewhere
    (
        "Nordvik Foods, công ty chế biến cá, vừa mở cửa hàng. Người sáng lập Nordvik Foods vắng mặt.",
        {"Nordvik Foods": "organization"},
    ),
    (
        "Tập đoàn Lúa Vàng lãi lớn. Năm nay Lúa Vàng mở sáu cửa hàng.",
        {"Tập đoàn Lúa Vàng": "organization", "Lúa Vàng": "organization"},
    ),
    # short forms in brackets
    ("Ủy ban Cứu trợ Biển (UCB) kêu gọi quyên góp.", {"Ủy ban Cứu trợ Biển": "organization", "UCB": "organization"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_finds_and_types(annotate: Annotate, text: str, expected: dict[str, str]) -> None:
    assert names(annotate(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lãnh đạo nói sẽ về.",
        "Hai nước hợp tác.",
        "Anh nói tiếng Pháp rất giỏi.",
        "Thông báo mới nhất yêu cầu sơ tán.",
        "Gia đình ăn Tết vui vẻ.",
        "Họ là người Tày.",
        "Sáng thứ Ba trời mưa.",
    ],
)
def test_finds_no_name_where_there_is_none(annotate: Annotate, text: str) -> None:
    assert not names(annotate(text))


def test_keeps_names_inside_names(annotate: Annotate) -> None:
    doc = annotate("Bộ Quốc phòng Lào ra thông báo.")
    assert [(s.text, s.label_) for s in doc.spans["names"]] == [("Bộ Quốc phòng Lào", "organization"), ("Lào", "place")]


def test_what_a_name_is_elsewhere_tells_what_it_is_here(annotate: Annotate) -> None:
    doc = annotate("Ông Wendell Aarts đến muộn. Aarts xin lỗi.")
    assert [(s.text, s.label_) for s in doc.spans["names"]] == [("Wendell Aarts", "person"), ("Aarts", "person")]


def test_names_in_a_list_share_a_type(annotate: Annotate) -> None:
    doc = annotate("Pháo rơi xuống Kharkiv, Zolonka và Verbivka.")
    assert {s.label_ for s in doc.spans["names"]} == {"place"}


def test_without_evidence_a_name_stays_untyped(annotate: Annotate) -> None:
    assert names(annotate("Rồi Zorvex biến mất.")) == {"Zorvex": "untyped"}


def test_reads_both_ways_to_place_tone_marks(annotate: Annotate) -> None:
    assert names(annotate("Ủy ban nhân dân tỉnh Hoà Bình họp.")) == {"Ủy ban nhân dân tỉnh Hoà Bình": "organization"}


def test_a_name_may_run_over_a_line_break_or_a_hard_space(annotate: Annotate) -> None:
    assert names(annotate("Đại tá Lê\u00a0Văn Tám chỉ huy."))["Lê\u00a0Văn Tám"] == "person"
