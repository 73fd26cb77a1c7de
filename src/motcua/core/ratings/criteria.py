"""The criteria as `criteria.toml` declares them, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from motcua.core.procedures.declaration import Text
from motcua.core.ratings.rules import Band, Criteria, Criterion


@lru_cache(maxsize=1)
def criteria() -> Criteria:
    """Give the criteria in force."""
    text = (files("motcua.core.ratings") / "criteria.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return Criteria(
        key=told["key"],
        source=told["source"],
        criteria=tuple(
            Criterion(key, Text(row["vi"], row["en"]), row.get("of_agency", False))
            for key, row in told["criteria"].items()
        ),
        bands=tuple(
            Band(key, Text(row["vi"], row["en"]), row["least"])
            for key, row in told["bands"].items()
        ),
    )
