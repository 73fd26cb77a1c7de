"""The sample cities: real agencies, made-up officers who all sign in with one published password.

`MOTCUA_SAMPLE_CITY` says which one an instance shows. It is read from the environment here too, for
`motcua up` lists its people without loading Django.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from motcua.site.declared import City, read_city
from motcua.site.environment import one_of
from motcua.site.systems import SYSTEMS

HANOI = "hanoi"
_FILES = {HANOI: "city.toml", "quang-ninh": "quang-ninh.toml"}


def chosen() -> str:
    """Give the name of the sample city that this instance shows."""
    return one_of("MOTCUA_SAMPLE_CITY", *_FILES)


def mail() -> str:
    """Give where its officers have their addresses.

    A reserved ending (RFC 2606): no letter to a made-up officer can ever reach anybody.
    """
    return f"{chosen()}.example"


def city() -> City:
    """Give the sample city that this instance shows."""
    return _read(chosen())


@cache
def _read(name: str) -> City:
    return read_city((files("motcua.site.sample") / _FILES[name]).read_text(encoding="utf-8"))


@cache
def post_names() -> dict[str, tuple[str, str]]:
    """Give the name of each post in Vietnamese and English, as the systems declare them.

    Read from the files, so that `motcua up` can show them without loading Django.
    """
    names: dict[str, tuple[str, str]] = {}
    for package in SYSTEMS:
        table = tomllib.loads((files(package) / "system.toml").read_text(encoding="utf-8"))
        names |= {key: (row["vi"], row["en"]) for key, row in table.get("posts", {}).items()}
    return names


def usernames(known: City) -> frozenset[str]:
    """Give every name to sign in with."""
    return frozenset(officer.username for one in known.agencies for officer in one.officers)


def receives(agency_code: str, procedure: str, *others: City) -> bool:
    """Tell whether made-up applicants file a procedure at an agency; unknown agencies take any."""
    wanted = {one.code: one.receives for known in (city(), *others) for one in known.agencies}
    return agency_code not in wanted or procedure in wanted[agency_code]
