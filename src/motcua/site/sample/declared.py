"""What `city.toml` says, as plain data: read without Django, so that `motcua up` can show it."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.site.systems import SYSTEMS


@dataclass(frozen=True, slots=True)
class DeclaredOfficer:
    """An officer, the one post held, and the name to sign in with."""

    name: str
    username: str
    post: str
    reads_agency: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class DeclaredAgency:
    """An agency with its officers; `receives` are the procedures that made-up applicants file.

    `valid_from` is the first day of the agency as it is now, None where it isn't known.
    """

    code: str
    parent: str | None
    tier: str
    name_vi: str
    name_en: str
    short_name: str
    area: str
    valid_from: datetime.date | None
    receives: tuple[str, ...]
    officers: tuple[DeclaredOfficer, ...]


@dataclass(frozen=True, slots=True)
class City:
    """The whole sample city; everybody signs in with the same `password`."""

    password: str
    source: str
    appointed: datetime.date
    agencies: tuple[DeclaredAgency, ...]


def read_city(text: str) -> City:
    """Read a city; parents stand before their children."""
    table = tomllib.loads(text)
    return City(
        password=table["password"],
        source=table["source"],
        appointed=table["appointed"],
        agencies=tuple(_agency(row) for row in table["agency"]),
    )


@cache
def city() -> City:
    """Give the sample city that is shipped."""
    return read_city((files("motcua.site.sample") / "city.toml").read_text(encoding="utf-8"))


@cache
def post_names() -> dict[str, tuple[str, str]]:
    """Give the name of each post in Vietnamese and English, as the systems declare them."""
    names: dict[str, tuple[str, str]] = {}
    for package in SYSTEMS:
        table = tomllib.loads((files(package) / "system.toml").read_text(encoding="utf-8"))
        names |= {key: (row["vi"], row["en"]) for key, row in table.get("posts", {}).items()}
    return names


def _agency(row: dict[str, Any]) -> DeclaredAgency:
    return DeclaredAgency(
        code=row["code"],
        parent=row.get("parent"),
        tier=row["tier"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        short_name=row["short_name"],
        area=row.get("area", ""),
        valid_from=row.get("valid_from"),
        receives=tuple(row.get("receives", ())),
        officers=tuple(_officer(one) for one in row["officers"]),
    )


def _officer(row: dict[str, Any]) -> DeclaredOfficer:
    return DeclaredOfficer(
        name=row["name"],
        username=row["username"],
        post=row["post"],
        reads_agency=row.get("reads_agency", False),
        shown=row.get("shown", False),
    )
