"""Pure: what a message to 5656 or 156 says, whom it is about, and which adverts belong together.

The syntax is that of the public channels (HANDBOOK §6.2): `S`, `V` or `LD`, then whom and what in
square or round brackets; and the codes of the do-not-call list.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold

ReportKind = Literal["sms", "call", "fraud", "unread"]
SourceKind = Literal["phone", "short", "name"]

_KINDS: Mapping[str, ReportKind] = {"s": "sms", "v": "call", "ld": "fraud"}
_WORD = re.compile(r"(?<!\w)(s|v|l[dđ])\s*([\[(])", re.IGNORECASE)
_CLOSES = {"[": "]", "(": ")"}
_OPENS = re.compile(r"[\s,;:.\-]*([\[(])")
_LIST = re.compile(r"(dk|huy)[\s_\-.]*dnc(?:[\s_\-.]*(s|v))?")
_AROUND = " \t\"'“”‘’.,;:!*<>"
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+"
    r"|\b[a-z0-9-]+\.(?:vn|com|net|org|info|top|xyz|me|ly)\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
_COUNTRY = "+84"

LONGEST_SOURCE, LONGEST_CONTENT, LONGEST_MESSAGE = 60, 2000, 4000


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its kind, whom it is about as written, and the words that came with it.

    One of kind `unread` follows no syntax: somebody has to read it.
    """

    kind: ReportKind
    source: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """An order to the do-not-call list: on or off, for messages, for calls, or for both."""

    on: bool
    sms: bool
    call: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a report is about in one spelling: a number as dialled here, a short code or a name."""

    kind: SourceKind
    text: str


class SenderMissing(Refused):
    """An order to the do-not-call list counts for the number it came from, and that is not said."""

    code = "antispam.sender_missing"
    vi = "Đăng ký, hủy danh sách không quảng cáo phải có số của người gửi."
    en = "An order to the do-not-call list needs the number that sent it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody sent: its reference at the gateway, where it came in, and its words whole."""

    code: str
    channel: str
    text: str
    sender: str = ""
    received_on: datetime.date


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: the register and record, what was read, and whether it is known."""

    register: str
    record_id: int
    kind: str
    repeated: bool = False


def printable(text: str) -> str:
    """Give a message whole as a register can keep it: NFC, without signs that nobody can see."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = ("".join(one if one.isprintable() else " " for one in line) for line in lines)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in seen).strip()


def read_message(text: str) -> Report | ListOrder:
    """Read a message, however it is typed; what follows no syntax is a report nobody has read."""
    plain = unicodedata.normalize("NFKC", printable(text))
    order = _order(plain)
    if order is not None:
        return order
    for begins in _WORD.finditer(plain):
        report = _report(plain, begins)
        if report is not None:
            return report
    return Report("unread", "", plain)


def _order(text: str) -> ListOrder | None:
    for line in text.split("\n"):
        found = _LIST.fullmatch(_unaccented(line).strip(_AROUND))
        if found:
            only = found.group(2)
            return ListOrder(found.group(1) == "dk", sms=only != "v", call=only != "s")
    return None


def _report(text: str, begins: re.Match[str]) -> Report | None:
    """Read a report from its first bracket on; None where no second bracket follows."""
    source, end = _bracketed(text, begins.end(), begins.group(2))
    opens = _OPENS.match(text, end)
    if opens is None or not source:
        return None
    content, _ = _bracketed(text, opens.end(), opens.group(1))
    if not content:
        return None
    return Report(_KINDS[_unaccented(begins.group(1))], source[:LONGEST_SOURCE], content)


def _bracketed(text: str, start: int, opened: str) -> tuple[str, int]:
    """Give what stands between brackets and where it ends; brackets within count.

    One that nobody closed reaches to the end.
    """
    closes, depth = _CLOSES[opened], 1
    for place in range(start, len(text)):
        depth += (text[place] == opened) - (text[place] == closes)
        if not depth:
            return text[start:place].strip(), place + 1
    return text[start:].strip(), len(text)


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).replace("đ", "d")


def source_of(text: str) -> Source | None:
    """Give whom a report is about in one spelling; old numbers of 11 digits become the new ones.

    None for nothing said.
    """
    said = " ".join(text.split())[:LONGEST_SOURCE]
    if not said:
        return None
    digits = re.sub(r"[\s.\-]", "", said)
    try:
        phone = Phone.parse(said)
    except Refused:
        return Source("short" if _SHORT_CODE.fullmatch(digits) else "name", said.upper())
    if phone.kind == "service":
        return Source("short", phone.number)
    return Source("phone", dialled(phone.number))


