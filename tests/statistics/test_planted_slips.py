"""One slip of every class, planted in a report's own words: the check of its class speaks, and only then.

Each case is the report as it should be and the report with the slip; two reports where only both together show it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor.domain.finding import Finding, Level
from extractor.statistics import build_series, check_series, observe

LOUD = frozenset({Level.FAIL, Level.WARN})

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN VÂN KHÊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/BC-UBND
{place}, ngày {day}

BÁO CÁO
Tình hình kinh tế - xã hội {period}

I. KẾT QUẢ THỰC HIỆN
"""

Q1 = {"place": "Vân Khê", "number": "64", "day": "28 tháng 3 năm 2023", "period": "quý I năm 2023"}
H1 = {"place": "Vân Khê", "number": "142", "day": "27 tháng 6 năm 2023", "period": "6 tháng đầu năm 2023"}
LAST = {"place": "Vân Khê", "number": "58", "day": "28 tháng 3 năm 2022", "period": "quý I năm 2022"}
LATER = {"place": "Vân Khê", "number": "201", "day": "28 tháng 9 năm 2023", "period": "9 tháng đầu năm 2023"}

ALONE = [
    (
        "Q1",
        "Đối với án dân sự, toàn ngành thụ lý 2.416 vụ việc, đã giải quyết {a} vụ, đạt 76,41%.",
        {"a": "1.846"},
        {"a": "1.486"},
    ),
    (
        "Q1",
        "Toàn huyện xảy ra 645 vụ vi phạm về trật tự xã hội. Cơ quan công an đã điều tra, làm rõ {a} vụ, với 1.215 đối "
        "tượng (đạt tỷ lệ 86,4%).",
        {"a": "557"},
        {"a": "575"},
    ),
    (
        "Q1",
        "Trên địa bàn xã có: 734 hộ; 3.420 nhân khẩu.\n\nTrong đó dân tộc: Thái chiếm 217 hộ, 29,56%. Mông chiếm {a} "
        "hộ, 70,16%.",
        {"a": "515"},
        {"a": "551"},
    ),
    (
        "S1",
        "Thu nội địa đạt 1.846 tỷ đồng, bằng 31,5% dự toán trung ương giao, bằng 27,2% dự toán tỉnh giao, tăng 8,1% so "
        "với cùng kỳ, gồm: thu thuế, phí và thu khác đạt {a} tỷ đồng; thu tiền sử dụng đất đạt 602 tỷ đồng.",
        {"a": "1.244"},
        {"a": "1.142"},
    ),
    (
        "S1",
        "Tiếp nhận 83 đơn khiếu nại, tố cáo ({a} đơn khiếu nại và 26 đơn tố cáo).",
        {"a": "57"},
        {"a": "55"},
    ),
    (
        "S2",
        "Toàn huyện có 1.635 vụ việc phải thi hành án; trong đó, có 820 vụ việc tồn đọng chuyển qua và {a} vụ mới phát "
        "sinh.",
        {"a": "815"},
        {"a": "851"},
    ),
    (
        "Y1",
        "Trong tháng 02/2023, toàn huyện xảy ra 125 vụ tai nạn giao thông, làm chết 41 người. So với tháng trước, tăng "
        "{a} vụ (10,62%).",
        {"a": "12"},
        {"a": "21"},
    ),
    (
        "Y5",
        "Chỉ số sản xuất công nghiệp quý I năm 2023 tăng 6,2% so với cùng kỳ năm 2022; trong đó ngành khai khoáng giảm "
        "7,4% so với cùng kỳ năm {a}.",
        {"a": "2022"},
        {"a": "2023"},
    ),
    (
        "Y3",
        "Tổng sản phẩm trên địa bàn (GRDP) quý I năm 2023 tăng {a}% so với cùng kỳ, trong đó khu vực nông, lâm nghiệp "
        "và thủy sản tăng 3,1%; công nghiệp - xây dựng tăng 7,6%; dịch vụ tăng 7,2%; thuế sản phẩm tăng 4,5%.",
        {"a": "6,4"},
        {"a": "8,4"},
    ),
    (
        "Y3",
        "Chỉ số sản xuất công nghiệp quý I năm 2023 tăng {a}% so với cùng kỳ; trong đó khai khoáng tăng 1,1%, công "
        "nghiệp chế biến, chế tạo tăng 6,2%, sản xuất và phân phối điện tăng 3,8%, cung cấp nước, quản lý và xử lý "
        "rác thải, nước thải tăng 4,1%.",
        {"a": "5,2"},
        {"a": "9,2"},
    ),
    (
        "S2",
        "Vụ lúa đông xuân cả nước gieo cấy được 3.123,4 nghìn ha, trong đó các địa phương phía Bắc đạt 1.116,7 nghìn "
        "ha; các địa phương phía Nam đạt {a} nghìn ha.",
        {"a": "2.006,7"},
        {"a": "2.060,7"},
    ),
    (
        "S2",
        "Tiếp nhận 49 đơn, trong đó 12 đơn khiếu nại, 5 đơn tố cáo, số còn lại {a} đơn kiến nghị, phản ánh.",
        {"a": "32"},
        {"a": "34"},
    ),
    (
        "S1",
        "Giá trị sản xuất nông, lâm nghiệp và thủy sản năm 2022 đạt {a} tỷ đồng, bao gồm: Nông nghiệp đạt 183,6 tỷ "
        "đồng, tăng 2,8%; lâm nghiệp đạt 8,3 tỷ đồng, tăng 6,4%; thủy sản đạt 63,3 tỷ đồng, tăng 4,5%.",
        {"a": "255,2"},
        {"a": "252,5"},
    ),
    (
        "Q3",
        "Cơ cấu kinh tế trên địa bàn huyện ước quý I năm 2023 (theo giá hiện hành) như sau: Ngành Nông lâm nghiệp và "
        "thủy sản chiếm 24,3%, giảm 1,2%; ngành Công nghiệp - Xây dựng chiếm 40,4%; ngành Dịch vụ chiếm {a}%.",
        {"a": "35,3"},
        {"a": "33,5"},
    ),
    (
        "S4",
        "Tòa án nhân dân hai cấp thụ lý 6.218 vụ, đã giải quyết 5.209 vụ. Còn tồn {a} vụ đang tiếp tục giải quyết.",
        {"a": "1.009"},
        {"a": "1.011"},
    ),
    (
        "Q1",
        "Tòa án nhân dân hai cấp thụ lý 6.218 vụ, đã giải quyết 5.209 vụ; đạt {a}%.",
        {"a": "83,77"},
        {"a": "83,74"},
    ),
    (
        "Q1",
        "Xảy ra 180 vụ phạm pháp hình sự. Chiếm tỷ lệ cao là trộm cắp tài sản 53 vụ ({a}%), cố ý gây thương tích "
        "45 vụ (25%), đánh bạc 33 vụ (18,33%).",
        {"a": "29,44"},
        {"a": "39,44"},
    ),
    (
        "S1",
        "Dân số trung bình\n\n| Năm | Tổng số | Nam | Nữ |\n|---|---|---|---|\n"
        "| 2020 | 1.014.825 | 501.190 | 513.635 |\n"
        "| 2021 | 1.106.141 | {a} | 562.182 |\n| 2022 | 1.123.140 | 555.393 | 567.747 |",
        {"a": "543.959"},
        {"a": "534.959"},
    ),
    (
        "S1",
        "Dân số toàn huyện là 98.142 người, trong đó nam {a} người, nữ 48.666 người.",
        {"a": "49.476"},
        {"a": "47.946"},
    ),
    (
        "S2",
        "Mưa lũ làm {a} người chết, mất tích (152 người chết, 140 người mất tích).",
        {"a": "292"},
        {"a": "229"},
    ),
    (
        "C1",
        "Trong tháng 3, toàn huyện cấp mới đăng ký kinh doanh {a} doanh nghiệp.\n\n"
        "Quý I, toàn huyện cấp mới đăng ký kinh doanh cho 395 DN.",
        {"a": "72"},
        {"a": "720"},
    ),
    (
        "S1",
        "Thu ngân sách nhà nước trên địa bàn quý I ước đạt 96.500 triệu đồng, gồm: thu nội địa {a} triệu đồng, "
        "thu từ dầu thô 0 triệu đồng, thu cân đối từ hoạt động xuất, nhập khẩu 14.200 triệu đồng, "
        "thu viện trợ 0 triệu đồng.",
        {"a": "82.300"},
        {"a": "28.300"},
    ),
    (
        "S2",
        "Tổng chi ngân sách địa phương quý I là 120,5 tỷ đồng, trong đó chi thường xuyên {a} tỷ đồng.",
        {"a": "80,2"},
        {"a": "802"},
    ),
    (
        "S1",
        "Tổng đàn gia cầm quý I là 612 nghìn con, gồm: đàn gà {a} nghìn con, đàn vịt 164 nghìn con.",
        {"a": "448"},
        {"a": "400"},
    ),
    (
        "P3",
        "Thu ngân sách nhà nước trên địa bàn quý I đạt {a} triệu đồng, bằng 24,1% kế hoạch năm.\n\n"
        "Kế hoạch thu ngân sách nhà nước trên địa bàn năm 2023 là 400.000 triệu đồng.",
        {"a": "96.400"},
        {"a": "69.400"},
    ),
    (
        "P4",
        "Giá trị sản xuất nông, lâm nghiệp và thủy sản quý I ước đạt 24.333 triệu đồng, bằng {a}% kế hoạch; trong đó "
        "nông nghiệp 16.663 triệu đồng, bằng 16,32% kế hoạch; thủy sản 7.670 triệu đồng, bằng 20,65% kế hoạch.",
        {"a": "17,48"},
        {"a": "14,78"},
    ),
    (
        "Y1",
        "Sản lượng trứng gia cầm quý I đạt 389.210 nghìn quả, tăng 9,9% (+{a} nghìn quả) so với cùng kỳ.",
        {"a": "35.061"},
        {"a": "53.061"},
    ),
    (
        "Y1",
        "Quý I, toàn huyện xảy ra 46 vụ tai nạn giao thông, giảm 14 vụ (tương đương {a}%) so với cùng kỳ.",
        {"a": "23"},
        {"a": "32"},
    ),
    (
        "Y1",
        "Quý I, toàn huyện có 30 người chết do tai nạn giao thông. So với cùng kỳ, số người chết tăng 6 người (30/24), "
        "tức tăng {a}%.",
        {"a": "25"},
        {"a": "52"},
    ),
    (
        "Y1",
        "Năng suất lúa xuân đạt 62,4 tạ/ha, tăng 0,8 tạ/ha, tăng {a}% so với vụ xuân năm trước.",
        {"a": "1,3"},
        {"a": "3,1"},
    ),
    (
        "Y1",
        "Sản lượng thủy sản quý I đạt 1.240 tấn, bằng {a}% so với cùng kỳ (tăng 8,4%).",
        {"a": "108,4"},
        {"a": "104,8"},
    ),
    (
        "Y2",
        "Quý I, toàn huyện có 30 người chết do tai nạn giao thông, tăng {a} người (30/24) so với cùng kỳ.",
        {"a": "6"},
        {"a": "9"},
    ),
    (
        "Y3",
        "Giá trị sản xuất nông, lâm nghiệp và thủy sản quý I ước đạt 24.333 triệu đồng, tăng {a}% so với cùng kỳ; "
        "trong đó nông nghiệp 16.663 triệu đồng, tăng 1,8% so với cùng kỳ; "
        "thủy sản 7.670 triệu đồng, tăng 0,4% so với cùng kỳ.",
        {"a": "1,4"},
        {"a": "4,1"},
    ),
    (
        "C1",
        "Thu ngân sách nhà nước trên địa bàn tháng 3 ước đạt {a} triệu đồng, quý I ước đạt 96.500 triệu đồng.",
        {"a": "31.200"},
        {"a": "131.200"},
    ),
    (
        "Q1",
        "Kiểm tra 760 cơ sở, trong đó có 524/760 cơ sở đạt yêu cầu, bằng {a}%.",
        {"a": "68,9"},
        {"a": "86,9"},
    ),
    (
        "Q1",
        "Đã giải quyết 12.418 hồ sơ, trong đó đúng hạn 12.206 hồ sơ, chiếm {a}%; quá hạn 212 hồ sơ, chiếm 1,7%.",
        {"a": "98,3"},
        {"a": "89,3"},
    ),
    (
        "Q2",
        "Trong quý có {a}/96 trường đạt chuẩn quốc gia.",
        {"a": "69"},
        {"a": "169"},
    ),
    (
        "Q1",  # the whole stands in the clause before
        "Toàn huyện còn 124 hộ nghèo/2.480 hộ, chiếm 5,0%; hộ cận nghèo {a} hộ, chiếm 6,0%.",
        {"a": "149"},
        {"a": "194"},
    ),
    (
        "Q1",
        "Toàn huyện có 1.240/2.480 hộ đạt chuẩn, chiếm 50%; hộ dùng nước sạch 2.108 hộ, chiếm {a}%.",
        {"a": "85"},
        {"a": "58"},
    ),
    (
        "Y2",
        "Tổng đàn trâu hiện có 2.684 con, tăng 142 con so với cùng kỳ (quý I năm 2022 là {a} con).",
        {"a": "2.542"},
        {"a": "2.524"},
    ),
    (
        "U1",
        "Trong 11 nhóm hàng hóa có {a} nhóm tăng giá, 05 nhóm giảm giá. "
        "Trong 6 nhóm hàng tăng giá, nhóm lương thực tăng 0,31%.",
        {"a": "06"},
        {"a": "07"},
    ),
    (
        "Q3",
        "Cơ cấu kinh tế: nông, lâm nghiệp, thủy sản {a}%, công nghiệp - xây dựng 41,5%, dịch vụ 36,1%.",
        {"a": "22,4"},
        {"a": "24,4"},
    ),
    (
        "D1",
        "Từ ngày {a} đến ngày 15/3/2023 xảy ra 3 vụ tai nạn giao thông.",
        {"a": "16/12/2022"},
        {"a": "16/12/2023"},
    ),
    (
        "D2",
        "Trong ngày {a}, huyện tiếp 86 lượt công dân.",
        {"a": "16/3/2023"},
        {"a": "16/8/2023"},
    ),
    (
        "D2",
        "Ngày {a} đã bàn giao 08 nhà đại đoàn kết.",
        {"a": "16/3/2023"},
        {"a": "16/8/2023"},
    ),
    (
        "D3",
        "Thực hiện Quyết định số 412/{a}/QĐ-UBND ngày 12/01/2022, huyện đã chi 12 tỷ đồng.",
        {"a": "2022"},
        {"a": "2021"},
    ),
    (
        "D4",
        "Quyết định số 412/QĐ-UBND ngày 12/01/2023 giao 12 tỷ đồng. Theo Quyết định số 412/QĐ-UBND ngày {a}, "
        "huyện đã chi 8 tỷ đồng.",
        {"a": "12/01/2023"},
        {"a": "21/01/2023"},
    ),
    (
        "D4",
        "Quyết định số 1286/QĐ-UBND ngày 31/12/2022 của UBND tỉnh giao 12 tỷ đồng. Thu 3 tỷ đồng theo Quyết định số "
        "1286/QĐ-UBND ngày {a}.",
        {"a": "31/12/2022"},
        {"a": "30/12/2022"},
    ),
    (
        "D5",
        "Kỷ niệm {a} năm Ngày thành lập Đảng Cộng sản Việt Nam (1930 - 2023) với 12 buổi tọa đàm.",
        {"a": "93"},
        {"a": "39"},
    ),
    (
        "D6",
        "Ngày 22/01/2023 (tức mùng {a} tháng Giêng năm Quý Mão), huyện tổ chức 01 lễ hội.",
        {"a": "1"},
        {"a": "6"},
    ),
    (
        "U1",
        "Thu ngân sách nhà nước trên địa bàn quý I năm 2023 đạt 96.500 triệu đồng.\n\nII. ĐÁNH GIÁ CHUNG\n"
        "Thu ngân sách nhà nước trên địa bàn quý I năm 2023 đạt {a} triệu đồng.",
        {"a": "96.500"},
        {"a": "69.500"},
    ),
    (
        "U1",
        "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 92,4%.\n\nII. ĐÁNH GIÁ CHUNG\n"
        "Tỷ lệ người dân tham gia bảo hiểm y tế đạt {a}%.",
        {"a": "92,4"},
        {"a": "94,2"},
    ),
    (
        "U2",
        "Toàn huyện có {a} hộ nghèo.",
        {"a": "2.315"},
        {"a": "2,315"},
    ),
    (
        "V1",
        "Sản lượng thủy sản quý I đạt 1.240 tấn, {a}% so với cùng kỳ.",
        {"a": "tăng 3,2"},
        {"a": "tăng -3,2"},
    ),
    (
        "T1",
        "Đã duyệt quy hoạch cho {a} xã: An Hòa, Bình Minh, Cẩm Lý, Đông Sơn.",
        {"a": "04"},
        {"a": "06"},
    ),
    (
        "T1",
        "Còn {a} đơn vị chưa gửi báo cáo: Sở Xây dựng, Sở Y tế, huyện Ninh Hà, huyện Thuận Đông.",
        {"a": "04"},
        {"a": "05"},
    ),
    (
        "T2",
        "Thu ngân sách nhà nước đạt 96,5 tỷ đồng¹; chi ngân sách 80,1 tỷ đồng{a}.\n\n"
        "¹ Thuế ngoài quốc doanh 12 tỷ đồng.",
        {"a": ""},
        {"a": "²"},
    ),
    (
        "T3",
        "1. Thu ngân sách\nThu ngân sách nhà nước đạt 96,5 tỷ đồng.\n2. Chi ngân sách\nChi ngân sách 80,1 tỷ đồng.\n"
        "{a}. Nông nghiệp\nSản lượng lúa đạt 12.400 tấn.",
        {"a": "3"},
        {"a": "5"},
    ),
]

