"""Digits that measure nothing are labelled; the same digits before a unit are not."""

from __future__ import annotations

import pytest

from extractor.domain.errors import InvalidModels
from extractor.language.lexer import references
from tests.language.reading import items_of, read

LABELS = [
    ("sáp nhập trường Mầm non 8/3 thành trường khác", "8/3", "name"),
    ("Công văn 447/UBND-TH", "447/UBND-TH", "document_number"),
    ("Thông tư 02/2022/TT-BLĐTBXH", "02/2022/TT-BLĐTBXH", "document_number"),
    ("Nghị quyết số 04-NQ/QU", "04-NQ/QU", "document_number"),
    ("mã số thuế 0201234567", "0201234567", "document_number"),
    ("theo Điều 11, 12 và 13", "11, 12 và 13", "article"),
    ("khoản 2", "2", "article"),
    ("số giường bệnh trên 1 vạn dân", "1 vạn dân", "name"),
    ("xe mang biển 34M - 5206", "34M - 5206", "name"),
    ("thuốc Beam 75WP", "75WP", "name"),
    ("giao ban 8 giờ thứ hai", "8 giờ", "time"),
    ("xem mục 3.2 Báo cáo này", "3.2", "article"),
    ("thửa 214, tờ bản đồ", "214", "address"),
    ("theo mặt cắt 3-3", "3-3", "name"),
    ("cấm xe trên 10 chỗ", "10 chỗ", "name"),
    ("các cụm thi đua số 1, 2, 3 ký giao ước", "1, 2, 3", "name"),
    ("Phụ lục 02", "02", "article"),
    ("mục 2.1.3", "2.1.3", "article"),
    ("lúc 8h30' sáng", "8h30'", "time"),
    ("trực 24/24", "24/24", "time"),
    ("93 năm Ngày truyền thống", "93 năm ", "anniversary"),
    ("kỳ họp thứ 7", "7", "ordinal"),
    ("xếp thứ 23/63", "23/63", "ordinal"),
    ("tăng 5 bậc", "5 bậc", "ordinal"),
    ("nhất trong 6 năm", "6 năm", "ordinal"),
    ("Đề án 06", "06", "name"),
    ("mức độ 3, 4", "3, 4", "name"),
    ("lớp 1,2,3", "1,2,3", "name"),
    ("đạt 3 sao", "3 sao", "name"),
    ("mũi 2", "2", "name"),
    ("QL 12A", "12A", "name"),
    ("ngã 6", "6", "name"),
    ("bão cấp 8", "8", "name"),
    ("tổ 6", "6", "name"),
    ("thôn 3", "3", "name"),
    ("GDPT 2018", "2018", "name"),
    ("phương châm 4 tại chỗ", "4 tại chỗ", "name"),
    ("trẻ dưới 5 tuổi", "5 tuổi", "name"),
    ("giá so sánh 2010", "2010", "price_base"),
    ("tỷ lệ 1/500", "1/500", "scale"),
    ("số 214/6 đường Lê Lợi", "214/6", "address"),
    ("Km21+450", "21+450", "address"),
    ("hố 50 x 50cm", "50 x 50cm", "size"),
    ("Lưu: VT (02b)", "02b", "copies"),
    ("điện thoại 0225.3876.412", "0225.3876.412", "phone"),
    ("trang www.abc.gov.vn/123", "www.abc.gov.vn/123", "name"),
    ("quản lý nam trong độ tuổi từ 18 đến 25", "18 đến 25", "name"),
    ("nữ từ 15 đến dưới 56 tuổi 4 tháng", "15 đến dưới 56 tuổi 4 tháng", "name"),
    ("tiếp dân các ngày 05, 15 và 25 hằng tháng", "05, 15 và 25", "date"),
    ("khách sạn 3 – 5 sao", "3 – 5 sao", "name"),
    ("phường hưởng 100%", "100%", "name"),
    ("giá vàng 99,99%", "99,99%", "name"),
    ("bón NPK 5-10-3", "5-10-3", "name"),
    ("dầu 0,05S", "0,05S", "name"),
    ("đoạn K14+250", "14+250", "address"),
    ("gọi số máy 114", "114", "phone"),
    ("câu lạc bộ “Nhà 5 có”", "5", "name"),
    ("theo Điều 305 Bộ luật Hình sự", "305", "article"),
    ("thi vào lớp 10 công lập", "10", "name"),
    ("họp tại tầng 3", "3", "name"),
    ("dự thảo lần 2 Kế hoạch", "2", "name"),
    ("Trạm 110kV", "110kV", "name"),
    ("tờ khai luồng 3 kể từ hôm nay", "3", "name"),
    ("Thu 100%: phí chợ", "100%", "name"),
    ("quy định về 19 điều đảng viên không được làm", "19 điều ", "name"),
    ("ứng dụng “Báo cháy 114”", "114", "name"),
    ("các xã đạt chuẩn 19/19 tiêu chí", "19/19 tiêu chí", "name"),
    ("phát động theo 6 nội dung", "6 nội dung", "name"),
    ("kéo đường dây 10 KV", "10 KV", "name"),
    ("chuẩn IEEE 802.11ac", "802.11ac", "document_number"),
    ("cấm xe trên 50 cm3", "50 cm3", "name"),
    ("lịch tuần 32", "32", "name"),
    ("ông V.T (62 tuổi)", "62 tuổi", "name"),
    ("mở cửa từ 7 giờ đến 19 giờ", "7 giờ đến 19 giờ", "time"),
    ("mưa 24 giờ qua", "24 giờ qua", "ordinal"),
    ("mất xe Wave 110", "110", "name"),
    ("đợt mưa 10 - 12/10", "10 - 12/10", "date"),
    ("bão đổ bộ đêm 27", "27", "date"),
    ("nợ từ vụ mùa 93", "93", "date"),
    ("theo 22TCN 272-05", "22TCN 272-05", "document_number"),
    ("kênh FM 96,7 MHz", "96,7 MHz", "name"),
    ("tour 3 ngày 2 đêm", "3 ngày 2 đêm", "name"),
    ("mạng 091", "091", "phone"),
    ("theo Hiệp định 5302-VN", "5302-VN", "document_number"),
    ("huy chương Olympic 30/4", "30/4", "date"),
    ("kho vàng 99,99", "99,99", "name"),
    ("thi bơi 200m", "200m", "name"),
    ("về nhất nội dung 200 m bướm", "200 m", "name"),
    ("nam giới (16 - 60 tuổi)", "16 - 60 tuổi", "name"),
    ("Bệnh nhân 91 (phi công)", "91", "name"),
    ("nhập cảnh phải cách ly tập trung 14 ngày", "14 ngày", "name"),
    ("kiểm tra các cơ sở có trên 50 lao động", "50 lao động", "name"),
    ("cột mốc 1.302, biên giới", "1.302", "name"),
    ("họp tại phòng 204", "204", "name"),
    ("gieo Tạp giao 1", "1", "name"),
    ("hợp ngân sách Trung ương 5", "5", "name"),
    ("xếp hạng khách sạn từ 3 đến 5 sao", "3 đến 5 sao", "name"),
    ("nâng cấp trạm biến áp 250 kVA", "250 kVA", "name"),
    ("áp dụng phác đồ bậc 2", "2", "name"),
    ("khi cháy gọi 114", "114", "phone"),
    # what recognition took for letters
    ("Quyết định l8/QĐ-UBND", "l8/QĐ-UBND", "document_number"),
    ("thửa đất số 3l5", "3l5", "address"),
    ("theo Điều 1OO", "1OO", "article"),
]


