"""Where the name of what is measured begins and ends.

In come the items between the last figure and a number; out comes the shortest noun phrase that names what is
measured, with its bracketed qualifier apart. The rule of the house: a label before the number names it (``Tổng đàn
lợn 12.450 con``); where there is none, the counted noun after the number does (``cấp 78 giấy phép xây dựng``); a
bare classifier borrows the verb before it (``tiếp nhận 28 đơn``). Words are read, never understood: what is not in
the vocabulary is part of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.unit import MEASURES
from extractor.language.lexer.items import Item
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import endings_of, openings_of, words_of
from extractor.language.reader.drafts import Subject

SKIPPED = frozenset({"status", "bound", "period", "each", "cut", "echo", "bound_after"})
CLOSED = frozenset("();.:")
JOINERS = frozenset("-–/&+”“\"'’‘*")
LONGEST = 16
"""Words in a name; longer runs are prose and are cut at the last verb."""


class Phrase(NamedTuple):
    """Items ``first:last`` that name something.

    ``verbal`` where an action word leads, ``total`` where only "tổng số" stands.
    """

    first: int
    last: int
    qualifier: str | None = None
    verbal: bool = False
    total: bool = False
    long: bool = False


def find_phrase(items: Sequence[Item], low: int, high: int, text: str, *, lead: bool = False) -> Phrase | None:
    """The last noun or verb phrase within ``items[low:high]``, cues at its end skipped; None where there is none.

    ``lead``: the stretch is a label that a colon closes, so the whole of it is the name.
    """
    last, qualifier = _phrase_end(items, low, high, text)
    first = _phrase_start(items, low, last)
    if lead and _is_label(items, low, last):
        first, last = _trim(items, low, last)
        return Phrase(first, last, qualifier) if first < last else None
    owner = first
    first, last = _trim(items, first, last)
    if first >= last:
        return None
    if items[first].role >= {"action", "link"} and any(i.kind == "verb" for i in items[last:high]):
        first += 1  # "đưa tổng kim ngạch lên 38,7 tỷ USD", "đưa quý III lên 104 triệu lít"
        if first == last:
            return None
    begun = items[owner - 1] if owner > low else None
    if begun is not None and (begun.kind == "period" or begun.value == ")"):
        closes = begun.value == ")"
        owns = items[owner].value in ("của", "theo")
        owns = owns or (closes and all("total" in i.role for i in items[first:last]))  # "tăng giá (CPI) bình quân"
        owned = find_phrase(items, low, owner if closes else owner - 1, text) if owns else None
        if owned is not None:  # "Chỉ số … năm 2022 của tỉnh đạt …"
            return owned
    given = next((n for n in range(owner, first) if items[n].value == "được"), None)
    if given is not None and "action" in items[last - 1].role and _is_actor(items[first : last - 1]):
        owned = find_phrase(items, low, given, text)
        if owned is not None and not _is_actor(items[owned.first : owned.last]):
            return owned  # "Tổng kế hoạch vốn năm 2022 được Chính phủ giao là …"
    timed = owner > low and items[owner - 1].kind in ("period", "status") and items[max(low, owner - 2)].value != ","
    if timed and all("action" in i.role for i in _behind_passive(items, first, last)):
        owned = find_phrase(items, low, owner - 1, text)
        named = owned is not None and not any(i.kind == "reference" for i in items[owned.first : owned.last])
        passive = any(i.value == "được" for i in items[owner:last])
        led = owned is not None and owned.verbal and not passive
        if owned is not None and items[owner - 1].kind == "status":  # "Tổng vốn đầu tư dự kiến bố trí", not "Vụ mùa"
            led = led or not items[owned.first].role & {"total", "amount"}
        if owned is not None and named and not led and not _is_actor(items[owned.first : owned.last]):
            return owned  # "Dự toán thu năm 2018 được giao …"
    superlative = _named_superlative(items, low, first, last, text)
    if superlative is not None:
        return superlative
    first, last = _before_predicate(items, *_before_basis(items, first, last))
    first, last = _split_total(items, first, last)
    first = _behind_with(items, first, last)
    rate = next(
        (
            i
            for i in range(last - 1, first, -1)
            if items[i].kind == "rate" and items[i - 1].value not in ("và", ",", "có")
        ),
        None,
    )
    if rate is not None and items[rate - 1].kind == "word" and not any(i.kind == "rate" for i in items[first:rate]):
        first = rate
    action = _last_action(items, first, last)
    verbal = action is not None
    words = sum(i.kind != "mark" for i in items[first:last])
    long = words > LONGEST
    if action is not None:
        first = action
    elif long:
        first = last - LONGEST
        first, last = _trim(items, first, last)
    total = all("total" in i.role or i.kind == "mark" for i in items[first:last])
    if items[first].kind == "reference" and items[first].value != "name":
        return None  # "Thực hiện Quyết định 167/2008/QĐ-TTg, đến nay đã hoàn thành 412 nhà"
    return Phrase(first, last, qualifier, verbal, total, long)


def _behind_passive(items: Sequence[Item], first: int, last: int) -> Sequence[Item]:
    """The verbs behind "… được", where an actor leads: "năm 2024 quận được giao"."""
    passive = next((i for i in range(first + 1, last) if items[i].value == "được"), None)
    return items[passive + 1 : last] if passive is not None and _is_actor(items[first:passive]) else items[first:last]


def _named_superlative(items: Sequence[Item], low: int, first: int, last: int, text: str) -> Phrase | None:
    """What "Trung Quốc là nhà đầu tư lớn nhất với 723,2 triệu USD" speaks of: the name before "là"."""
    copula = first - 1
    if copula <= low or items[copula].value != "is" or items[last - 1].value != "nhất":
        return None
    return find_phrase(items, low, copula, text)


def _is_label(items: Sequence[Item], low: int, last: int) -> bool:
    """Whether a stretch before a colon is one name: short, no figures, no verb that leads it."""
    inner = items[low:last]
    words = sum(i.kind != "mark" for i in inner)
    plain = all(i.kind in ("word", "rate", "mark", "compare", "bound", "about", "reference") for i in inner)
    acts = any("action" in i.role and (not n or inner[n - 1].role & {"link"}) for n, i in enumerate(inner))
    return 0 < words <= 14 and plain and not acts and not any(i.role & {"amount"} for i in inner)


def _before_basis(items: Sequence[Item], first: int, last: int) -> tuple[int, int]:
    """The name without the rule or the prices that it goes by: "điểm đánh giá theo Quyết định 766/QĐ-TTg"."""
    for index in range(first + 1, last - 1):
        if items[index].value == "theo":
            ruled = any(i.kind == "reference" for i in items[index + 1 : index + 6])
            if ruled or items[index + 1].value.partition(" ")[0] == "giá":
                return _trim(items, first, index)
    return first, last


def _before_predicate(items: Sequence[Item], first: int, last: int) -> tuple[int, int]:
    """The name without what is said of it: "Cây cà phê vẫn giữ vị trí chủ lực"."""
    told = next((n for n in range(first + 1, last - 1) if items[n].value in words_of("predicate")), last)
    return _trim(items, first, told) if told < last else (first, last)


def _split_total(items: Sequence[Item], first: int, last: int) -> tuple[int, int]:
    """As in "… với tổng kinh phí" names the amount; "… với tổng số" leaves the name to what stands before it."""
    for index in range(last - 1, first, -1):
        if items[index].role & {"amount"}:
            return index, last
        if items[index].role & {"total"} and index == last - 1 and items[index].value != "bình quân":
            before = _trim(items, first, index)
            return before if before[0] < before[1] else (index, last)
    return first, last


def _behind_with(items: Sequence[Item], first: int, last: int) -> int:
    """Where the attribute behind the last "với" begins: "… vay vốn với dư nợ"."""
    for index in range(last - 1, first, -1):
        if items[index].value == "với":
            begin, end = _trim(items, index + 1, last)
            return begin if begin < end else first
    return first


def _phrase_end(items: Sequence[Item], low: int, high: int, text: str) -> tuple[int, str | None]:
    """End of the phrase, cues behind it skipped, and the bracket that follows it as its qualifier."""
    last, qualifier = high, None
    while last > low:
        item = items[last - 1]
        if _passed_over(items, low, last - 1):
            last -= 1
        elif item.kind == "mark" and item.value == ")":
            opening = _opening(items, low, last - 1)
            if opening is None:
                break
            counts = any(i.kind == "quantity" for i in items[opening:last])
            inner = text[items[opening].end : item.start].strip()
            if qualifier is None and inner and not counts:
                qualifier = inner
            last = opening
        else:
            break
    return last, qualifier


def _passed_over(items: Sequence[Item], low: int, index: int) -> bool:
    """Whether the item at ``index`` is a cue or filler between a name and its number."""
    item = items[index]
    before = items[index - 1] if index > low else None
    if item.kind in SKIPPED or (item.kind == "mark" and item.value in ',:-–=“"”*'):
        return True
    if item.kind == "verb":
        return item.value != "none"
    if item.kind == "compare":
        return item.value in ("same", "previous", "other") or (before is not None and before.kind == "cut")
    fillers = words_of("filler")
    if item.value in fillers and before is not None and (before.kind == "verb" or before.value in fillers):
        return True
    linking = item.role & {"link"} and not item.role & {"action", "total", "amount"}
    return bool(item.kind == "word" and linking and item.value != "số")


def _opening(items: Sequence[Item], low: int, closing: int) -> int | None:
    """Index of the bracket that the one at ``closing`` closes."""
    depth = 0
    for index in range(closing, low - 1, -1):
        if items[index].kind == "mark":
            depth += {")": 1, "(": -1}.get(items[index].value, 0)
            if depth == 0:
                return index
    return None


def _phrase_start(items: Sequence[Item], low: int, last: int) -> int:
    """Walk back from the end of the phrase to where it begins."""
    first = last
    while first > low and _belongs(items, low, first, last):
        first -= 1
    return first


def _belongs(items: Sequence[Item], low: int, first: int, last: int) -> bool:
    """Whether the item before ``first`` belongs to the name that ``first:last`` begins with."""
    item = items[first - 1]
    if item.value == "thì":
        return False  # "nếu loại trừ tiền sử dụng đất thì thu nội địa đạt"
    if item.kind in ("word", "rate", "about", "reference", "compare", "bound"):
        return True
    if item.kind == "verb":
        if item.value == "none":
            return True
        return first < last and (_names(items, first, last) or _in_rate(items, low, first - 1))
    if first == last:
        return False
    if item.kind == "status":
        return item.value == "actual"
    if item.kind == "mark":
        return item.value in JOINERS or (item.value == "," and _comma_joins(items, low, first, last))
    return False


def _in_rate(items: Sequence[Item], low: int, index: int) -> bool:
    """Whether a verb stands inside the name of a rate: "tỷ lệ học sinh hoàn thành chương trình tiểu học"."""
    while index > low and items[index - 1].kind == "word":
        index -= 1
    return index > low and items[index - 1].kind == "rate"


def _names(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether a verb before ``first`` belongs to a name: "đạt từ 10 tiêu chí trở lên", "đạt 3 sao"."""
    after = items[first]
    if after.kind == "reference":
        return True
    return after.value == "từ" and first + 1 < last and items[first + 1].kind == "reference"


