"""A value as an officer types it, in plain lines, and back. Pure.

What was typed as it stood keeps the shape of its source, line by line, so that mending one paper
changes no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.core.catalogue.content import Form
from motcua.core.catalogue.faults import fault
from motcua.core.catalogue.names import column_of
from motcua.core.catalogue.reading import limit_of
from motcua.kernel.flow.faults import Fault

SILENT = "không nêu"
_SETS = "Số bộ"
_SPLIT = re.compile(r"\s*\|\s*")
_AMOUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s+(?P<unit>\D+)")
_CHANNEL = re.compile(r"(?P<channel>[^:|]{1,60}):\s*(?P<rest>.+)")
_COLUMNS: dict[tuple[Form, str], tuple[str, ...]] = {
    (Form.FACTS, "evidence"): ("name", "originals", "copies", "note"),
    (Form.FACTS, "result"): ("name", "result_code"),
    (Form.NATIONAL, "filing"): ("channel", "limit", "fee", "note"),
    (Form.NATIONAL, "evidence"): ("name", "form", "note"),
    (Form.NATIONAL, "legal_basis"): ("number", "about", "issued", "issuer"),
}
_COUNTED = {"originals", "copies"}
_LISTED = {(Form.FACTS, "legal_basis"), (Form.FACTS, "extra_clocks")}
_LIMITS = (Form.FACTS, "time_limit")
_TYPED = {"number", "unit", "by_channel", "split", "appraisal", "approval", "where", "from"}
_DOES = {"appraisal": "thẩm định", "approval": "phê duyệt"}


def columns(form: Form, name: str) -> tuple[str, ...]:
    """Give the columns in which a value is typed, parted by a bar; none where it is plain."""
    return _COLUMNS.get((form, name), ())


def is_listed(form: Form, name: str) -> bool:
    """Tell whether a value is typed one to a line."""
    return (form, name) in _LISTED or (form, name) == _LIMITS or bool(columns(form, name))


def words(form: Form, name: str, said: Any) -> str:  # noqa: ANN401 - the shapes of the source
    """Give a value as it is typed."""
    if said is None:
        return ""
    if (form, name) == _LIMITS:
        return "\n".join(_limit_lines(said))
    named = columns(form, name)
    if named and isinstance(said, list):
        return "\n".join(_row(one, named) for one in said)
    if isinstance(said, list):
        return "\n".join(_flat(one) for one in said)
    if isinstance(said, dict):
        return "\n".join(_flat(one) for one in said.values())
    return _tidy(str(said))


def read(form: Form, name: str, text: str, before: Any, faults: list[Fault]) -> Any:  # noqa: ANN401
    """Read what was typed; ``before`` is the value that was shown, for the shapes of its lines.

    What cannot be read is added to the faults.
    """
    text = _tidy(text)
    if text == words(form, name, before):
        return before
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if (form, name) == _LIMITS:
        return _kept(before) | _limits(lines)
    if named := columns(form, name):
        if name == "result" and len(lines) == 1 and "|" not in text:
            return text if not isinstance(before, list) else _rows(lines, named, before, faults)
        return _rows(lines, named, before if isinstance(before, list) else [], faults)
    return lines if (form, name) in _LISTED else text


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()


def _flat(said: object) -> str:
    """Give a piece of a value in one line."""
    if isinstance(said, Mapping):
        said = " · ".join(str(one) for one in said.values() if one not in (None, ""))
    return " ".join(str(said).split())


def _row(said: object, named: tuple[str, ...]) -> str:
    if not isinstance(said, Mapping):
        return _flat(said)
    if said.get("set_count") and not said.get("name"):
        return f"{_SETS}: {said['set_count']}"
    cells = [_flat("" if said.get(key) is None else said[key]) for key in named]
    return " | ".join(cells).rstrip(" |")


def _rows(
    lines: Iterable[str], named: tuple[str, ...], before: Iterable[Any], faults: list[Fault]
) -> list[Any]:
    kept = {_row(one, named): one for one in before}
    return [kept[line] if line in kept else _typed(line, named, faults) for line in lines]


def _typed(line: str, named: tuple[str, ...], faults: list[Fault]) -> dict[str, Any]:
    head, _, rest = line.partition(":")
    if head.strip() == _SETS and "originals" in named:
        return {"set_count": rest.strip()}
    cells = _SPLIT.split(line)
    where = next((name for (_, name), keys in _COLUMNS.items() if keys == named), "")
    if len(cells) > len(named) or not cells[0]:
        faults.append(_fault("catalogue.columns", where, line, named))
        return {}
    row: dict[str, Any] = {}
    for key, cell in zip(named, cells, strict=False):
        if key not in _COUNTED:
            row |= {key: cell} if cell else {}
        elif cell.isdecimal() and len(cell) <= 3:
            row[key] = int(cell)
        elif cell:
            faults.append(_fault("catalogue.count", where, line, named))
    return row


def _fault(code: str, where: str, line: str, named: tuple[str, ...]) -> Fault:
    called = [column_of(key) for key in named]
    vi, en = (" | ".join(one.text(language) for one in called) for language in ("vi", "en"))
    return fault(code, where, line=line[:80], columns=vi, columns_en=en)


def _limit_lines(said: Any) -> Iterator[str]:  # noqa: ANN401 - the shapes of the source
    if isinstance(said, list):
        for one in said:
            yield from _limit_lines(one)
    elif not isinstance(said, Mapping):
        yield _flat(said)
    else:
        yield from _of_table(said)


def _of_table(said: Mapping[str, Any]) -> Iterator[str]:
    if said.get("number") is not None:
        yield _amount(said, said.get("where") or said.get("from"))
    yield from (_amount(one, one.get("channel")) for one in said.get("by_channel", ()))
    yield from (_amount(said[key], who) for key, who in _DOES.items() if key in said)
    if "number" not in said:
        yield from (f"{who}: {_flat(told)}" for who, told in said.get("split", {}).items())
    yield from (_flat(one) for key, one in said.items() if key.startswith("text"))


def _amount(said: Mapping[str, Any], who: object) -> str:
    known = said.get("number") is not None
    told = _flat(f"{said['number']} {said.get('unit') or ''}") if known else SILENT
    return f"{_flat(who)}: {told}" if who else told


def _limits(lines: list[str]) -> dict[str, Any]:
    """Read lines as “Trực tiếp: 3 ngày làm việc”; what counts no time stays words."""
    amounts, texts = [], []
    for line in lines:
        one = _counted(line)
        if one is None:
            texts.append(line)
        else:
            amounts.append(one)
    told: dict[str, Any] = {}
    if len(amounts) == 1 and not amounts[0]["channel"] and amounts[0]["number"] is not None:
        told = {key: amounts[0][key] for key in ("number", "unit")}
    elif amounts:
        told["by_channel"] = amounts
    return told | {f"text_{n}" if n > 1 else "text": one for n, one in enumerate(texts, 1)}


def _kept(before: Any) -> dict[str, Any]:  # noqa: ANN401 - the shapes of the source
    """Give the remarks of a limit, which stay when its amount is mended."""
    told = before if isinstance(before, Mapping) else {}
    return {k: v for k, v in told.items() if k not in _TYPED and not k.startswith("text")}


def _counted(line: str) -> dict[str, Any] | None:
    parted = _CHANNEL.fullmatch(line)
    channel, rest = (parted["channel"].strip(), parted["rest"]) if parted else ("", line)
    if rest.strip().lower() == SILENT:
        return {"channel": channel, "number": None, "unit": None}
    found = _AMOUNT.fullmatch(rest.strip())
    if found is None or limit_of(found["number"], found["unit"]) is None:
        return None
    number = float(found["number"].replace(",", "."))
    whole = int(number) if number.is_integer() else number
    return {"channel": channel, "number": whole, "unit": found["unit"].strip()}
