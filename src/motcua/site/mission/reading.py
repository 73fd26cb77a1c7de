"""The rows of the mission as `mission.toml` declares them; how far each has come is derived."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.core.procedures.declaration import Text


class Standing(StrEnum):
    """How far a row of the mission has come."""

    HERE = "here"
    PARTLY = "partly"  # something shows it, and what lacks is said
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows a row: names of addresses, commands, tests; and what of it is lacking."""

    screens: tuple[str, ...]
    commands: tuple[str, ...]
    tests: tuple[str, ...]
    lacking: Text | None


@dataclass(frozen=True, slots=True)
class Row:
    """One system, activity or figure of the articles, in our own words."""

    id: str
    year: int
    figure: Text
    unit: Text
    words: Text
    shown: tuple[Shown, ...]

    @property
    def standing(self) -> Standing:
        """How far it has come: nothing shows it, something with a gap, or all of it is here."""
        if not self.shown:
            return Standing.NOT_YET
        return Standing.PARTLY if self.lacking else Standing.HERE

    @property
    def screens(self) -> tuple[str, ...]:
        """The names of the addresses that show it, each once."""
        return _once(name for one in self.shown for name in one.screens)

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that show it, each once."""
        return _once(name for one in self.shown for name in one.commands)

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that hold it, each once."""
        return _once(name for one in self.shown for name in one.tests)

    @property
    def lacking(self) -> tuple[Text, ...]:
        """What is still lacking of it."""
        return tuple(one.lacking for one in self.shown if one.lacking is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one part of the mission."""

    key: str
    name: Text
    rows: tuple[Row, ...]

    def count(self, standing: str) -> int:
        """Count its rows of a standing."""
        return sum(row.standing == standing for row in self.rows)


@cache
def mission() -> tuple[Group, ...]:
    """Give the groups of the mission with their rows, in the order of the list."""
    text = (files("motcua.site.mission") / "mission.toml").read_text(encoding="utf-8")
    return read_mission(text)


def read_mission(text: str) -> tuple[Group, ...]:
    """Read the declaration; a name that it doesn't define is a `KeyError`."""
    table = tomllib.loads(text)
    shown = {key: _shown(one) for key, one in table["shown"].items()}
    units, terms = table["units"], table["terms"]
    return tuple(
        Group(
            one["key"],
            Text(one["vi"], one["en"]),
            tuple(_row(row, shown, units, terms) for row in one["rows"]),
        )
        for one in table["group"]
    )


def rows() -> Iterator[Row]:
    """Give every row of the mission."""
    for group in mission():
        yield from group.rows


def counts() -> Counter[Standing]:
    """Count the rows by how far they have come."""
    return Counter(row.standing for row in rows())


def _row(
    row: Mapping[str, Any],
    shown: Mapping[str, Shown],
    units: Mapping[str, str],
    terms: Mapping[str, str],
) -> Row:
    figure, unit = row.get("figure", ""), row.get("unit", "")
    return Row(
        id=row["id"],
        year=row["year"],
        figure=Text(_in_vietnamese(figure, terms), figure),
        unit=Text(units[unit] if unit else "", unit),
        words=Text(row["vi"], row["en"]),
        shown=tuple(shown[name] for name in row.get("shown", ())),
    )


def _in_vietnamese(figure: str, terms: Mapping[str, str]) -> str:
    for term, said in terms.items():
        figure = figure.replace(term, said)
    return figure


def _shown(one: Mapping[str, Any]) -> Shown:
    lacking = one.get("lacking")
    return Shown(
        screens=tuple(one.get("screens", ())),
        commands=tuple(one.get("commands", ())),
        tests=tuple(one.get("tests", ())),
        lacking=Text(lacking["vi"], lacking["en"]) if lacking else None,
    )


def _once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
