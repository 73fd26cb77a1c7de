"""What can be read in a content: limits, papers, fees, laws, ways to file. Pure.

Each reading keeps the words of the source beside what was read in them: published pages say
“10 Ngày” where they mean working days, and 06 hours where they mean days (FORMS §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.core.catalogue.content import Content, Form
from motcua.kernel.calendar import BadLimit, Limit, Unit

NOTHING = frozenset({"", "không có thông tin"})
_GUESSED = "suy đoán"
_UNITS = {
    "ngày làm việc": Unit.WORKING_DAY,
    "giờ làm việc": Unit.WORKING_HOUR,
    "tháng": Unit.MONTH,
    "ngày": Unit.CALENDAR_DAY,
    "giờ": Unit.HOUR,
}
_UNIT = re.compile(r"(?P<unit>[^()]*?)\s*(?:\(.*\))?", re.DOTALL)
_AMOUNT = re.compile(r"(?:không quá )?(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>\D+)", re.IGNORECASE)
_COPIES = re.compile(r"bản (?P<kind>chính|sao)\s*:\s*(?P<count>\d+)", re.IGNORECASE)
_NOT_A_LIMIT = "hạn người dân"  # a duty of the citizen that the page puts in the limit's place


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A time limit in the words of the source, what it is as a limit, and for whom or since when.

    ``limit`` is None where the words state none that can be counted.
    """

    words: str
    limit: Limit | None
    channel: str = ""
    where: str = ""
    since: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is handed in; None where the source counts no originals or copies."""

    name: str
    originals: int | None
    copies: int | None
    form: str = ""
    note: str = ""


def shown(text: str) -> str:
    """Give the words of a source, or nothing where they only say that there are none."""
    return "" if text.strip().lower() in NOTHING else text.strip()


def limit_of(number: object, unit: object) -> Limit | None:
    """Read an amount and the words of its unit; None for what is no limit.

    “6 giờ trước khi họp báo” is a duty before an event, not a time from reception: no limit.
    """
    words = _UNIT.fullmatch(str(unit or "").strip().lower())
    found = _UNITS.get(words["unit"]) if words else None
    try:
        amount = Decimal(str(number).replace(",", "."))
        return Limit(amount, found) if found else None
    except (BadLimit, InvalidOperation):
        return None


def _in_words(text: str) -> Limit | None:
    match = _AMOUNT.fullmatch(text.strip())
    return limit_of(match["number"], match["unit"]) if match else None


def limits(content: Content) -> tuple[LimitLine, ...]:
    """Give the time limits, in the order of the source."""
    if content.form is Form.NATIONAL:
        return tuple(_national(row) for row in content.said("filing") or () if row.get("limit"))
    said = content.said("time_limit")
    return tuple(_lines(said)) if said else ()


def guesses_unit(content: Content) -> bool:
    """Tell whether whoever compiled a limit guessed its unit, which the page does not state."""
    return any(_GUESSED in line.words for line in limits(content))


def _national(row: Mapping[str, str]) -> LimitLine:
    words, note = row["limit"].strip(), shown(row.get("note", ""))
    return LimitLine(words, _in_words(words), row.get("channel", ""), note=note)


def _lines(said: Any) -> Iterator[LimitLine]:  # noqa: ANN401 - the shapes of the source
    if isinstance(said, list):
        for one in said:
            yield from _lines(one)
    elif isinstance(said, dict):
        yield from _parts(said)
    else:
        yield LimitLine(str(said), None)


def _parts(said: Mapping[str, Any]) -> Iterator[LimitLine]:
    """Read a table: an amount of its own, amounts by way of filing, or by who does what."""
    if "number" in said and said["number"] is not None:
        yield _amount(said)
    for one in said.get("by_channel", ()):
        if one["number"] is not None:
            yield _amount(one)
    for key in ("appraisal", "approval"):
        if key in said:
            yield _amount({**said[key], "where": _DOES[key]})
    if "number" not in said:
        shares = said.get("split", {}).items()
        yield from (LimitLine(text, _in_words(text), where=who) for who, text in shares)
    yield from (LimitLine(said[key], None) for key in said if key.startswith("text"))


_DOES = {"appraisal": "thẩm định", "approval": "phê duyệt"}


def _amount(said: Mapping[str, Any]) -> LimitLine:
    number, unit = said["number"], said.get("unit") or ""
    real = _NOT_A_LIMIT not in str(said.get("kind", ""))
    plain = {"number", "unit", "channel", "where", "from", "source"}
    notes = [str(one) for key, one in said.items() if key not in plain and isinstance(one, str)]
    shares = said.get("split", {}).items()
    notes += [f"{who}: {amount}" for who, amount in shares]
    return LimitLine(
        f"{number} {unit}".strip(),
        limit_of(number, unit) if real else None,
        str(said.get("channel", "")),
        str(said.get("where", "")),
        str(said.get("from", "")),
        "; ".join(notes),
    )


def papers(content: Content) -> tuple[Paper, ...]:
    """Give the papers, in the order of the source."""
    said = content.said("evidence") or ()
    return tuple(_paper(one) for one in said if one.get("name"))


def sets(content: Content) -> str:
    """Give how many sets of papers are handed in, in the words of the source."""
    said = content.said("evidence") or ()
    return "; ".join(one["set_count"] for one in said if one.get("set_count"))


def _paper(said: Mapping[str, Any]) -> Paper:
    counted = {m["kind"].lower(): int(m["count"]) for m in _COPIES.finditer(said.get("note", ""))}
    note = "" if counted else said.get("note", "")
    return Paper(
        said["name"],
        said.get("originals", counted.get("chính")),
        said.get("copies", counted.get("sao")),
        said.get("form", ""),
        note,
    )


def laws(content: Content) -> tuple[str, ...]:
    """Give the legal texts, each in one line."""
    return tuple(
        one if isinstance(one, str) else _law(one) for one in content.said("legal_basis") or ()
    )


def _law(said: Mapping[str, str]) -> str:
    number, about = said.get("number", "").strip(), said.get("about", "").strip()
    parts = [part for part in (number if number not in about else "", about) if part]
    issued = ", ".join(part for part in (said.get("issuer"), said.get("issued")) if part)
    return ": ".join(parts) + (f" ({issued})" if issued else "")


def fees(content: Content) -> tuple[str, ...]:
    """Give the fees in the words of the source, each once."""
    if content.form is Form.NATIONAL:
        said = [row.get("fee", "") for row in content.said("filing") or ()]
    else:
        fee = content.said("fee")
        said = list(fee.values()) if isinstance(fee, dict) else [fee or ""]
    return tuple(dict.fromkeys(one.strip() for one in said if isinstance(one, str) and one.strip()))


def results(content: Content) -> tuple[str, ...]:
    """Give what comes out."""
    said = content.said("result")
    if isinstance(said, list):
        return tuple(dict.fromkeys(one["name"] for one in said))
    return (shown(said),) if isinstance(said, str) and shown(said) else ()


def ways(content: Content) -> tuple[str, ...]:
    """Give the ways to file that the source names, each once."""
    rows = content.said("filing") or ()
    limit = content.said("time_limit")
    channels = limit.get("by_channel", ()) if isinstance(limit, dict) else ()
    return tuple(dict.fromkeys(row["channel"] for row in (*rows, *channels) if row.get("channel")))