@pytest.mark.parametrize(("text", "span", "label"), LABELS)
def test_labels(text: str, span: str, label: str) -> None:
    assert [(text[r.start : r.end], r.label) for r in items_of(text).references] == [(span, label)]


@pytest.mark.parametrize(("text", "span", "label"), LABELS)
def test_no_figure_inside_a_labelled_reference(text: str, span: str, label: str) -> None:
    assert read(f"Cùng với {text}.") == []


COUNTED = [
    "12/12 xã",
    "24/24 xã",
    "xã đạt 14/19 tiêu chí",
    "524/760 hồ sơ",
    "Tốt nghiệp THCS 76/78 em",
    "Mầm non 8/10 trường",
    "lớp học 12 em",
    "cấp 78 giấy phép",
    "tổ 6 người",
    "tổng số 13 di tích",
    "tại 3 thôn",
    "xếp loại 45 hộ",
    "mục tiêu 450 hộ",
    "12 bậc thang",
    "thu 12% học phí",
    "hưởng 12% lợi nhuận",
    "tuổi thọ trung bình 73 tuổi",
    "tuần 5 buổi",
    "tại 3 tầng",
    "“Mái ấm tình thương” 12 nhà",
    "tổ chức 12 ban",
    "ngân sách trung ương 241 tỷ",
    "có trên 50 lao động",
    "cách ly tập trung 14 người",
    "nuôi cách ly tập trung 120 con",
    "tăng 200 m mương",
    "bệnh nhân 91 lượt",
    "vượt mốc 1.302 tỷ đồng",
    "chạm mốc 2,9 tỉ USD",
    "số huy chương chạm mốc 118",
    "đưa đi từ 1.000 lao động trở lên",
    "trong tổng số 7 khu công nghiệp",
    "trong số 15 khu phố",
    "khóa 463 tài khoản",
    "nâng cấp 01 đập",
    "hội người cao tuổi 412",
    "nộp trực tuyến 1.245",
    "hôn nhân gia đình 02 vụ",
    "bắn lô cốt, nền đường 4 khu dân cư",
]


@pytest.mark.parametrize("text", COUNTED)
def test_counted_after_all(text: str) -> None:
    assert items_of(text).references == ()


def test_labelled_spans_stand_apart_and_in_order() -> None:
    text = "; ".join(text for text, _, _ in LABELS)
    end = 0
    for reference in items_of(text).references:
        assert end <= reference.start < reference.end <= len(text)
        end = reference.end


@pytest.mark.parametrize(("before", "text"), [("", "gồm (12)"), (r"cấp\s+", "thuộc cấp 12, 13")])
def test_a_row_that_holds_no_pattern_is_named(before: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    caches = references._free_shapes, references._led_by, references._led_shape
    monkeypatch.setattr(references, "_shapes", lambda: [references._Shape("7", "name", before, r"(\d+")])
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(InvalidModels) as told:
            references.find_references(text)
    finally:
        for cached in caches:
            cached.cache_clear()
    assert (told.value.file, told.value.row) == ("patterns/references.csv", 7)
