"""`python -m benchmarks.load.keys`: make a day's keys for officers of a seeded city, as JSON.

Run beside the house, in its own process and environment, as a keeper would: the load itself then
knows nothing of the house but its addresses and these keys.
"""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any


def main() -> int:
    """Print the communes with their keys, and the keys of those who read more."""
    from motcua.site.cli.django import ready

    ready()
    print(json.dumps({"communes": _communes(), "readers": readers()}))
    return 0


def readers() -> dict[str, str]:
    """Give a key of one who reads a commune, of one for a department, and one for the city."""
    return {reader: _key(username) for reader, username in officers().items()}


def officers() -> dict[str, str]:
    """Give who reads a commune, a department and the city, by the names they sign in with."""
    from motcua.site.seeding import city

    return {"commune": city.username("unit_head", 1), "department": "khoi.1", "city": "toanthanh"}


def _communes() -> list[dict[str, object]]:
    from motcua.site.seeding import city

    return [
        {
            "code": city.commune_code(number),
            "counter": _key(city.username("counter", number)),
            "head": _key(city.username("unit_head", number)),
            "specialist": _key(city.username("specialist", number)),
            "specialist_id": _account(city.username("specialist", number)).officer_id,
        }
        for number in range(1, city.COMMUNES + 1)
    ]


def _account(username: str) -> Any:  # noqa: ANN401 - a model, loaded with the house
    from motcua.core.accounts.managing import by_username

    return by_username(username)


def _key(username: str) -> str:
    from motcua.core.accounts.keys import make_key
    from motcua.core.now import now

    at = now()
    made = make_key(
        actor="system:keeper",
        at=at,
        account=_account(username),
        name="load",
        scopes=["read", "file", "move", "sign"],
        expires_at=at + datetime.timedelta(hours=23),
    )
    return made.token


if __name__ == "__main__":
    sys.exit(main())