PUPILS = """
Bảng 1. Học sinh đầu năm học

| Chỉ tiêu | ĐVT | 2020 | 2021 | 2022 |
|---|---|---|---|---|
| Tổng số học sinh | Học sinh | 6.619 | 6.534 | 6.463 |
| Mầm non | Cháu | 1.000 | 1.365 | 1.595 |
| Tiểu học | Học sinh | 3.219 | {a} | 2.765 |
| THCS | Học sinh | 2.400 | 2.051 | 2.103 |
"""

LAND = """
Bảng 2. Hiện trạng đất đai

| Loại đất | Diện tích (ha) | Cơ cấu (%) |
|---|---|---|
| Đất trồng lúa | 192,64 | 21,57 |
| Đất rừng sản xuất | 125,14 | 14,01 |
| Đất ở nông thôn | 210,79 | {a} |
| Đất đồi chưa sử dụng | 364,56 | 40,82 |
"""

RETAIL = """Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ quý I ước đạt 99.370 tỷ đồng, tăng 11,3% so với cùng kỳ.

Trong đó, khu vực trong nước đạt {a} đồng, tăng 11%; khu vực có vốn đầu tư nước ngoài đạt 5.620 tỷ đồng."""
"""Parts in a paragraph of their own, and rounded."""

HEADS = """
Bảng 3. Dân số

| Chỉ tiêu | ĐVT | 2017 | 2018 | 2019 | 2020 | 2021 | 2022 |
|---|---|---|---|---|---|---|---|
| Dân số | Người | 519.714 | 523.440 | 527.386 | 537.790 | 539.708 | 544.198 |
| Khu vực phố | Người | 193.247 | 196.372 | 206.863 | 210.960 | 212.844 | 214.252 |
| Khu vực làng | Người | {a} | 327.068 | 320.523 | {b} | 326.864 | 329.946 |
"""
"""Two slips in one table."""

