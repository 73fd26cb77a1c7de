"""Seconds to look at a file of records and take it in, beside one bare table that takes its cells.

The second look at the same file tells that nothing is left to do. A word search and the measures of
quality over what was imported stand beside it.
"""

from __future__ import annotations

import argparse

from benchmarks.load.cities import child, city

BAR_SECONDS = 30.0
LENGTH_OFF = 0.001
"""How far the length of a register may be from the sum of its parts, as a share of that."""


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--records", type=int, default=10_000, help="rows of the file (10000)")
    parser.add_argument(
        "--register",
        choices=["advert_numbers", "telecom_spans"],
        default="advert_numbers",
        help="what the rows are (advert_numbers)",
    )
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Import into a new home, and compare with the bare table."""
    with city(asked.database) as environment:
        told = child("benchmarks.load.registering", environment, str(asked.records), asked.register)
    seconds = {name: float(str(told[name])) for name in told if name.endswith("_seconds")}
    whole = seconds["look_seconds"] + seconds["take_in_seconds"]
    return {
        "register": asked.register,
        "records": told["imported"],
        **{name: round(value, 2) for name, value in seconds.items()},
        "times_raw": round(whole / seconds["raw_seconds"], 1),
        "again_same": told["again_same"],
        "words_found": told["words_found"],
        "words_ms": round(float(str(told["words_ms"])), 1),
        "quality_ms": round(float(str(told["quality_ms"])), 1),
        "metres": told["metres"],
        "metres_off": told["metres_off"],
        "bar": f"look and take in 10,000 rows in ≤ {BAR_SECONDS:g} s",
        "met": whole <= BAR_SECONDS
        and told["imported"] == told["again_same"] == asked.records
        and float(str(told["metres_off"])) <= LENGTH_OFF,
    }