def _comma_joins(items: Sequence[Item], low: int, first: int, last: int) -> bool:
    """Whether the comma before ``first`` stands inside a name.

    Short plain pieces on both sides ("nông, lâm, thủy sản").
    """
    comma = first - 1
    begin = comma
    while begin > low and items[begin - 1].kind in ("word", "rate") and comma - begin < 9:
        begin -= 1
    before, after = items[begin:comma], items[first:last]
    if not before or not after:
        return False
    if len(before) == 1 and "action" in before[0].role and "action" in after[0].role:
        return True  # "điều tra, làm rõ"
    opening = items[begin - 1] if begin > low else None
    if opening is not None and opening.kind in ("quantity", "period", "compare") and opening.value != "total":
        return False
    listed = after[0].value == "số" and before[0].value == "số"
    opens = begin == low or items[begin - 1].kind == "part" or items[begin - 1].value in (";", ":", ".", "-")
    if after[0].kind == "rate" and before[0].kind != "rate":
        return False  # "riêng các xã thuộc Chương trình 135, tỷ lệ hộ nghèo còn 34,6%"
    if _opens_with_attribute(after) and not _opens_with_attribute(before):
        return False  # "Trạm xử lý nước thải vận hành ổn định, công suất 3.850 m3"
    piece = next((n for n, item in enumerate(after) if item.kind == "mark"), len(after))
    if len(before) > (8 if opens else 4) or (piece > 5 and not listed):
        return False
    if (before[0].role & {"link"} and not listed) or any(i.role & {"scope"} or i.value in RUNNING for i in before):
        return False
    if (after[0].role & {"link", "scope", "action", "total"} and not listed) or any("action" in i.role for i in after):
        return False
    return not any("action" in i.role and (not n or before[n - 1].role & {"link"}) for n, i in enumerate(before))