ALONE += [
    (
        "S2",
        "Đã phát 3.418 phiếu điều tra, trong đó: phiếu hộ gia đình {a} phiếu; phiếu cơ sở 1.276 phiếu.",
        {"a": "2.142"},
        {"a": "2.412"},
    ),
    (
        "Q1",
        "Tòa án hai cấp đã thụ lý 23.452 vụ với 38.830 bị cáo; đã giải quyết, xét xử được 22.312 vụ với 37.924 bị cáo; "
        "đạt tỷ lệ {a}% về số vụ và 97,67% về số bị cáo.",
        {"a": "95,14"},
        {"a": "45,14"},
    ),
    ("A1", "Lúa xuân 115 ha, năng suất đạt {a} tạ/ha, sản lượng đạt 723,35 tấn.", {"a": "62,9"}, {"a": "69,2"}),
    ("S1", PUPILS, {"a": "3.118"}, {"a": "3.181"}),
    (
        "Q1",
        "Quý I, đã tiếp nhận 54 nguồn tin về tội phạm, trong đó thụ lý mới 49 tin; đã giải quyết 48 tin (đạt {a}%).",
        {"a": "88,89"},
        {"a": "68,89"},
    ),
    (
        "Q1",
        "Đến 31/3/2023, tổng dư nợ cho vay đạt 24.490 tỷ đồng, tăng 3,4% so với đầu năm. Nợ xấu ở mức 475,1 tỷ đồng, "
        "chiếm {a}% dư nợ cho vay.",
        {"a": "1,94"},
        {"a": "2,41"},
    ),
    (
        "S1",
        "Quý I, đã khởi tố mới 27 vụ/68 bị can. Trong đó, {a} vụ/31 bị can về trật tự xã hội; 12 vụ/25 bị can về kinh "
        "tế; 6 vụ/12 bị can về ma túy.",
        {"a": "9"},
        {"a": "8"},
    ),
    (
        "A1",
        "Diện tích lúa vụ hè thu năm 2022 đạt 25.640 ha. Đến nay đã thu hoạch khoảng 2.000 ha, năng suất cả vụ năm "
        "2022 ước đạt 58,3 tạ/ha. Sản lượng lúa vụ hè thu năm 2022 ước đạt {a} tấn.",
        {"a": "149.470"},
        {"a": "194.470"},
    ),
    ("S2", RETAIL, {"a": "93.749 tỷ"}, {"a": "98.749 tỷ"}),
    ("U2", RETAIL, {"a": "93.749 tỷ"}, {"a": "93.749 triệu"}),
    ("S1", HEADS, {"a": "326.467", "b": "326.830"}, {"a": "362.467", "b": "328.630"}),
    ("Q1", LAND, {"a": "23,60"}, {"a": "26,30"}),
    ("Q2", "Hiện có 6 xã đạt {a} tiêu chí nông thôn mới.", {"a": "19/19"}, {"a": "20/19"}),
    ("S2", "Học sinh bỏ học 87 em (tiểu học 09 em, THCS {a} em).", {"a": "78"}, {"a": "76"}),
    ("S4", "Đã có 148/163 hộ nhận tiền hỗ trợ, còn {a} hộ chưa nhận.", {"a": "15"}, {"a": "17"}),
]

