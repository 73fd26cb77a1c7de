"""Two things side by side: every place where they differ, and nothing else. Pure.

Lists of tables are matched by their key or name, so that a paper put first moves nothing else;
lists of single values by the values themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    """Give every difference between two contents: what is said, then where it was read."""
    return differences(_plain(before), _plain(after))


def _plain(content: Content) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in content.values.items():
        told[name] = value.said
        told[f"{name}.{_SOURCE}"] = value.source
    return told


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