def _opens_with_attribute(items: Sequence[Item]) -> bool:
    """Whether words name a measure of something named before: "công suất", "diện tích"."""
    return " ".join([*(item.value for item in items[:2]), ""]).startswith(openings_of("attribute"))


def _trim(items: Sequence[Item], first: int, last: int) -> tuple[int, int]:
    """Drop link and scope words, marks and stray cues from both edges."""
    while first < last:
        item = items[first]
        loose = item.kind == "word" and item.role & {"link", "scope", "stop"} and not item.role & {"action", "total"}
        loose = loose and item.value not in ("bị", "có")
        loose = loose or ("owner" in item.role and first + 1 == last)  # "thuộc 15 công trình"
        if loose and item.value == "số" and first + 1 < last:
            break
        if loose or item.kind in ("mark", "about", "bound") or (item.kind == "status"):
            first += 1
        else:
            break
    while first < last:
        item = items[last - 1]
        loose = item.role & {"stop", "link"} and not item.role & {"action"} and item.value not in ("số", "mới")
        if item.kind == "mark" or (item.kind == "word" and loose):
            last -= 1
        else:
            break
    return first, last


def _last_action(items: Sequence[Item], first: int, last: int) -> int | None:
    """Index of the action word that leads the phrase: the first one after an actor, if the phrase holds one."""
    if items[first].role & {"total", "amount"}:
        return None
    final = items[last - 1]
    acts = last - 1 > first and "action" in final.role
    if acts and any("action" in i.role and i.proper for i in items[first : last - 1]):
        return last - 1  # "Ủy ban Kiểm tra các cấp kiểm tra": the first is part of a name
    if "action" in items[first].role and not (last - first > 1 and _is_actor(items[first:last])):
        return first
    if items[first].kind == "rate":
        return None
    if acts and _leads(items[first : last - 1]):
        return last - 1
    for index in range(last - 1, first, -1):
        if "action" in items[index].role and items[index - 1].value in ("đã", "đang", "sẽ", "để"):
            return index
    for index in range(first, last):
        if "action" in items[index].role or (items[index].kind == "status" and index > first):
            if index == first:
                return index if items[index].kind == "word" else None
            before = items[index - 1]
            if before.kind == "word" and before.value in words_of("adnominal"):
                continue
            return index if _is_actor(items[first:index]) else None
    return None


