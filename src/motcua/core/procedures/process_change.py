"""What an edited table of a process asks for: steps renamed, added, taken out, given on. Pure.

A table says who does what in how many hours, and no moves. So a step is added between two others
with the plain moves that it needs, and taken out only where nothing but plain moves goes with it:
what starts or stops the clock, asks somebody or writes a paper is changed in the procedure's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.core.procedures.declaration import Declaration, Text
from motcua.core.procedures.faults import fault
from motcua.core.procedures.process_table import SAME, UNITS, ReadLine, unit_of
from motcua.kernel.flow.definition import Definition, Kind, Move
from motcua.kernel.flow.faults import Fault
from motcua.kernel.flow.paths import main_moves, main_path
from motcua.kernel.vietnamese import fold

_AGENCY = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)+")
_GOES_WITH_ITS_STEP = frozenset({Kind.BACK, Kind.ASSIGN, Kind.APOLOGISE, Kind.WITHDRAW})
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of a step; None where the row leaves it as it is."""

    name: str
    minutes: int
    post: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A new step, and the step after which it stands."""

    key: str
    after: str
    told: Told


@dataclass(slots=True)
class Changes:
    """What a table asks for: of steps that stay, of new ones in its order, and which are gone."""

    kept: dict[str, Told] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def changes(
    declaration: Declaration,
    read: Sequence[ReadLine],
    posts: Mapping[str, Text],
    faults: list[Fault],
) -> Changes:
    """Match the rows of a table with the steps; what cannot be done is a fault of its row."""
    flow = declaration.flow
    wanted = [key for key in main_path(flow) if key in flow.step]
    found = Changes()
    last = ""
    for line, key in _matched(declaration, read, wanted, faults):
        told = _told(line, declaration, posts, key, faults)
        if not line.content:
            faults.append(fault("procedure.table_no_content", f"{line.row}", key=key or "–"))
        elif key:
            found.kept[key] = told
            last = key
        elif not last:
            faults.append(fault("procedure.table_before_start", f"{line.row}", name=line.content))
        else:
            new = _new_key(line.content, declaration, found)
            found.added.append(Added(new, last, told))
            last = new
    if not found.kept:
        return found  # what the rows mean is not known, and the faults say so
    found.removed = [key for key in wanted if key not in found.kept]
    faults.extend(_misplaced(list(found.kept), wanted))
    for one in found.removed:
        faults.extend(obstacles(declaration, one))
    faults.extend(_unreachable(found, flow))
    return found


def _matched(
    declaration: Declaration, read: Sequence[ReadLine], wanted: list[str], faults: list[Fault]
) -> Iterator[tuple[ReadLine, str]]:
    """Give each row with the step that it tells of, empty for a new one."""
    if any(line.key is not None for line in read):
        yield from _by_key(read, wanted, faults)
    elif len(read) == len(wanted):
        yield from zip(read, wanted, strict=True)
    else:
        yield from _by_name(declaration, read, wanted, faults)


def _by_key(
    read: Sequence[ReadLine], wanted: list[str], faults: list[Fault]
) -> Iterator[tuple[ReadLine, str]]:
    seen: set[str] = set()
    for line in read:
        key = line.key or ""
        if key and key not in wanted:
            faults.append(fault("procedure.table_step", f"{line.row}", key=key))
        elif key in seen:
            faults.append(fault("procedure.table_twice", f"{line.row}", key=key))
        else:
            seen |= {key} if key else set()
            yield line, key


def _by_name(
    declaration: Declaration, read: Sequence[ReadLine], wanted: list[str], faults: list[Fault]
) -> Iterator[tuple[ReadLine, str]]:
    """A table without keys that has more or fewer rows than steps is read by the names of steps."""
    names = {fold(declaration.step_names[key].vi): key for key in reversed(wanted)}
    keys = [names.pop(fold(line.content), "") for line in read]
    if not any(keys):
        count = {"count": len(read), "steps": len(wanted)}
        faults.append(fault("procedure.table_length", f"{read[-1].row}", **count))
        return
    yield from zip(read, keys, strict=True)


def _told(
    line: ReadLine,
    declaration: Declaration,
    posts: Mapping[str, Text],
    key: str,
    faults: list[Fault],
) -> Told:
    """Read who does it; a table without keys comes from a decision, whose words for it are free."""
    if key and line.key is None:
        return Told(line.content, line.minutes)
    step = declaration.flow.step.get(key)
    post = _post(line, posts, step.post if step else None, faults)
    agency = _agency(line, step.agency if step else None, faults)
    return Told(line.content, line.minutes, post, agency)


def _post(
    line: ReadLine, posts: Mapping[str, Text], now: str | None, faults: list[Fault]
) -> str | None:
    said = fold(line.person)
    if now is not None and said in ("", fold(posts[now].vi if now in posts else now)):
        return None
    found = next((key for key, one in posts.items() if said in (fold(one.vi), fold(key))), None)
    if found is None:
        known = ", ".join(one.vi for one in posts.values())
        faults.append(
            fault("procedure.table_post", f"{line.row}", said=line.person or "–", known=known)
        )
    return found


def _agency(line: ReadLine, now: str | None, faults: list[Fault]) -> str | None:
    said = fold(line.unit)
    if now is not None and said in ("", fold(unit_of(now))):
        return None
    if said in ("", fold(SAME)):
        return "same"
    if _AGENCY.fullmatch(line.unit):
        return f"code:{line.unit}"
    found = next((rule for rule, name in UNITS.items() if fold(name) == said), None)
    if found is None:
        known = ", ".join([*UNITS.values(), SAME])
        faults.append(fault("procedure.table_unit", f"{line.row}", said=line.unit, known=known))
    return found


def _new_key(content: str, declaration: Declaration, found: Changes) -> str:
    """Give a key that no part of the procedure has: the words of the step, numbered if need be."""
    flow = declaration.flow
    taken = {*flow.step, *flow.end, *flow.move, *(one.key for one in found.added)}
    words = re.sub(r"[^a-z0-9]+", "_", fold(content)).strip("_")[:_LONGEST].strip("_")
    plain = words if words[:1].isalpha() else f"step_{words}".strip("_")
    candidates = (plain if n == 1 else f"{plain}_{n}" for n in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken and f"{key}_next" not in taken)


def _misplaced(kept: list[str], wanted: list[str]) -> Iterator[Fault]:
    order = [key for key in wanted if key in kept]
    for key, should in zip(kept, order, strict=True):
        if key != should:
            yield fault("procedure.table_order", key, key=key, should=should)
            return


def _unreachable(found: Changes, flow: Definition) -> Iterator[Fault]:
    """Refuse a new step after one whose move onwards is shared with other steps."""
    onward = {source: move for move in main_moves(flow) for source in move.sources}
    for one in found.added:
        move = onward.get(one.after)
        if move is not None and len(move.sources) > 1:
            yield fault("procedure.table_shared_move", one.key, name=one.told.name, move=move.key)


def obstacles(declaration: Declaration, key: str) -> Iterator[Fault]:
    """Tell why a step cannot be taken out by a table."""
    flow, name = declaration.flow, declaration.step_names[key].vi
    if key == flow.start:
        yield fault("procedure.table_keeps_start", key, name=name)
        return
    inward, onward = around(flow, key)
    for move in flow.moves:
        if move is inward or not _holds(move, key, onward):
            continue
        called = declaration.move_names[move.key].vi
        yield fault("procedure.table_keeps", key, name=name, move=called)


def _holds(move: Move, key: str, onward: Move | None) -> bool:
    """Tell whether a move would be lost, or would lead nowhere, without its step."""
    leads_here = move.target == key and move.kind not in (Kind.FORWARD, Kind.BACK, Kind.HAND_OVER)
    if leads_here or move.sources != (key,):
        return leads_here
    plain = (move.clock, move.letter, move.message) == (None, None, None)
    bare = plain and not (move.gives_code or move.paid or move.legs)
    return not bare or (move is not onward and move.kind not in _GOES_WITH_ITS_STEP)


def around(flow: Definition, key: str) -> tuple[Move | None, Move | None]:
    """Give the moves of the main path into a step and on from it."""
    path = main_moves(flow)
    inward = next((move for move in path if move.target == key), None)
    onward = next((move for move in path if key in move.sources), None)
    return inward, onward
