"""A number of a cell and its format become what a report would print, with no digit lost.

In: the number as the file stores it and Excel's code of its format. Out: text in the Vietnamese style of numbers. The
hard idea: a format rounds what is shown; here all the digits that Excel keeps (fifteen) are written, but scale,
percent sign, thousands and words of the format are kept, for the head of the column speaks of those (``0.5`` shown as
``50%``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

DIGITS = 15  # that Excel keeps of a number; what a file stores behind them comes from counting in twos
EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip

_SECTION = re.compile(r'((?:[^;"\\]|"[^"]*"|\\.)*)(;|$)')
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|(?P<code>.)', re.DOTALL
)
_PLACES = re.compile(r"[0#?]")
_LARGEST_DAY = 2_958_465  # of Excel's calendar: 31 December 9999


@dataclass(frozen=True, slots=True)
class Shape:
    """One section of a format: its code without words, the words before and behind the number."""

    code: str
    before: str
    behind: str

    @property
    def is_date(self) -> bool:
        """Whether it writes a day."""
        return not _PLACES.search(self.code) and bool(re.search(r"[ymd]", self.code, re.IGNORECASE))

    @property
    def is_bare(self) -> bool:
        """Whether it writes words alone, as for a zero that is shown as a dash."""
        return bool(self.before) and not re.search(r"[0#?@]|general", self.code, re.IGNORECASE)


def write_number(stored: str, code: str, *, epoch: int = 0) -> str:
    """The number ``stored`` in the format ``code``.

    >>> write_number("0.12340000000000001", "0.0%"), write_number("45210.5", "#,##0"), write_number("2023", "General")
    ('12,34%', '45.210,5', '2023')
    >>> write_number("-8.7", "0.0;(0.0)"), write_number("40245", "dd/mm/yyyy"), write_number("0", '#,##0;-#,##0;"-"')
    ('-8,7', '08/03/2010', '-')
    >>> write_number("12", '0" ha"'), write_number("4521000", "#,##0,")
    ('12 ha', '4.521')
    """
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored.strip()
    if not value.is_finite():
        return ""
    value = Decimal(format(float(value), f".{DIGITS}g"))
    shape = read_format(code, value)
    if shape.is_date and 0 <= value <= _LARGEST_DAY:
        return _day(float(value), shape.code, epoch)
    if shape.is_bare:
        return shape.before.strip()
    percent = "%" in shape.code
    value *= 100 if percent else 1
    value = value.scaleb(-3 * _scale(shape.code))
    number = _grouped(value) if re.search(r"[0#?],[0#?]", shape.code) else _plain(value)
    return f"{shape.before}{number}{'%' if percent else ''}{shape.behind}".strip()


def shows_nothing(stored: str, code: str) -> bool:
    """Whether a number in the format ``code`` is not to be seen in its cell.

    >>> shows_nothing("77", ";;;"), shows_nothing("0", "0;-0;;@"), shows_nothing("-1", '0" ;"')
    (True, True, False)
    """
    try:
        return ";" in code and not _section(code, Decimal(stored)).strip()
    except InvalidOperation:
        return False


def _section(code: str, value: Decimal) -> str:
    """What a format says of numbers like ``value``: above nought, below, nought."""
    sections = list[str]()
    for found in _SECTION.finditer(code):
        sections.append(found[1])
        if not found[2]:
            break
    at = 1 if value < 0 else 2 if value == 0 else 0
    return sections[at if at < len(sections) else 0] if sections else ""


def read_format(code: str, value: Decimal) -> Shape:
    """The section of the format ``code`` that writes ``value``."""
    plain, before, behind = "", "", ""
    for part in _PART.finditer(_section(code, value)):
        words = part["quoted"] or part["escaped"] or part["sign"] or ""
        if part["code"]:
            plain += part["code"]
        elif _PLACES.search(plain):
            behind += words
        else:
            before += words
    return Shape(plain, before if before.strip(" ()-") or not plain else "", behind.rstrip("()"))


def _scale(code: str) -> int:
    """How many thousands a format leaves away: commas behind its last place."""
    places = code.rstrip("% )")
    return len(places) - len(places.rstrip(","))


def _plain(value: Decimal) -> str:
    """All digits of ``value``, a decimal comma, no thousands."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text in ("-0", "") else text).replace(".", ",")


def _grouped(value: Decimal) -> str:
    whole, comma, rest = _plain(value).partition(",")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}".replace(",", ".") + comma + rest


def _day(value: float, code: str, epoch: int) -> str:
    day = EPOCHS[epoch] + timedelta(days=value)
    if "d" in code.lower():
        return f"{day:%d/%m/%Y}"
    return f"{day:%m/%Y}" if "m" in code.lower() else f"{day:%Y}"
