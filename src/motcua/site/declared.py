"""A city as a TOML file declares it: agencies, officers, posts. Read without Django.

`motcua agencies load FILE` takes such a file for a real city; the sample city is one too.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from typing import Any

from motcua.kernel.errors import Refused


class CityUnreadable(Refused):
    """The file does not say what a city file says."""

    code = "city.unreadable"
    vi = "Không đọc được tệp cơ quan: {reason}."
    en = "The file of agencies cannot be read: {reason}."


@dataclass(frozen=True, slots=True)
class DeclaredOfficer:
    """An officer, one post held, and the name to sign in with.

    Of one person with two posts the second row names the same `staff_number`.
    """

    name: str
    username: str
    staff_number: str
    email: str
    post: str
    reads_agency: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class DeclaredAgency:
    """An agency with its officers; `receives` are the procedures it is competent for.

    `valid_from` is the first day of the agency as it is now, None where it isn't known.
    """

    code: str
    parent: str | None
    tier: str
    name_vi: str
    name_en: str
    short_name: str
    area: str
    address: str
    phone: str
    valid_from: datetime.date | None
    receives: tuple[str, ...]
    officers: tuple[DeclaredOfficer, ...]


@dataclass(frozen=True, slots=True)
class City:
    """Agencies, parents before their children, and since when their officers hold their posts.

    With a `password` everybody signs in with it; without, each account gets one of its own.
    """

    source: str
    appointed: datetime.date
    agencies: tuple[DeclaredAgency, ...]
    password: str | None = None


def read_city(text: str) -> City:
    """Read a city; raises `CityUnreadable`."""
    try:
        table = tomllib.loads(text)
        return City(
            source=table.get("source", ""),
            appointed=table["appointed"],
            agencies=tuple(_agency(row) for row in table["agency"]),
            password=table.get("password"),
        )
    except KeyError as error:
        raise CityUnreadable(reason=f"{error.args[0]}?") from error
    except (tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        raise CityUnreadable(reason=error) from error


def _agency(row: dict[str, Any]) -> DeclaredAgency:
    return DeclaredAgency(
        code=row["code"],
        parent=row.get("parent"),
        tier=row["tier"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        short_name=row["short_name"],
        area=row.get("area", ""),
        address=row.get("address", ""),
        phone=row.get("phone", ""),
        valid_from=row.get("valid_from"),
        receives=tuple(row.get("receives", ())),
        officers=tuple(_officer(one) for one in row.get("officers", ())),
    )


def _officer(row: dict[str, Any]) -> DeclaredOfficer:
    return DeclaredOfficer(
        name=row["name"],
        username=row["username"],
        staff_number=row.get("staff_number", row["username"]),
        email=row.get("email", ""),
        post=row["post"],
        reads_agency=row.get("reads_agency", False),
        shown=row.get("shown", False),
    )
