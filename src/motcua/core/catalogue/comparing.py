"""Two things side by side: every place where they differ, and nothing else. Pure.

Lists of tables are matched by their key or name, so that a paper put first moves nothing else;
lists of single values by the values themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.catalogue import reading
from motcua.core.catalogue.content import Content

_SOURCE = "nguồn"
_NAMED = ("key", "name", "result_code", "channel")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place and what stands there before and after; None where nothing does."""

    where: str
    before: str | None
    after: str | None


def of_contents(before: Content, after: Content) -> tuple[Difference, ...]:
    """Give every difference between two contents: what is said, then where it was read.

    Limits, papers, laws and fees are compared as they read; where they read alike and yet are not
    the same, piece by piece.
    """
    old, new = _plain(before), _plain(after)
    for name in before.values.keys() & after.values.keys():
        if old[name] == new[name]:
            old[name], new[name] = before.said(name), after.said(name)
    return differences(old, new)


def _plain(content: Content) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in content.values.items():
        told[name] = _READ[name](content) if name in _READ else value.said
        told[f"{name}.{_SOURCE}"] = value.source
    return told


def _limits(content: Content) -> list[str]:
    found = reading.limits(content)
    lines = [(one.channel, one.where, one.since, one.words, one.note) for one in found]
    return [", ".join(part for part in line if part) for line in lines]


def _papers(content: Content) -> list[str]:
    return [
        f"{one.name} ({one.originals or 0} + {one.copies or 0})" for one in reading.papers(content)
    ]


_READ: dict[str, Callable[[Content], Sequence[str]]] = {
    "time_limit": _limits,
    "evidence": _papers,
    "legal_basis": reading.laws,
    "fee": reading.fees,
    "result": reading.results,
}


def differences(before: object, after: object) -> tuple[Difference, ...]:
    """Give every difference between two values of JSON, in the order of the first."""
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    places = [*old, *(place for place in new if place not in old)]
    return tuple(
        Difference(place, old.get(place), new.get(place))
        for place in places
        if old.get(place) != new.get(place)
    )


def _leaves(value: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _leaves(below, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list | tuple):
        yield from _items(value, where)
    elif value is not None and value != "":
        yield where, _word(value)


def _items(value: list[Any] | tuple[Any, ...], where: str) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for item in value:
        name = _name(item)
        seen[name] = seen.get(name, 0) + 1
        place = f"{where} › {name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
        if isinstance(item, Mapping):
            yield from _leaves(item, place)
        else:
            yield place, _word(item)


def _name(item: Any) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(item, Mapping):
        return _word(item)
    for key in _NAMED:
        name = item.get(key)
        if isinstance(name, str):
            return name
        if isinstance(name, Mapping):
            return str(name.get("vi", ""))
    return str(next(iter(item.values()), ""))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