REMARKED = [
    (
        "S3",
        "Giá trị sản xuất nông, lâm nghiệp và thủy sản quý I ước đạt {a} triệu đồng; trong đó nông nghiệp "
        "16.663 triệu đồng, thủy sản 7.670 triệu đồng.",
        {"a": "24.333"},
        {"a": "24.933"},
    ),
    (
        "U3",
        "Tặng 9.711 suất quà Tết, tổng trị giá {a} đồng.",
        {"a": "4.539.700.000"},
        {"a": "4.539.700"},
    ),
    (
        "U4",
        "Thu ngân sách nhà nước trên địa bàn quý I đạt 96.400 triệu đồng, bằng {a}% kế hoạch năm.",
        {"a": "24,1"},
        {"a": "92,4"},
    ),
    (
        "U5",
        "Sản lượng thủy sản quý I đạt 1.240 tấn, bằng {a}% so với cùng kỳ.",
        {"a": "104,2"},
        {"a": "401,2"},
    ),
    (
        "T4",
        "Tiếp công dân 56 lượt (trong đó có 01 buổi định kỳ{a}.",
        {"a": ")"},
        {"a": ""},
    ),
]
"""Slips that may well be true: a remark, never a warning."""

TOGETHER = [
    (
        "C2",
        (Q1, "Thu ngân sách nhà nước trên địa bàn quý I năm 2023 đạt 96.400 triệu đồng."),
        (
            {**H1, "period": "tháng 4 năm 2023", "day": "27 tháng 4 năm 2023"},
            "Thu ngân sách nhà nước trên địa bàn tháng 4 năm 2023 đạt 31.000 triệu đồng, "
            "4 tháng đầu năm 2023 đạt {a} triệu đồng.",
        ),
        {"a": "127.400"},
        {"a": "147.400"},
    ),
    (
        "Y2",
        (LAST, "Sản lượng thủy sản quý I năm 2022 đạt 7.640 tấn."),
        (Q1, "Sản lượng thủy sản quý I năm 2023 đạt 7.670 tấn, tăng {a}% so với cùng kỳ."),
        {"a": "0,4"},
        {"a": "40"},
    ),
    (
        "P2",
        (Q1, "Thu ngân sách nhà nước trên địa bàn quý I đạt 96.400 triệu đồng, bằng 24,1% kế hoạch năm."),
        (H1, "Thu ngân sách nhà nước trên địa bàn 6 tháng đạt 198.800 triệu đồng, bằng {a}% kế hoạch năm."),
        {"a": "49,7"},
        {"a": "94,7"},
    ),
    (
        "C3",
        (H1, "Thu ngân sách nhà nước trên địa bàn 6 tháng đầu năm 2023 đạt 198.800 triệu đồng."),
        (LATER, "Thu ngân sách nhà nước trên địa bàn 9 tháng đầu năm 2023 đạt {a} triệu đồng."),
        {"a": "291.800"},
        {"a": "129.800"},
    ),
    (
        "U2",
        (Q1, "Thu ngân sách nhà nước trên địa bàn quý I đạt 96.400 triệu đồng."),
        (H1, "Thu ngân sách nhà nước trên địa bàn quý I đạt 96.400 triệu đồng, quý II đạt 98.100 {a} đồng."),
        {"a": "triệu"},
        {"a": "tỷ"},
    ),
    (
        "C4",
        (Q1, "Thu ngân sách nhà nước trên địa bàn quý I năm 2023 đạt 96.400 triệu đồng."),
        (
            H1,
            "Thu ngân sách nhà nước trên địa bàn quý II năm 2023 đạt 98.100 triệu đồng, "
            "6 tháng đầu năm 2023 đạt {a} triệu đồng.",
        ),
        {"a": "194.500"},
        {"a": "149.500"},
    ),
]


