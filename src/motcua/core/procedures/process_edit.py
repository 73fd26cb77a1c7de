"""Writing what a table asks for into a procedure's file; comments, order and sources stay."""

from __future__ import annotations

from collections.abc import MutableMapping
from fractions import Fraction
from typing import Any

import tomlkit

from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.process_change import Added, Changes, Told
from motcua.kernel.flow.definition import ClockOp, Kind
from motcua.kernel.flow.paths import main_moves

_ALSO_FROM_HERE = frozenset({Kind.WITHDRAW, Kind.APOLOGISE})
_BEFORE_START = ("submitted",)

Toml = MutableMapping[str, Any]


def write(document: tomlkit.TOMLDocument, declaration: Declaration, asked: Changes) -> None:
    """Change a procedure's file in place."""
    steps, moves = _table(document, "steps"), _table(document, "moves")
    for key, told in asked.kept.items():
        _mend(steps[key], declaration, key, told)
    onward = _onward(declaration)
    for key in asked.removed:
        _take_out(steps, moves, declaration, key, onward)
    for one in asked.added:
        _put_in(steps, moves, declaration, one, onward)


def _table(document: tomlkit.TOMLDocument, name: str) -> Toml:
    found = document[name]
    assert isinstance(found, MutableMapping)
    return found


def _mend(step: Toml, declaration: Declaration, key: str, told: Told) -> None:
    before = declaration.flow.step[key]
    if told.name != declaration.step_names[key].vi:
        step["name"]["vi"] = told.name
    if told.minutes != before.minutes:
        step["hours"] = _hours(told.minutes)
    if told.post is not None:
        step["post"] = told.post
    if told.agency is not None:
        step["agency"] = told.agency


def _hours(minutes: int) -> int | float:
    hours = Fraction(minutes, 60)
    return int(hours) if hours.denominator == 1 else float(hours)


def _onward(declaration: Declaration) -> dict[str, tuple[str, str]]:
    """Give the move on from each step of the main path, and where it leads."""
    return {
        source: (move.key, move.target or "")
        for move in main_moves(declaration.flow)
        for source in move.sources
    }


def _take_out(
    steps: Toml,
    moves: Toml,
    declaration: Declaration,
    key: str,
    onward: dict[str, tuple[str, str]],
) -> None:
    before = next(source for source, (_, target) in onward.items() if target == key)
    through, after = onward.pop(key)
    for move in declaration.flow.moves:
        if move.key not in moves:
            continue
        if move.key == through or move.sources == (key,):
            del moves[move.key]
            continue
        if key in move.sources:
            moves[move.key]["from"] = _sources(moves[move.key], without=key)
        if moves[move.key].get("to") == key:
            moves[move.key]["to"] = before if move.kind is Kind.BACK else after
    inward, _ = onward[before]
    onward[before] = (inward, after)
    moves[inward]["to"] = after
    del steps[key]


def _put_in(
    steps: Toml,
    moves: Toml,
    declaration: Declaration,
    one: Added,
    onward: dict[str, tuple[str, str]],
) -> None:
    inward, after = onward[one.after]
    through = f"{one.key}_next"
    steps[one.key] = _step(declaration, one, moves[inward])
    moves[inward]["to"] = one.key
    moves[through] = _move("Chuyển bước tiếp theo", "Pass on", {"from": one.key, "to": after})
    if not {"clock", "gives_code"} & moves[inward].keys():
        back = {"kind": "back", "from": one.key, "to": one.after, "reason": True}
        moves[f"{one.key}_back"] = _move("Trả lại bước trước", "Send back", back)
    for move in declaration.flow.moves:
        if (
            move.key in moves
            and move.kind in _ALSO_FROM_HERE
            and one.after in _from(moves[move.key])
        ):
            moves[move.key]["from"] = [*_from(moves[move.key]), one.key]
    onward[one.after], onward[one.key] = (inward, one.key), (through, after)


def _step(declaration: Declaration, one: Added, inward: Toml) -> Toml:
    """A new step stands where the one before it stands: inside the limit, or behind its end."""
    row = tomlkit.table()
    row["name"] = _name(one.told.name, one.told.name)
    before = declaration.flow.step.get(one.after)
    outside = inward.get("clock") == ClockOp.STOP.value or (
        before is not None and not before.counted and before.state not in _BEFORE_START
    )
    if outside:
        row["state"] = "resolved"
    row["post"] = one.told.post
    row["agency"] = one.told.agency
    row["hours"] = _hours(one.told.minutes)
    if outside:
        row["counted"] = False
    return row


def _move(vi: str, en: str, told: dict[str, object]) -> Toml:
    row = tomlkit.table()
    row["name"] = _name(vi, en)
    row.update(told)
    return row


def _name(vi: str, en: str) -> Toml:
    name = tomlkit.inline_table()
    name.update({"vi": vi, "en": en})
    return name


def _from(move: Toml) -> list[str]:
    said = move["from"]
    return [str(said)] if isinstance(said, str) else [str(one) for one in said]


def _sources(move: Toml, *, without: str) -> list[str]:
    return [one for one in _from(move) if one != without]