ATTRIBUTIVE = frozenset({"mới", "được", "còn"})
"""Linking words that may stand inside a counted noun phrase: "doanh nghiệp thành lập mới", "xã được công nhận"."""
RUNNING = ("được", "đã", "đang", "tiếp tục")
"""Words of a running sentence: a piece that holds one is no part of a name."""


def _leads(before: Sequence[Item]) -> bool:
    """Whether an action word right before a number is a verb: behind who acts or a name, not in a noun phrase."""
    nominal = before[-1].value.endswith(endings_of("nominal")) or before[-1].role & {"name"}
    return not nominal and before[-1].kind == "word" and (_is_actor(before) or before[-1].proper)


def _is_actor(items: Sequence[Item]) -> bool:
    """Whether the words before a verb name who acts (an office, a team), not what is measured."""
    words = " ".join(i.value for i in items if i.kind == "word").split()
    actors = words_of("actor")
    return not words or words[0] in actors or " ".join(words[:2]) in actors


def subject_of(items: Sequence[Item], phrase: Phrase, text: str) -> Subject:
    """The phrase as a subject: its text as written, marks at its edges dropped."""
    start, end = items[phrase.first].start, items[phrase.last - 1].end
    written = text[start:end].strip(' ,:;-–*“”"')
    start = text.index(written, start) if written else start
    rate = any(i.kind == "rate" for i in items[phrase.first : phrase.last])
    plan = fold(written).removeprefix("tổng ").startswith(openings_of("plan"))
    return Subject(written, start, start + len(written), phrase.qualifier, rate, plan)


