"""JSON bodies read strictly: what two readers could understand differently is refused.

RFC 8259 leaves duplicate members, NaN and lone surrogates to the reader; here they have no
meaning. A fraction is refused too: amounts are whole đồng and the ledger hashes no fractions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from django.http import HttpRequest
from ninja.parser import Parser

from motcua.faces.api import wrong
from motcua.kernel.errors import Invalid, Refused

MAX_DEPTH = 20
MAX_DIGITS = 18
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_WHOLE = re.compile(r"(-?\d{1,18})\.0{1,18}")


class StrictParser(Parser):
    """How the operations read their bodies."""

    def parse_body(self, request: HttpRequest) -> dict[str, object]:
        """Read a JSON body; its refusals reach the caller by name."""
        if request.content_type != "application/json":
            given = (request.content_type or "")[:80]
            raise wrong.MediaTypeWrong(given=given, wanted="application/json")
        return read(request.body)  # type: ignore[return-value] # pydantic refuses other values


def read(raw: bytes) -> object:
    """Give the value of a JSON text. Raises what `wrong` names."""
    try:
        value = json.loads(
            raw.decode(),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_refuse_number,
        )
    except UnicodeDecodeError as error:
        raise wrong.NotUtf8 from error
    except json.JSONDecodeError as error:
        raise wrong.NotJson(line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise wrong.DepthTooGreat(limit=MAX_DEPTH) from error
    _refuse_hidden(value)
    return value


def shown(text: object) -> str:
    """Give a name from outside as it may be repeated in an answer."""
    return "".join(sign if sign.isprintable() else "�" for sign in str(text)[:60])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise wrong.KeyTwice(member=shown(twice))
    return members


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        _refuse_number(digits)
    return int(digits)


def _fraction(number: str) -> int:
    """A whole number may be spelled 3.0, as some clients do."""
    found = _WHOLE.fullmatch(number)
    if found is None:
        _refuse_number(number)
    assert found is not None
    return int(found[1])


def _refuse_number(number: str) -> None:
    raise wrong.NumberRefused(number=shown(number)[:30], digits=MAX_DIGITS)


def _refuse_hidden(value: object) -> None:
    problems: dict[str, Refused] = {
        shown(path): wrong.CharacterRefused()
        for path, text in _texts(value, "", 0)
        if _BROKEN.search(text)
    }
    if problems:
        raise Invalid(problems)


def _texts(value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise wrong.DepthTooGreat(limit=MAX_DEPTH)
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield _under(path, name), name
            yield from _texts(item, _under(path, name), depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, _under(path, number), depth + 1)


def _under(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)
