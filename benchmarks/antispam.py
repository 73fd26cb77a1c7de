"""Seconds from a file of sightings to draft letters, one for each operator, with their annexes.

Between them stand the cases: opened from the file, checked, their subscribers invited, nobody came.
Every act of an officer is counted; what weeks lie between in life, and the jobs of papers, are
not. Letters, numbers and kinds are counted from the dossiers.
"""

from __future__ import annotations

import argparse

from benchmarks.load.cities import child, city

BAR_SECONDS = 10.0
PARTS = ("import", "open", "move", "draft", "set")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--adverts", type=int, default=1708, help="numbers on walls (1708)")
    parser.add_argument("--others", type=int, default=27, help="numbers of spam and fraud (27)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Go from the file to the letters in a new home."""
    wanted = (str(asked.adverts), str(asked.others))
    with city(asked.database) as environment:
        told = child("benchmarks.load.sightings", environment, *wanted)
    seconds = {name: float(str(told[f"{name}_seconds"])) for name in PARTS}
    whole = sum(seconds.values())
    kinds = told["kinds"]
    assert isinstance(kinds, dict)
    advert = kinds.get("advert", 0)
    return {
        "numbers": told["numbers"],
        "letters": told["letters"],
        "kinds": kinds,
        **{f"{name}_seconds": round(value, 2) for name, value in seconds.items()},
        "seconds": round(whole, 2),
        "processor_seconds": round(float(str(told["processor_seconds"])), 2),
        "pdf_bytes": told["pdf_bytes"],
        "bar": f"{asked.adverts} + {asked.others} numbers in draft letters in ≤ {BAR_SECONDS:g} s",
        "met": whole <= BAR_SECONDS
        and (advert, sum(kinds.values()) - advert) == (asked.adverts, asked.others),
    }