def counted_phrase(items: Sequence[Item], index: int, quantity: Quantity, text: str) -> tuple[str, int, int]:
    """The noun phrase that begins with the unit of the quantity at ``index``: text, end offset, words past the unit."""
    begin = quantity.end - len(quantity.unit or "")
    end, extra = quantity.end, 0
    for position in range(index + 1, min(len(items), index + 10)):
        item = items[position]
        gap = text[end : item.start]
        parted = "\n" in gap and not text[item.start].islower()  # a line of a list, not one that only broke here
        if gap.strip() or parted or not _counts_on(items, position, extra):
            break
        end, extra = item.end, extra + 1
    return text[begin:end], end, extra


def _counts_on(items: Sequence[Item], position: int, extra: int) -> bool:
    """Whether the item at ``position`` goes on with a counted noun phrase that has ``extra`` words beyond its unit."""
    item, before = items[position], items[position - 1]
    following = items[position + 1] if position + 1 < len(items) else None
    after = following.kind if following is not None else ""
    acts = item.role & {"action", "owner"} or (extra > 0 and "amount" in item.role)
    if acts and after in ("quantity", "bound"):
        return False  # the verb or the name of the next number, or what that number belongs to
    if item.value == "đi" and (following is None or following.role & {"stop", "link"}):
        return False  # "09 dự án đi vào hoạt động"
    if item.kind == "word":
        attributive = item.value in ATTRIBUTIVE and after in ("word", "verb", "mark")
        return attributive or not item.role & {"stop", "scope", "link"}
    if item.kind == "about":
        return extra > 0 and after == "word"
    if item.kind == "bound":  # "118/121 trẻ dưới 1 tuổi"
        return following is not None and following.kind == "reference" and following.value == "name"
    if item.kind == "compare":
        return before.kind == "verb" or (item.value == "total" and extra == 0)
    if item.kind == "verb":
        return item.value == "none" or (item.value == "reach" and after == "reference")
    return (item.kind == "rate" and extra < 6) or (item.kind == "reference" and item.value == "name")


def is_measured(quantity: Quantity) -> bool:
    """Whether the unit only measures (đồng, ha, tấn, %) and cannot itself name what is counted."""
    return quantity.family in MEASURES or quantity.family in ("share", "points", "times", "multiplier", "")
