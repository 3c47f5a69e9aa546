"""Digits that measure nothing: what they are instead.

In comes the text of one block; out come labelled spans: dates, times, document numbers, articles, scales, ranks,
anniversaries, addresses, names with numbers in them. Shapes over characters are grammar and live here; the words that
stand before or after such a number are rows of ``models/vocabulary/references.csv``. A span is labelled whole, so no
later rule finds a figure inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.language.tokens import words_of
from extractor.language.vietnamese import norm
from extractor.lexicon import read_rows


class Reference(NamedTuple):
    """A span whose digits are no figure, and the label that says what they are."""

    start: int
    end: int
    label: str


_CAP = r"[\p{Lu}]"
_SEG = rf"{_CAP}[\p{{Lu}}\p{{Ll}}&]{{0,11}}\d{{0,2}}"
_YEAR = r"(?:19|20)\d{2}"
_UNITISH = r"(?:%|‰|triệu|tỷ|tỉ|nghìn|ngàn|đồng|người|hộ|ha\b|tấn|học sinh|em\b|lượt)"
_LIST = rf"\d+(?:\.\d{{1,2}}(?![\d.]))?(?!\d)(?:[a-z](?=\s*[,;]\s*\d))?(?:\s*(?:,|;|và|-|–|\+|&)\s*\d+(?!\d|\s*{_UNITISH}))*(?:/\d+)*[a-zđA-Z]?(?!\p{{L}})(?!\s?%|[.,]\d)"

# Label, the words that must stand before (none: ""), and the shape itself, tried at a run of digits.
_SHAPES: tuple[tuple[str, str, str], ...] = (
    ("document_number", "", rf"(?<![\w/.,-])\d{{1,5}}[a-zđ]?(?:/{_YEAR})?\s?/\s?{_SEG}(?:\s?-\s?{_SEG}){{0,3}}(?![\w/-])"),
    ("document_number", "", rf"(?<![\w/.,-])\d{{1,5}}\s?-\s?{_CAP}[\p{{Lu}}\p{{Ll}}]{{0,3}}/{_SEG}(?![\w/-])"),
    ("document_number", r"(?:[Mm]ã số(?: thuế)?|MST|CMND|CCCD|số tài khoản|STK)\s*:?\s*", r"\d[\d.\s-]*\d"),
    ("document_number", r"(?:TCVN|QCVN|ISO|IEC|IEEE)\s*", r"\d[\d:.\-/]*\w*"),
    ("phone", r"(?:ĐT|[Đđ]iện thoại|SĐT|[Ff]ax|[Tt]ổng đài|[Đđ]ường dây nóng|[Ss]ố máy(?: lẻ)?)\s*:?\s*", r"(?!\d{1,3}(?:\.\d{3})*(?:,\d+)?\s+(?:máy|chiếc|cái|thuê|hộ)(?!\p{L}))[\d.\s-]*\d"),
    ("phone", "", r"(?<![\d.,])1[89]00[\s.]?\d{4}(?:\d{2})?(?![\d.,]*\d)"),
    ("phone", "", r"(?<![\d.,])0\d{2,3}[.\s]?\d{3}[.\s]?\d{3,4}(?![\d.,])"),
    ("date", "", rf"(?<![\d/.,-])(?:0?[1-9]|[12]\d|3[01])\s?(?P<mark>[/.-])\s?(?:0?[1-9]|1[0-2])\s?(?P=mark)\s?{_YEAR}(?![\d/])"),
    ("date", r"ngày\s*(?:…|\.+)?\s?/", rf"\d{{1,2}}/{_YEAR}"),
    ("date", r"[Nn]gày\s+", rf"\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?"),
    ("date", "", r"(?<![\d/.,])(?:3[01]|[12]?\d|0\d)/(?:1[0-2]|0?\d)\s*[-–]\s*(?:3[01]|[12]?\d|0\d)/(?:1[0-2]|0?\d)(?![\d/])"),
    ("date", r"(?:[Nn]gày|mùng|rằm|[Hh]ết|đợt|dịp|sáng|chiều|tối|[Ll]ễ)\s+(?:kỷ niệm\s+)?", r"\d{1,2}[/.]\d{1,2}(?![\d/])"),
    ("date", "", r"(?<![\d/.,-])(?:3[01]|[12]\d|0?[1-9])-(?:1[0-2]|0?[1-9])(?=\s+âm lịch)"),
    ("date", r"(?:Quốc khánh|[Nn]gày|[Ll]ễ|dịp)\s", r"(?:3[01]|[12]\d|0?[1-9])-(?:1[0-2]|0?[1-9])(?![\d-])"),
    ("date", "", r"(?<![\d/.,])(?<!(?:đạt|là|có|được|:|bằng|trên|còn)\s)(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])(?![\d/]|[.,]\d)(?=\s*(?:[,.;)]|$|\s(?:và|tại|với|năm)(?!\p{L})))(?!\s*[,;(]?\s*(?:đạt|bằng|chiếm|=))"),
    ("date", r"(?:[Nn]gày|[Mm]ùng)\s+", r"\d{1,2}(?:\s*(?:,|và|đến|-)\s*(?:ngày\s+)?\d{1,2})*(?:/\d{1,2}(?=\s+âm lịch))?(?=\s+(?:tháng|Tết|âm lịch|h[ằà]ng (?:tháng|tuần)))"),
    ("date", r"(?:[Nn]gày|[Mm]ùng)\s+", r"\d{1,2}(?![\d/.])(?!\s*(?:công|người|[.,]\d))"),
    ("date", "", r"(?<![\d.,/])\d{1,2}\s+(?:Tết|tháng Chạp|tháng Giêng)"),
    ("date", r"(?:ngày|mưa|bão|lũ|nghỉ|đợt)\s+", rf"\d{{1,2}}\s*[-–]\s*\d{{1,2}}/(?:1[0-2]|0?[1-9])(?!\d)(?:/{_YEAR})?"),
    ("date", r"(?:đêm|rạng sáng|sáng|chiều|tối|trưa)\s+", r"\d{1,2}(?:/\d{1,2})?(?!\d|[.,/]\d)(?=\s*(?:[,;.)]|$|và\s|rạng\s|đến\s|tháng\s))"),
    ("date", r"(?:mùa|chiêm|xuân|thu|đông|năm)\s+", r"[6-9]\d(?!\d|[.,]\d|\s?%)(?=\s*(?:[,.;)(]|$))"),
    ("time", "", r"(?<![\d.,])\d{1,2}\s?(?:h|giờ)\s?\d{2}(?:'|’|′|\s?phút)?(?![\p{L}\d])"),
    ("time", r"(?:[Ll]úc|[Vv]ào hồi|[Tt]ừ|[Hh]ồi)\s", r"\d{1,2}\s?(?:h|giờ)(?:\s+(?:đến|tới)\s+\d{1,2}\s?(?:h|giờ))?(?!\p{L})"),
    ("time", "", r"(?<![\d.,])(?:1\d|2[0-4]|0?\d)h(?!\p{L})"),
    ("time", "", r"(?<![\d.,/])24/(?:24|7)(?:h|\s*giờ)?(?![\d/])(?!\s+(?:xã|phường|thị trấn|thôn|bản|ấp|xóm|khu|tổ|trường|trạm|huyện|hộ|đơn vị|cơ quan|chi bộ|đảng bộ|chỉ tiêu|tiêu chí))"),
    ("scale", "", r"(?<![\d.,/])1\s?/\s?(?:200|500|(?:1|2|5|10|25|50)\.?000)(?!\d)"),
    ("ordinal", r"(?:xếp|đứng|hạng|vị trí|thứ hạng)\s+(?:thứ\s+)?", r"\d{1,3}\s?/\s?\d{1,3}"),
    ("ordinal", r"thứ\s+", r"\d+\s?/\s?\d+"),
    ("ordinal", r"(?:tăng|giảm|tụt|lên|xuống)\s+", r"\d+\s+(?:bậc|hạng|thứ hạng)(?!\p{L})"),
    ("ordinal", "", r"\d+\s+(?:giờ|ngày|tuần)\s+qua(?!\p{L})"),
    ("ordinal", "", r"\d+\s+năm\s+(?:gần đây|gần nhất|liên tiếp|liền|trở lại đây|qua(?!\p{L}))"),
    ("ordinal", r"(?:nhất|trong vòng|sau)\s+(?:trong\s+)?", r"\d+\s+năm(?!\p{L})"),
    ("ordinal", r"thứ\s+", r"\d+(?:\s+trở\s+(?:lên|đi))?"),
    ("anniversary", "", r"(?<![\d.,])\d{1,4}\s+năm\s+(?=[Nn]gày\s|[Tt]hành lập|[Tt]ruyền thống|[Cc]ách mạng|[Ss]inh\s|[Cc]hiến thắng|[Gg]iải phóng|[Tt]hực hiện|[Xx]ây dựng)"),
    ("anniversary", r"(?:[Kk]ỷ niệm|[Ll]ễ)\s+(?:lần thứ\s+)?", r"\d{1,4}\s+năm"),
    ("name", r"(?:từ|đủ)\s+", r"\d[\d.]*(?:\s*[-–]\s*\d+)?\s+\p{L}+(?:\s+\p{L}+)?\s+trở\s+(?:lên|xuống|đi)"),
    ("name", r"(?:dưới|trên|từ|đủ|tròn|thọ|tuổi|trẻ|em|người|nam|nữ|cho trẻ|mẫu giáo|lớp)\s+", r"\d+(?:\s*(?:-|–|đến|tới|,|và)\s*(?:dưới\s+)?\d+)*\s+(?:tháng\s+)?tuổi(?:\s+\d+\s+tháng)?"),
    ("name", "", r"(?<=\()\d+\s*[-–]\s*\d+\s+tuổi(?=\))"),
    ("name", "", r"(?<=Bệnh nhân\s)\d{1,5}(?=\s*[(,;.]|\s(?:là|trở|được|đã)(?!\p{L}))(?![.,]\d)"),
    ("name", r"độ tuổi\s+(?:từ\s+)?", r"\d+\s*(?:-|–|đến|tới)\s*(?:dưới\s+)?\d+(?!\d|[.,]\d)"),
    ("name", r"hưởng\s+", r"100\s?%"),
    ("name", r"(?:[Tt]hu|hưởng)\s+", r"100\s?%(?=\s*:)"),
    ("name", r"vàng\s+", r"99,9+(?:\s?%)?(?![\d.,]*\d)"),
    ("name", r"(?:chạy|bơi|đua|nam|nữ|cự ly)\s+", r"\d[\d.]*\s?(?:km|m|mét)(?!\p{L}|\d)"),
    ("name", "", r"(?<![\d.,])\d[\d.]*\s?m(?=\s(?:nam|nữ|tự do|ếch|bướm|ngửa|rào|vượt rào|tiếp sức)(?!\p{L}))"),
    ("name", r"cách ly\s(?:tập trung|tại nhà|y tế)\s+(?:đủ\s+)?", r"\d+\s+ngày(?!\p{L})"),
    ("name", r"(?:các|những)\s(?:\p{L}+\s){1,3}có\s(?:từ|trên|dưới)\s+", r"\d[\d.]*\s+(?:lao động|công nhân|học sinh|hộ|người|giường|phòng)(?!\p{L})"),
    ("name", r"mốc\s+", r"\d[\d.]*(?=\s*(?:[,;)]|\.\s|\.?$|\s(?:và|tại|đến)\s))"),
    ("date", r"(?:Olympic|[Cc]úp)\s+", r"\d{1,2}[/-]\d{1,2}(?![\d/])"),
    ("name", "", r"(?<![\d.,])[1-5]\s*(?:-|–|đến|và)\s*[1-5]\s+sao(?!\p{L})"),
    ("name", r"NPK\s*", r"\d+(?:\s?[-:]\s?\d+){2}"),
    ("name", r"(?:kỳ hạn|thời hạn|trả chậm)\s+(?:từ\s+|dưới\s+|trên\s+)?", r"\d+(?:\s*(?:đến|-|–)\s*(?:dưới\s+)?\d+)?\s+(?:tháng|năm)"),
    ("name", r"(?:dưới|trên|từ|sau|quá)\s+", r"\d+\s+(?:tháng|tuần)(?!\s+(?:đầu|cuối|năm)|\p{L})"),
    ("name", r"xã\s+(?:đạt\s+)?dưới\s+", r"\d+\s+tiêu chí"),
    ("name", r"(?:xe|tải|ô tô)\s(?:trên|dưới|từ)\s", r"\d+\s?(?:chỗ|cm3|cm³|phân khối)(?!\p{L})"),
    ("name", r"chuẩn\s+", r"(?P<all>\d{1,2})/(?P=all)\s+tiêu chí"),
    ("name", r"theo\s+", r"\d{1,2}\s+(?:nội dung|tiêu chí|nguyên tắc|bước|nhóm giải pháp)(?!\p{L})"),
    ("name", "", r"(?<![\d.,])\d{1,2}\s+điều\s+(?=đảng viên|Bác|cấm|y đức|cán bộ)"),
    ("time", "", r"(?<![\d.,])\d{1,2}\sgiờ(?=\s(?:thứ|ngày|sáng|chiều|tối|đêm|hằng|hàng)(?!\p{L}))"),
    ("name", "", r"(?<![\p{L}\d.,])\d{2}[A-Z]\d?\s?-\s?\d{3}\.?\d{1,2}(?!\d)"),
    ("name", "", r"(?<![\p{L}\d.,])\d+(?:[.,]\d+)?\s?(?:WP|EC|SL|SC|WG|GR|WDG|ND|SP|BTN)(?!\p{L})"),
    ("note_mark", "", r"(?<=\[)\d{1,2}(?=\])"),
    ("name", r"mức\s", r"[1-5](?![\d.,%]*\d|%)(?=\s*(?:[,.;)]|$|(?:cho|đối|và|trên|tại|đạt|được)\s|\d))"),
    ("name", r"cả\s", r"\d\s+(?:tiêu chí|mặt|nội dung|lĩnh vực|chỉ tiêu|phương diện|chiều|cấp|khâu)(?!\p{L})"),
    ("name", "", r"(?<![\d.,])1\s+lần(?!\p{L})"),
    ("size", "", r"\d+(?:[.,]\d+)?\s?[x×]\s?\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+(?:[.,]\d+)?)?\s?(?:cm|m|mm|km)?(?!\p{L})"),
    ("address", r"Km\s?", r"\d+(?:\s?\+\s?\d+)?"),
    ("address", "", r"(?<=(?<!\p{L})[Kk][Mm]?\s?)\d+\s?\+\s?\d+"),
    ("address", r"số\s+(?:nhà\s+)?", r"\d+[a-zA-Z]?(?:/\d+)*(?=\s*,?\s*(?:đường|phố|ngõ|ngách|tổ\s|khu\s))"),
    ("address", "", r"(?<![\d/])\d+(?:/\d+){1,4}\s+(?=đường|phố|ngõ)"),
    ("address", r"số\s+nhà\s+", r"\d+[a-zA-Z]?(?:/\d+)*"),
    ("address", r"(?:đường|phố|cầu|quảng trường|công viên)\s+", r"\d{1,2}(?:\s+tháng\s+|/)\d{1,2}(?![\d/]|\s+năm)"),
    ("document_number", "", r"(?<=\p{Lu}{2}\s)\d+(?:-\d+)?:(?:19|20)\d{2}(?!\d)"),
    ("name", "", r"(?<=[“\"](?:[^”\"]{1,25},\s)?)\d{1,2}\s\p{L}+(?:\s\p{L}+){0,2}(?=(?:,[^”\"]{1,25})?[”\"])"),
    ("name", r"(?:xã|[Cc]hương trình)\s+", r"135(?!\d|[.,]\d)"),
    ("name", "", r"\d\s+trong\s+1(?!\d|[.,]\d)"),
    ("ordinal", r"[Kk]ỳ\s+", r"[12](?=\s+tháng\s+\d)"),
    ("phone", "", r"(?<=\()0\d{2,3}\)\s?\d{3,4}[.\s]?\d{3,4}(?!\d)"),
    ("name", r"[Hh]uy hiệu\s+", r"\d{2}(?:\s*,\s*\d{2})*\s+năm"),
    ("name", r"từ\s+", r"\d+\s*(?:-|–|đến)\s*\d+\s+tháng(?!\s+(?:đầu|cuối|năm)|\p{L})"),
    ("name", r"(?:[Qq]ua|[Ss]au|[Qq]uá|[Cc]ách ly)\s+", r"\d+\s+ngày(?!\s+công|\p{L})"),
    ("size", r"(?:cỡ|loại|liều)\s+", r"\d[\d.,]*(?:\s*[-–]\s*\d+)?\s*(?:con/kg|lít|kg|m2|m3|m²|m³|ml|mg|CV|kVA|đơn vị|IU|UI)(?!\p{L})"),
    ("name", r"(?:[Tt]rạm|biến áp|dây|lưới|điện|áp|cáp)\s+", r"\d+(?:[.,]\d+)?(?:\s?/\s?\d+(?:[.,]\d+)?)*\s?(?:[kK]VA?|MVA)(?!\p{L})"),
    ("name", r"(?:trên|mỗi|cho)\s+", r"0?1\s+(?:ha|hecta|héc ta|sào|m2|m²)(?=\s+(?:đất|canh tác|gieo trồng|diện tích|mặt nước|nuôi))"),
    ("name", r"(?:trên|mỗi|/)\s*", r"0?1\s+(?:vạn|nghìn|ngàn|triệu)\s+(?:dân|người|trẻ|lao động)(?!\p{L})"),
    ("name", "", r"(?<=[\"“])0(?=[\"”])"),
    ("name", "", r"(?<![\p{L}\d.,])30[aA](?![\p{L}\d])"),
    ("name", "", r"(?<![\d.,/])[1-4]/[2-5](?=\s+số\s)"),
    ("name", "", r"(?<=(?:lúa|giống|ngô)\s+(?:\p{Ll}{1,12}\s){0,2}(?:\p{Lu}\p{L}{0,12}\s?){1,2})\d+"),
    ("name", "", r"(?<=(?:xe|mô tô|xe máy|ô tô)\s\p{Lu}\p{L}{1,12}\s)\d+"),
    ("name", r"[Bb]ình quân\s+(?:mỗi\s+)?", r"0?1(?=\s+\p{L})(?!\s+(?:triệu|tỷ|nghìn|ngàn|đồng|tấn|tạ|kg|USD|giờ|phút))"),
    ("name", r"(?:đủ|hết|ít nhất)\s", r"\d{1,2}\s+(?:mũi|liều|loại|ngày|tháng|tuổi)(?!\p{L})"),
    ("name", "", r"(?<=\p{Lu}{2}\s)0\d(?=\s*(?:[;,.)]|$))"),
    ("copies", "", r"(?<=\(\s?)\d{1,2}\s?[a-z]\s?(?=\))"),
    ("name", "", r"(?<![\p{L}\d.,])0\d[a-e](?![\p{L}\d])"),
    ("name", "", r"(?<![\p{L}\d.,])\d\.0(?!\d|[.,]\d)(?=\s*(?:[\"”’)]|[,;.]|\s(?:tại|của|và|vào|trong)|$))"),
    ("name", "", r"(?<=\p{L}-?|\p{Lu}\.)(?<!(?<!\p{L})[lIOo])(?!(?<=\p{Ll}{2})\d{1,3}(?:\.\d{3})+(?!\d))\d+[\p{L}\d]*(?:[.\-]\w+|[,/]\d+)*"),
    ("name", "", r"(?<![\p{L}\d.,])\d+(?:,\d+)?(?:[A-HJ-NP-ZĐ](?![\p{L}\d])|[A-HJ-NP-Z]\d+)"),
    ("list_mark", "", r"(?<=\()\d{1,2}(?=\)\s)"),
    ("list_mark", "", r"(?<=[.;:]\s+)\d{1,2}(?:\.\d{1,2})*(?=\.\s+\p{Lu})"),
    ("document_number", "", r"\d{2}TCN\s?\d+(?:[-:]\d+)*"),
    ("document_number", r"(?:[Hh]iệp định|[Kk]hoản vay)\s+(?:số\s+)?", r"\d+(?:-\p{Lu}+)?(?![.,]?\d)"),
    ("date", "", rf"(?<=\()\d{{1,2}}\s*[-–]\s*\d{{1,2}}/\d{{1,2}}/{_YEAR}"),
    ("phone", "", r"(?<![\d.,/])0\d{2}(?!\d|[.,/]\d)"),
    ("name", "", r"\d+(?:[.,]\d+)?\s?(?:MHz|GHz|kHz)(?!\p{L})"),
    ("name", "", r"\d+\s+ngày\s+\d+\s+đêm(?!\p{L})"),
    ("time", r"(?:h|giờ)(?:\s?\d{1,2})?\s+(?:đến|tới)\s+", r"\d{1,2}\s?(?:h|giờ)(?!\p{L})"),
    ("name", r"múi\s+(?:chiếu\s+)?", r"\d+\s+độ(?!\p{L})"),
    ("document_number", "", r"(?<![\d.,/])0\d{3,}+(?![.,/]\d)"),
    ("document_number", "", r"(?<=số\s[A-ZĐ]{1,3}\s)\d+"),
    ("column_number", "", r"\d\s?=\s?\d\s?[/+x*-]\s?\d"),
    ("article", "", r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){2,}(?!\d)"),
)  # fmt: skip
_DIGITS = regex.compile(r"\d+")
_NUMBER = regex.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?")
_CASES = regex.compile(r"\[(\p{Lu})\p{Ll}\]")  # the two cases of a first letter, as the shapes write them
_LENGTH = regex.compile(r"\s(?:km|m)(?!\p{L})(?!\s?\d)")
_CITED = regex.compile(
    r"\s(?:(?:khoản|điểm|điều|mục|chương)\s\d|(?:nghị (?:quyết|định)|luật|thông tư|quyết định|chỉ thị)\s(?:số\s)?\d|năm\s(?:19|20)\d\d(?![\d.,]*\d)|tháng\s\d|kh(?:óa|oá)\s(?:[ivx]+|\d))",
    regex.IGNORECASE,
)
_TITLE = regex.compile(r"\s\p{Lu}\p{Ll}")
LONG = 2000
"""Characters of a text in which a shape may take long; in shorter ones looking at the clock costs more than looking."""
_GLUE = " \n\t\u00a0:/.…+"
"""What may stand between a word and the digits that it leads."""
_MEASURED = regex.compile(
    r"(?=[\d.,]+(?:\s?[-–]\s?[\d.,]+)?(?:\s?[%‰]|\s(?:(?:triệu|tỷ|tỉ)\s+đồng|tấn|ha)(?!\p{L})))(?<!hưởng |vàng )(?!0?1 ha|100\s?%\s*:)"
)
"""A number that measures whatever stands around it."""
_PLAIN = regex.compile(
    r"(?!0\d\d|1[89]00)(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)? (?!(?:năm|tháng|tuần|ngày|điều|Tết|giờ|h|lần|trong|đến|và|m|x|[MGk]Hz)(?!\p{L}))\p{L}"
)
"""A number that only a shape which needs a word can name, where ``_AMONG_WORDS`` stands before it."""
_YEAR_ALONE = regex.compile(rf"{_YEAR}(?=[,.;:)]*(?:\s+\p{{L}}|\s*$))(?<=(?:[Nn]ăm |NĂM |/)\d{{4}})")
"""A year that is told as one, or that stands behind the slash of a month or quarter; only a word can name it."""
_AMONG_WORDS = regex.compile(r"(?<=(?<!\p{L})\p{Ll}+ |^[^“\"]{0,28}[,;] |[^“\"]{28}[,;] )")
_WORDS_BEFORE = regex.compile(r"(?r)(?:[\p{L}-]+\s+){0,3}[\p{L}-]+(?:\s*$|(?<=số):\s*$)")
_WEB = regex.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]+\.(?:vn|com|net|org|gov|edu)(?:/\S*)?|(?<![\w.])[\w.]+@[\w.]+"
)
_QUOTED = regex.compile(r"“[^“”\n]{1,60}”|\"[^\"\n]{1,60}\"")
_DOSE = regex.compile(
    r"(?<=\p{Lu}\p{Ll}{3,24}\s)\d+(?:[.,]\d+)?\s?(?:mcg|mg|ml|g|%)(?:\s+\d+(?:[.,]\d+)?\s?(?:mcg|mg|ml|g))*(?=\s*:\s*\d)"
)
_AGE = regex.compile(r"\d{1,3}\s+tuổi(?!\p{L}|\s+(?:thọ|đời|nghề|đảng|quân))", regex.IGNORECASE)
_DOSED = frozenset({" t", "mc", "mg", " m", "ml", "g ", "g:", " g", "% ", "%:", " %"})
"""How what stands behind the number of a dose or an age begins."""
_MEAN = regex.compile(r"bình quân|trung bình|tuổi thọ|tuổi đời|độ tuổi[^,;.]*(?:là|đạt)", regex.IGNORECASE)
"""What makes years of age a measure: those of many."""
_WORD_BEHIND = regex.compile(r"\s\p{Ll}")
_WEB_MARKS = ("http", "www.", "@", ".vn", ".com", ".net", ".org", ".gov", ".edu")
"""What every address of the web holds one of."""


@cache
def _free_shapes() -> regex.Pattern[str]:
    """The shapes that need no word before their digits as one alternation, each a group with its number as its name."""
    return regex.compile("|".join(f"(?P<r{n}>{shape})" for n, (_, before, shape) in enumerate(_SHAPES) if not before))


@cache
def _led_shapes(word: str) -> tuple[tuple[int, regex.Pattern[str]], ...]:
    """Number and pattern of each shape that a word, in lower case, may lead."""
    return tuple((n, _led_shape(n)) for n, (_, before, _) in enumerate(_SHAPES) if word in _words_in(before))


@cache
def _led_shape(number: int) -> regex.Pattern[str]:
    _, before, shape = _SHAPES[number]
    return regex.compile(f"(?<={before}){shape}")


def _words_in(before: str) -> set[str]:
    """The words, in lower case, of what a shape needs before its digits."""
    return {word.lower() for word in regex.findall(r"\p{L}+", _CASES.sub(r"\1", before))}


@cache
def _leading_words() -> frozenset[str]:
    """The words that lead some shape."""
    return frozenset().union(*(_words_in(before) for _, before, _ in _SHAPES))


@cache
def _words(shape: str) -> dict[str, str]:
    """Folded words that make a name of the number after ("before") or before them ("after") → label."""
    rows = read_rows("vocabulary/references.csv")
    return {" ".join(map(norm, row["words"].split())): row["label"] for row in rows if row["shape"] == shape}


_AFTER = regex.compile(r"\d{1,2}\s+(?P<word>\p{L}+(?:\s\p{L}+)?)(?!\p{L})")
_LISTED = regex.compile(_LIST)
_APART = regex.compile(r"\s*(?:,|và)\s")
_GOES_ON = regex.compile(r"[.,/]\d|\s?[%‰]")
_OVER = regex.compile(r"\s?/\s?\d[\d.]*")


def find_references(text: str, measures: Callable[[int], bool] = lambda _: False) -> list[Reference]:
    """All labelled spans of ``text`` in order; they do not overlap.

    ``measures(offset)`` tells whether a word of measure begins at an offset: ``cấp 78 giấy phép`` counts, ``bão cấp 8``
    names.

    >>> [(r.label) for r in find_references("Quyết định 239/QĐ-UBND ngày 22/02/2023, lớp 1,2,3, tỷ lệ 1/500")]
    ['document_number', 'date', 'name', 'scale']
    """
    found: list[Reference] = []
    webs = [m.span() for m in _WEB.finditer(text)] if any(mark in text for mark in _WEB_MARKS) else []
    quotes = [m.span() for m in _QUOTED.finditer(text)] if "“" in text or '"' in text else []
    position = 0
    for number in _NUMBER.finditer(text):
        start = number.start()
        if start < position or (_MEASURED.match(text, start) and not _DOSE.match(text, start)):
            continue
        lead = _word_before(text, start)
        reference = (
            _web(start, webs)
            or (_quoted(text, number, quotes, measures) if quotes else None)
            or _shaped(text, start, lead)
            or (_dose_or_age(text, start) if text[number.end() : number.end() + 2].lower() in _DOSED else None)
            or _named(text, start, lead, measures)
            or _year(text, number, measures)
        )
        if reference is not None:
            found.append(reference)
            position = reference.end
    return found


def is_priced(text: str, start: int) -> bool:
    """Whether the year at ``start`` is that of prices: "theo giá so sánh năm 2010"."""
    before = [norm(word) for word in text[max(0, start - 24) : start].split()]
    return any(_words("always").get(" ".join(before[-count:])) == "price_base" for count in (2, 3))


def _web(start: int, webs: list[tuple[int, int]]) -> Reference | None:
    """The web address that the digits belong to."""
    return next((Reference(a, b, "name") for a, b in webs if a <= start < b), None)


def _quoted(
    text: str, number: regex.Match[str], quotes: list[tuple[int, int]], measures: Callable[[int], bool]
) -> Reference | None:
    """A small number that measures nothing in a name between quotation marks: “Gia đình 5 không, 3 sạch”."""
    start, end = number.span()
    if end - start > 4 or not any(a < start and end < b for a, b in quotes):
        return None
    goes_on = _WORD_BEHIND.match(text, end) if end - start < 3 else None
    closes = text[end : end + 1] in ("”", '"')
    if not closes and (goes_on is None or measures(goes_on.end() - 1)):
        return None
    return Reference(start, end, "name")


def _dose_or_age(text: str, start: int) -> Reference | None:
    """What goes with a medicine's name before a colon ("Paracetamol 500mg: 412.000 viên"), and a person's age."""
    dose = _DOSE.match(text, start)
    if dose is not None:
        return Reference(start, dose.end(), "name")
    age = _AGE.match(text, start)
    mean = age is not None and _MEAN.search(text, max(0, start - 60), start)
    return Reference(start, age.end(), "name") if age is not None and not mean else None


def _shaped(text: str, start: int, lead: str) -> Reference | None:
    """The first of the shapes that begin with the digits at ``start``; ``lead`` is the word before them."""
    plain = _YEAR_ALONE.match(text, start) or (_PLAIN.match(text, start) and _AMONG_WORDS.match(text, start))
    patience = 5 if len(text) > LONG else None
    free = None if plain else _free_shapes().match(text, start, timeout=patience)
    first = int(free.lastgroup[1:]) if free is not None and free.lastgroup else len(_SHAPES)
    word = lead.lower()
    for number, shape in _led_shapes(word) if word in _leading_words() else ():
        match = shape.match(text, start, timeout=patience) if number < first else None
        if match is not None:
            return Reference(start, match.end(), _SHAPES[number][0])
    return Reference(start, free.end(), _SHAPES[first][0]) if free is not None else None


def _word_before(text: str, start: int) -> str:
    """The word that leads the digits at ``start``; empty where something else does."""
    before = text[max(0, start - 16) : start].rstrip(_GLUE)
    first = len(before)
    while first and before[first - 1].isalpha():
        first -= 1
    return before[first:]


def _named(text: str, start: int, lead: str, measures: Callable[[int], bool]) -> Reference | None:
    """The name that the words before or after the digits make of them; ``lead`` is the word before them."""
    before = _WORDS_BEFORE.search(text[max(0, start - 32) : start]) if norm(lead) in _naming_words() else None
    if before is not None:
        words = [norm(word) for word in before.group().replace(":", " ").split()]
        known, always = _words("before"), _words("always")
        for candidate in (words, words[:-1] if words[-1] == "số" else []):
            for count in (3, 2, 1):
                listed = _LISTED.match(text, start)
                label = always.get(" ".join(candidate[-count:])) if len(candidate) >= count else None
                if label is not None and listed is not None:
                    if _counts(text, listed.end(), measures):
                        listed = _first_of(text, listed, measures) or listed
                    if _LENGTH.match(text, listed.end()):
                        return None  # "quốc lộ 412 km": how long they are
                    return Reference(start, listed.end(), label)
                label = known.get(" ".join(candidate[-count:])) if len(candidate) >= count else None
                if label is None:
                    continue
                pointed = listed is not None and label == "article" and "." in listed.group()  # "mục 3.2 Báo cáo này"
                if listed is not None and not pointed and _counts(text, listed.end(), measures):
                    listed = _first_of(text, listed, measures)  # "đạt điểm 10 và 09 thí sinh": only the first is named
                if listed is None:
                    return None
                if candidate[-1] in words_of("grade") and _leading(text, start) > 20:
                    return None
                return Reference(start, listed.end(), label)
        alone = words == ["số"] and text[:start].rstrip()[:-2].rstrip()[-1:] in ("(", ",", ";")
        if alone or (words[-1] == "số" and len(words) > 1 and words[-2] not in words_of("quantifier")):
            listed = _LISTED.match(text, start)
            if listed is not None and not _counts(text, listed.end(), measures):
                return Reference(start, listed.end(), "document_number")
    after = _AFTER.match(text, start)
    if after is not None and not text[max(0, start - 1) : start].strip(" (“\"‘'"):
        words = [norm(word) for word in after.group("word").split()]
        for count in (2, 1):
            phrase = " ".join(words[:count])
            label = _words("after").get(phrase) or _slogan(text, start, phrase) if len(words) >= count else None
            if label is not None:
                return Reference(
                    start, start + after.group().index(after.group("word")) + len(" ".join(words[:count])), label
                )
    return None


def _first_of(text: str, listed: regex.Match[str], measures: Callable[[int], bool]) -> regex.Match[str] | None:
    """The first number of a list whose last one measures; None where there is but one, all of "1, 2, 3"."""
    numbers = [int(number) for number in _DIGITS.findall(listed.group())]
    if len(numbers) > 2 and all(after == before + 1 for before, after in pairwise(numbers)):
        return listed
    first = _DIGITS.match(text, listed.start())
    apart = first is not None and _APART.match(text, first.end())
    return first if apart and first is not None and not _counts(text, first.end(), measures) else None


@cache
def _naming_words() -> frozenset[str]:
    """The last words of what makes a name of the number after it, folded."""
    return frozenset(words.rpartition(" ")[2] for shape in ("before", "always") for words in _words(shape)) | {"số"}


def _slogan(text: str, start: int, phrase: str) -> str | None:
    """The label of a count within a slogan, where words of a campaign stand before it."""
    label = _words("slogan").get(phrase)
    if label is None:
        return None
    before = text[max(0, start - 40) : start].lower()
    quoted = before.rfind("“") > before.rfind("”")
    return label if quoted or any(words in before for words in words_of("campaign")) else None


def _year(text: str, number: regex.Match[str], measures: Callable[[int], bool]) -> Reference | None:
    """A bare year: "Lễ hội xuân 2023", "Quý Mão 2023"."""
    start, end = number.span()
    year = end - start == 4 and text[start:end][:2] in ("19", "20")
    if not year or text[start - 1 : start] in (".", ",", "/") or _GOES_ON.match(text, end):
        return None
    return None if _counts(text, end, measures) else Reference(start, end, "date")


def _leading(text: str, start: int) -> int:
    """The run of digits at ``start`` as a number."""
    match = _DIGITS.match(text, start)
    return int(match.group()) if match is not None else 0


def _counts(text: str, end: int, measures: Callable[[int], bool]) -> bool:
    """Whether the number that ends at ``end`` measures after all: a unit follows that is no administrative one."""
    over = _OVER.match(text[end : end + 12])
    end += over.end() if over is not None else 0
    rest = text[end : end + 24]
    if _CITED.match(rest) or _TITLE.match(rest):
        return False  # "điểm 3 khoản 2", "lần 2 Kế hoạch"
    word = rest.strip().split(" ")[0].strip(",;.").lower() if rest[:1] in (" ", "%") else ""
    at = end + len(rest) - len(rest.lstrip())
    return bool(word) and word not in words_of("administrative") and measures(at)
