"""Markings and definitions as plain data that JSON can carry, and back again.

A marking is stored with every dossier, so it is compact: what equals its default is left out.
A definition is stored once for each published version, so every field is written out: a default
that changes in the code later must not change a version that was published. On reading, a missing
optional field takes its default, and a key that is not a field is refused: it is a typing error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, TypeVar

from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import (
    ClockOp,
    Definition,
    End,
    Join,
    Kind,
    Leg,
    LegRule,
    LegsThen,
    Marking,
    Move,
    Step,
)

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)


class Unreadable(Refused):
    """The stored or sent data is not a marking or a definition; ``where`` names the place."""

    code = "flow.unreadable"
    vi = "Dữ liệu quy trình tại “{where}” bị thiếu, thừa hoặc sai kiểu ({problem})."
    en = "The procedure data at “{where}” is missing, unknown or of the wrong type ({problem})."


def marking_to_dict(marking: Marking) -> dict[str, Any]:
    """Write a marking: ``at``, then what is not default of the rest, ``next_leg`` as ``next``.

    A leg is ``[number, key]`` while open and ``[number, key, true]`` once replied.
    """
    data: dict[str, Any] = {"at": marking.at}
    if marking.waiting:
        data["waiting"] = True
    if marking.legs:
        data["legs"] = [
            [leg.number, leg.key, True] if leg.replied else [leg.number, leg.key]
            for leg in marking.legs
        ]
    if marking.used:
        data["used"] = dict(marking.used)
    if marking.next_leg != 1:
        data["next"] = marking.next_leg
    if marking.settled:
        data["settled"] = list(marking.settled)
    return data


def marking_from_dict(data: Mapping[str, Any]) -> Marking:
    """Read what `marking_to_dict` wrote; raises `Unreadable`."""
    try:
        return Marking(
            at=_text(data["at"]),
            waiting=_flag(data.get("waiting", False)),
            legs=tuple(_leg(*leg) for leg in data.get("legs", ())),
            used=tuple(sorted((_text(k), _whole(n)) for k, n in data.get("used", {}).items())),
            next_leg=_whole(data.get("next", 1)),
            settled=tuple(sorted(_texts(data.get("settled", [])))),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise Unreadable(where="marking", problem=wrong) from wrong


def definition_to_dict(definition: Definition) -> dict[str, Any]:
    """Write a definition with every field, in declared order."""
    return {"start": definition.start} | {
        name: [_written(item) for item in getattr(definition, name)] for name in _PARTS
    }


def definition_from_dict(data: Mapping[str, Any]) -> Definition:
    """Read what `definition_to_dict` wrote, or the same with optional fields left out.

    Raises `Unreadable` at the first field that is missing, unknown or of the wrong type. Whether
    the definition makes sense is the business of `checks`.
    """
    _no_others(data, {"start", *_PARTS}, "definition")
    try:
        return Definition(
            start=_text(data["start"]),
            steps=_all(Step, data, "steps"),
            ends=_all(End, data, "ends"),
            moves=_all(Move, data, "moves"),
            legs=_all(LegRule, data, "legs"),
        )
    except (KeyError, TypeError) as wrong:
        raise Unreadable(where="definition", problem=wrong) from wrong


_PARTS = ("steps", "ends", "moves", "legs")


def _leg(number: object, key: object, replied: object = False) -> Leg:  # noqa: FBT002
    return Leg(_whole(number), _text(key), _flag(replied))


def _written(item: Step | End | Move | LegRule) -> dict[str, Any]:
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _all(cls: type[_T], data: Mapping[str, Any], part: str) -> tuple[_T, ...]:
    rows = data.get(part, ())
    if not isinstance(rows, list | tuple):
        raise Unreadable(where=part, problem="list expected")
    return tuple(_read(cls, row, f"{part}[{index}]") for index, row in enumerate(rows))


def _read(cls: type[_T], row: object, where: str) -> _T:
    if not isinstance(row, Mapping):
        raise Unreadable(where=where, problem="table expected")
    declared = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    _no_others(row, set(declared), where)
    values: dict[str, Any] = {}
    for name, field in declared.items():
        if name in row:
            values[name] = _value(str(field.type), row[name], f"{where}.{name}")
        elif field.default is MISSING:
            raise Unreadable(where=f"{where}.{name}", problem="missing")
    return cls(**values)


def _no_others(row: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for name in row:
        if name not in allowed:
            raise Unreadable(where=where, problem=f"unknown field {name!r}")


def _value(annotation: str, value: object, where: str) -> object:
    try:
        return _READERS[annotation](value)
    except (TypeError, ValueError) as wrong:
        raise Unreadable(where=where, problem=wrong) from wrong


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("whole number expected")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError("list of texts expected")
    return tuple(_text(item) for item in value)


def _optional(read: Callable[[object], _T]) -> Callable[[object], _T | None]:
    return lambda value: None if value is None else read(value)


def _one_of(kind: type[_E]) -> Callable[[object], _E]:
    return lambda value: kind(_text(value))


_READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "int": _whole,
    "bool": _flag,
    "tuple[str, ...]": _texts,
    "str | None": _optional(_text),
    "Kind": _one_of(Kind),
    "Join": _one_of(Join),
    "LegsThen": _one_of(LegsThen),
    "ClockOp | None": _optional(_one_of(ClockOp)),
}
