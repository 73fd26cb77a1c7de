"""`docs/mission.md`, written from the declaration; a test holds it fresh."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.site.mission.addresses import addresses
from motcua.site.mission.reading import Group, Row, Standing, counts, mission

_SAID = {Standing.HERE: "here", Standing.PARTLY: "partly", Standing.NOT_YET: "not yet"}
_HEAD = """# The mission, row by row

What the five articles tell of, in our own words, and the screens, commands and tests that show it.
Written by `make docs` from `src/motcua/site/mission/mission.toml`; `/nhiem-vu` shows the same.
A row is *here*, *partly* here with what it lacks, or *not yet*; the counts come from the rows.
"""


def document() -> str:
    """Give the page in Markdown."""
    return "\n".join([_HEAD, *_totals(), *(line for one in mission() for line in _group(one))])


def _totals() -> Iterator[str]:
    found = counts()
    yield f"| group | rows | {' | '.join(_SAID.values())} |"
    yield "|---|--:|--:|--:|--:|"
    for one in mission():
        told = " | ".join(str(one.count(standing)) for standing in _SAID)
        yield f"| {one.key} {one.name.en} | {len(one.rows)} | {told} |"
    told = " | ".join(str(found[standing]) for standing in _SAID)
    yield f"| all | {found.total()} | {told} |"


def _group(group: Group) -> Iterator[str]:
    yield f"\n## {group.key}. {group.name.en} ({group.name.vi})\n"
    yield "| id | what | year | figure | |"
    yield "|---|---|---|---|---|"
    for row in group.rows:
        figure = f"{row.figure.en} {row.unit.en}".strip()
        what = f"{row.words.en}<br>{row.words.vi}"
        yield f"| {row.id} | {what} | {row.year} | {figure} | {_shown(row)} |"
    yield ""


def _shown(row: Row) -> str:
    known = addresses()
    parts = [
        f"**{_SAID[row.standing]}**",
        *(f"`{known[name]}`" for name in row.screens),
        *(f"`{name}`" for name in row.commands),
        *(f"`{name}`" for name in row.tests),
        *(f"lacks {one.en}" for one in row.lacking),
    ]
    return "<br>".join(parts)
