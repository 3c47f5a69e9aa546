"""Short reports that differ in office, number and values: what the tests of batches read."""

from __future__ import annotations

from pathlib import Path

REPORT = """ỦY BAN NHÂN DÂN
XÃ THỬ {n}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {n}/BC-UBND

Xã Thử {n}, ngày 20 tháng 3 năm 2023

BÁO CÁO
TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I NĂM 2023

I. KINH TẾ

1. Ngân sách

Tổng thu ngân sách quý I ước thực hiện {a} triệu đồng, đạt 21,5% kế hoạch, tăng 9,2% so cùng kỳ.

2. Trồng trọt

Diện tích gieo trồng {b} ha; trồng 800 cây phân tán.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH
Nguyễn Văn A
"""


def report(n: int) -> str:
    return REPORT.format(n=n, a=10_000 + 37 * n, b=100 + n)


def fill(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(1, count + 1):
        (folder / f"bao-cao-{n:03}.md").write_text(report(n), encoding="utf-8")
    return folder