def parts_of(read: Report, text: str) -> dict[str, object]:
    """Give what a report keeps of a message: its parts, and the whole of it."""
    source = source_of(read.source)
    return {
        "kind": read.kind,
        "source": source.text if source else "",
        "source_kind": source.kind if source else "",
        "content": read.content[:LONGEST_CONTENT],
        "message": printable(text)[:LONGEST_MESSAGE],
    }


def list_wishes(before: Mapping[str, object], order: ListOrder) -> dict[str, object]:
    """Give what a number wants after an order, given what it wanted before."""
    sms, calls = bool(before.get("no_sms")), bool(before.get("no_calls"))
    return {
        "no_sms": order.on if order.sms else sms,
        "no_calls": order.on if order.call else calls,
    }


def dialled(number: str) -> str:
    """Write a number of this country as one dials it here: +84912… becomes 0912…"""
    return f"0{number.removeprefix(_COUNTRY)}" if number.startswith(_COUNTRY) else number


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that begin so (as dialled) were given to an operator from a day on (ISO)."""

    prefix: str
    operator: str
    since: str = ""


def operator_by_range(number: str, ranges: Iterable[Range], *, on: str) -> str:
    """Give the operator to which the range of a number was given on a day (ISO); else nothing.

    A ported number has another: whoever knows it says so (registers), and that goes first.
    """
    local = dialled(number)
    fitting = [one for one in ranges if local.startswith(one.prefix) and one.since <= on]
    best = max(fitting, key=lambda one: (len(one.prefix), one.since), default=None)
    return best.operator if best else ""


# --- Campaigns ---------------------------------------------------------------------------------

ALIKE = 0.5
"""So much of what either of two texts says both must say, to be told as near the same."""


@dataclass(frozen=True, slots=True)
class Advert:
    """One advert: its key, the number it shows and its words."""

    key: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """Adverts that belong together by number, link or words: their keys, numbers and links."""

    keys: tuple[int, ...]
    numbers: tuple[str, ...]
    links: tuple[str, ...]
    text: str


def links_in(text: str) -> frozenset[str]:
    """Give the addresses in a text in one spelling: no scheme, no www, no query."""
    found = (one.group().rstrip(".,;:!?)]}").casefold() for one in _LINK.finditer(text))
    plain = (one.split("://", 1)[-1].removeprefix("www.") for one in found)
    return frozenset(one.split("?", 1)[0].rstrip("/") for one in plain)


def near_same(texts: Sequence[str], *, alike: float = ALIKE) -> list[int]:
    """Give for each text the index of the first one that it is near the same as (perhaps itself).

    Compared are the folded words and pairs of neighbours, digits aside: adverts of one hand differ
    by number and price. A text is held against the firsts of groups alone, found by their rarest
    words: two texts so alike share one of those (prefix filter), so nothing is missed there.
    """
    said = [_said(text) for text in texts]
    counted = Counter(part for one in said for part in one)
    holding: dict[str, list[int]] = defaultdict(list)
    same: dict[frozenset[str], int] = {}
    firsts: list[int] = []
    for index, one in enumerate(said):
        if one not in same:
            rare = sorted(one, key=lambda part: (counted[part], part))
            rare = rare[: len(one) - _least(alike, len(one)) + 1]
            same[one] = _first_alike(one, rare, holding, said, alike, index)
            if same[one] == index:
                for part in rare:
                    holding[part].append(index)
        firsts.append(same[one] if one else index)
    return firsts


def _first_alike(
    one: frozenset[str],
    rare: Sequence[str],
    holding: Mapping[str, Sequence[int]],
    said: Sequence[frozenset[str]],
    alike: float,
    index: int,
) -> int:
    """Give the first of a group that a text belongs to; itself where there is none."""
    for other in sorted({first for part in rare for first in holding.get(part, ())}):
        shared = len(one & said[other])
        if shared >= alike * (len(one) + len(said[other]) - shared):
            return other
    return index


def _least(alike: float, size: int) -> int:
    """Give how much of a text, of so many parts, one that is so alike says too."""
    return max(1, math.ceil(alike * size))


def _said(text: str) -> frozenset[str]:
    words = re.sub(r"[0-9]+", " ", fold(text)).split()
    return frozenset([*words, *(" ".join(pair) for pair in pairwise(words))])


def campaigns(adverts: Sequence[Advert], *, alike: float = ALIKE) -> list[Campaign]:
    """Give adverts that belong together, the largest first: same number, link or near-same words.

    An advert alone is no campaign.
    """
    lead = list(range(len(adverts)))
    firsts: dict[tuple[str, str], int] = {}
    for index, first in enumerate(near_same([one.text for one in adverts], alike=alike)):
        _join(lead, index, first)
        for mark in _marks(adverts[index]):
            _join(lead, index, firsts.setdefault(mark, index))
    groups: dict[int, list[Advert]] = defaultdict(list)
    for index, one in enumerate(adverts):
        groups[_leader(lead, index)].append(one)
    found = [_campaign(group) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda one: (-len(one.keys), one.keys))


def _marks(advert: Advert) -> Iterator[tuple[str, str]]:
    if advert.number:
        yield "number", advert.number
    for link in links_in(advert.text):
        yield "link", link


def _leader(lead: list[int], index: int) -> int:
    while lead[index] != index:
        lead[index] = lead[lead[index]]
        index = lead[index]
    return index


def _join(lead: list[int], one: int, other: int) -> None:
    first, second = sorted((_leader(lead, one), _leader(lead, other)))
    lead[second] = first


def _campaign(group: Sequence[Advert]) -> Campaign:
    return Campaign(
        keys=tuple(sorted(one.key for one in group)),
        numbers=tuple(sorted({one.number for one in group if one.number})),
        links=tuple(sorted({link for one in group for link in links_in(one.text)})),
        text=max((one.text for one in group), key=lambda text: (len(text), text)),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """How many cases were opened, and how many sightings went into them or into open ones."""

    cases: int
    sightings: int


# --- Letters -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an annex: the case it comes from, and what the operator is told of it."""

    case: int
    operator: str
    number: str
    kind: str
    text: str
    place: str
    day: str
    photo: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter to be: the operator and the lines of its annex."""

    operator: str
    rows: tuple[Row, ...]


def letters_of(rows: Iterable[Row]) -> list[Draft]:
    """Give one letter for each operator that rows name, by its key; lines by number.

    A row whose operator nobody knows goes into no letter.
    """
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.operator:
            by[row.operator].append(row)
    return [Draft(key, tuple(sorted(by[key], key=_in_annex))) for key in sorted(by)]


def _in_annex(row: Row) -> tuple[str, int]:
    return row.number, row.case


class NoLetter(Refused):
    """There is no such letter of this agency."""

    code = "antispam.no_letter"
    vi = "Không có công văn này."
    en = "There is no such letter."
    status = 404


class LetterNotIssued(Refused):
    """The document of the letter has not been signed, numbered and issued."""

    code = "antispam.letter_not_issued"
    vi = "Công văn chưa ban hành; hãy trình ký và phát hành văn bản trước."
    en = "The letter has not been issued; have its document signed and issued first."
    status = 409


class AnnexDiffers(Refused):
    """The annex of a letter is not the list of numbers that wait for it."""

    code = "antispam.annex_differs"
    vi = "Danh sách của công văn không còn khớp các hồ sơ: {numbers}. Hãy lập lại danh sách."
    en = "The annex no longer agrees with the dossiers: {numbers}. Renew the annex of the letter."
    status = 409


class AnnexEmpty(Refused):
    """No number of a letter waits for it any more."""

    code = "antispam.annex_empty"
    vi = "Không còn số nào của công văn chờ đề nghị tạm ngừng; hãy bỏ dự thảo văn bản."
    en = "No number of the letter waits to be suspended; drop its document."
    status = 409


class LetterNotSent(Refused):
    """An operator answers letters that it got."""

    code = "antispam.letter_not_sent"
    vi = "Công văn chưa gửi nên chưa có kết quả để ghi."
    en = "The letter has not gone out, so there is no answer to note."


class NobodySigns(Refused):
    """Nobody at the agency may sign its letters."""

    code = "antispam.nobody_signs"
    vi = "Cơ quan chưa có người giữ vị trí ký văn bản nên chưa dự thảo được công văn."
    en = "Nobody at the agency holds a post that signs, so no letter can be drafted."


class AnswersFaulty(Refused):
    """Lines of an operator's answer are wrong: nothing is taken in."""

    code = "antispam.answers_faulty"
    vi = "Chưa ghi kết quả nào vì có dòng sai: {lines}."
    en = "No answer was taken in, for lines are wrong: {lines}."


SUSPENDED, NOT_FOUND, PORTED = "suspended", "not_found", "ported"
RESULTS = (SUSPENDED, NOT_FOUND, PORTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operator answers of one number."""

    number: str
    result: str
    on: datetime.date


class NotYourCases(Refused):
    """The actor does not deal with numbers for that agency."""

    code = "antispam.not_your_cases"
    vi = "Bạn không phụ trách xử lý số quảng cáo ở cơ quan đó."
    en = "You do not deal with advertising numbers for that agency."
    status = 403


class CasesMoved(Refused):
    """Somebody opens cases, or drafts letters, of the same numbers just now."""

    code = "antispam.cases_moved"
    vi = "Người khác vừa lập hồ sơ hoặc công văn cho các số này. Hãy tải lại và xem lại."
    en = "Somebody has just dealt with these numbers. Reload and look again."
    status = 409
    retry = True