def read(tmp_path: Path, head: dict[str, str], body: str) -> extractor.Extraction:
    path = tmp_path / f"{head['number']}.md"
    path.write_text(f"{HEAD.format(**head)}{body}\n", encoding="utf-8")
    return extractor.extract(path)


EXPLAINED = {"Y3": "Y4"}
"""A slip that another rule explains is told by that one alone."""


def loud(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule.partition("/")[0] for finding in findings if finding.level in LOUD}


@pytest.mark.parametrize(("rule", "body", "right", "slip"), ALONE, ids=[case[0] for case in ALONE])
def test_slip_within_a_report_is_told(
    tmp_path: Path, rule: str, body: str, right: dict[str, str], slip: dict[str, str]
) -> None:
    assert loud(read(tmp_path, Q1, body.format(**right)).findings) == set()
    assert {rule, EXPLAINED.get(rule)} & loud(read(tmp_path, Q1, body.format(**slip)).findings)


@pytest.mark.parametrize(("rule", "body", "right", "slip"), REMARKED, ids=[case[0] for case in REMARKED])
def test_slip_that_may_be_true_is_remarked(
    tmp_path: Path, rule: str, body: str, right: dict[str, str], slip: dict[str, str]
) -> None:
    def told(words: dict[str, str]) -> set[tuple[str, str]]:
        findings = read(tmp_path, Q1, body.format(**words)).findings
        return {(f.rule.partition("/")[0], f.code) for f in findings if f.level is not Level.PASS}

    assert rule in {found for found, _ in told(slip) - told(right)}


