"""Declarations as plain data that JSON can carry, and back again.

Every field is written out, so that a default which changes in the code later cannot change a
version that was published; a field that came later takes its default where a version published
before does not say it, and one marked `UNSAID` is not written where nothing is said, so that the
same file gives the same digest as before. Data of another shape raises `BodyUnreadable`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from motcua.core.procedures.declaration import UNSAID, Declaration
from motcua.kernel.calendar import Limit
from motcua.kernel.canonical import encode
from motcua.kernel.errors import Refused
from motcua.kernel.flow.codec import definition_from_dict, definition_to_dict
from motcua.kernel.flow.definition import Definition


class BodyUnreadable(Refused):
    """A stored body is not a declaration: the table was written by other hands."""

    code = "procedures.body_unreadable"
    vi = "Nội dung phiên bản thủ tục trong cơ sở dữ liệu bị hỏng: {problem}."
    en = "The body of a procedure version in the database is broken: {problem}."
    status = 500


def body_of(declaration: Declaration) -> str:
    """Write the canonical JSON text of a declaration."""
    return encode(_plain(declaration)).decode()


def declaration_of(body: str) -> Declaration:
    """Read what `body_of` wrote; raises `BodyUnreadable`."""
    try:
        declaration = _read(Declaration, json.loads(body))
    except (KeyError, TypeError, ValueError, AttributeError, Refused) as wrong:
        raise BodyUnreadable(problem=wrong) from wrong
    assert isinstance(declaration, Declaration)
    return declaration


def _plain(value: Any) -> Any:  # noqa: ANN401 - any declared value
    if isinstance(value, Definition):
        return definition_to_dict(value)
    if isinstance(value, Limit):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        said = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: _plain(told) for one, told in said if told or UNSAID not in one.metadata}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _later(kind: type) -> frozenset[str]:
    """Give the fields that a body may leave out: those with a default."""
    return frozenset(
        one.name
        for one in fields(kind)
        if one.default is not MISSING or one.default_factory is not MISSING
    )


def _read(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any declared type
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(args[0], value)
    if origin is tuple:
        return tuple(_read(args[0], item) for item in value)
    if origin is Mapping:
        return {key: _read(args[1], item) for key, item in value.items()}
    return _read_one(hint, value)


def _read_one(kind: Any, value: Any) -> Any:  # noqa: ANN401
    if kind is Definition:
        return definition_from_dict(value)
    if kind is Limit:
        return Limit.parse(value)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        hints, later = _hints(kind), _later(kind)
        said = {name: hint for name, hint in hints.items() if name in value or name not in later}
        return kind(**{name: _read(hint, value[name]) for name, hint in said.items()})
    if issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
    return value
