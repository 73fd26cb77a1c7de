"""Who made an act, by the key under which the house knows them."""

from __future__ import annotations

from motcua.core.people.models import Officer


def name_behind(key: str) -> str:
    """Give the name of an officer by the key under which they acted; empty for anybody else."""
    number = key.removeprefix("officer:")
    found = Officer.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return found.name if found else ""