@pytest.mark.parametrize(("rule", "first", "then", "right", "slip"), TOGETHER, ids=[case[0] for case in TOGETHER])
def test_slip_between_two_reports_is_told(
    tmp_path: Path,
    rule: str,
    first: tuple[dict[str, str], str],
    then: tuple[dict[str, str], str],
    right: dict[str, str],
    slip: dict[str, str],
) -> None:
    def told(words: dict[str, str]) -> set[str]:
        one, other = read(tmp_path, *first), read(tmp_path, then[0], then[1].format(**words))
        across = check_series(build_series([*observe(one), *observe(other)]))
        return loud((*one.findings, *other.findings, *across))

    assert told(right) == set()
    assert rule in told(slip)


def test_change_in_the_next_sentence_may_be_that_of_another_number(tmp_path: Path) -> None:
    body = (
        "Cơ quan chức năng đã điều tra 351/370 vụ phạm tội về trật tự xã hội, khám phá 34 vụ phạm tội rất nghiêm "
        "trọng. Tuy nhiên, so với cùng kỳ năm 2022, số vụ án giảm 168 vụ (giảm 31,2%)."
    )
    assert loud(read(tmp_path, Q1, body).findings) == set()


def test_list_that_ends_in_a_rest_is_not_all_where_a_number_before_it_may_be_a_part(tmp_path: Path) -> None:
    body = "Chỉ có 216 em bỏ học, chiếm 0,15% (tiểu học có 6 em bỏ học, THCS 84 em, còn lại 126 em ở bậc THPT)."
    assert loud(read(tmp_path, Q1, body).findings) == set()


def test_list_that_misses_a_round_part_is_no_slip(tmp_path: Path) -> None:
    body = "Thu ngân sách đạt 11.380 tỷ đồng, trong đó thu nội địa 10.845 tỷ đồng, thu xuất nhập khẩu 505 tỷ đồng."
    assert loud(read(tmp_path, Q1, body).findings) == set()


def test_share_of_rounded_numbers_is_as_they_are_printed(tmp_path: Path) -> None:
    body = "Đã thu hoạch 4,2 nghìn tấn, tiêu thụ được 3,7 nghìn tấn, đạt 88,3%."
    assert loud(read(tmp_path, Q1, body).findings) == set()


def test_harvest_of_less_than_was_sown_is_no_slip(tmp_path: Path) -> None:
    body = "Lúa mùa gieo cấy 1.280 ha, năng suất 86,5 tạ/ha, sản lượng 10.640 tấn."
    assert loud(read(tmp_path, Q1, body).findings) == set()
