"""The catalogue that ships with the house: facts compiled for Hanoi, each value with its source.

The file lists the sources once; each row names them by number (see `docs/reference/data-sources`).
What was read since in a document, where the list had only memory or a guess, lies beside it in
`read-since.jsonl`, so that the list stays what was compiled.
"""

from __future__ import annotations

import datetime
import json
from importlib.resources import files
from typing import Any

from motcua.core.access.actors import Actor
from motcua.core.catalogue.actions import import_catalogue, publish
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.importing import Report
from motcua.core.catalogue.models import Listing

RUNS = {
    "cap-phep-xay-dung-cong-trinh-cot-ang-ten-thu-phat-song-di-dong-tren-dia-ban-than": "9.000015"
}
"""Listings without a code of their own, and the procedure that runs them here."""

_DOCUMENT = "Danh mục phát hành kèm phần mềm"
_MARKS = {"f": "[F]", "m": "(memory)"}


def compiled_rows() -> tuple[dict[str, Any], ...]:
    """Give the rows as they were compiled, in the form of compiled facts."""
    head, *lines = _lines("hanoi.jsonl")
    sources = json.loads(head)["sources"]
    return tuple(_row(json.loads(line), sources) for line in lines)


def read_since() -> dict[str, dict[str, dict[str, Any]]]:
    """Give what was read in a document since, by code: each value with its source."""
    told = {}
    for line in _lines("read-since.jsonl"):
        row = json.loads(line)
        key = row.pop("key")
        told[key] = {
            name: {"value": said, "mark": _MARKS["f"], "source": source}
            for name, (said, source) in row.items()
        }
    return told


def shipped_rows() -> tuple[dict[str, Any], ...]:
    """Give the rows that are loaded: what was compiled, with what was read since put in."""
    since = read_since()
    return tuple({**row, **since.get(row["code"]["value"], {})} for row in compiled_rows())


def _lines(name: str) -> list[str]:
    return (files("motcua.core.catalogue") / "data" / name).read_text("utf-8").splitlines()


def packed(rows: list[dict[str, Any]]) -> str:
    """Write rows as the shipped file holds them."""
    sources: dict[str, int] = {}
    lines = [json.dumps(_packed(row, sources), ensure_ascii=False) for row in rows]
    head = json.dumps({"sources": list(sources)}, ensure_ascii=False)
    return "\n".join([head, *lines]) + "\n"


def load_shipped(*, actor: Actor, at: datetime.datetime) -> Report:
    """Import what ships, publish what has no gap, and link it to what runs here.

    Runs as often as it likes: what is known changes nothing, and a listing that was published or
    withdrawn, or that an officer works on, is left as it is.
    """
    rows = shipped_rows()
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    report = import_catalogue(actor=actor, at=at, text=text)
    for key in (*report.new, *report.changed):
        listing = Listing.objects.get(key=key)
        draft, *others = listing.editions.order_by("-number")
        if not others and not gaps(content_of(draft.body)):
            publish(actor=actor, at=at, key=key, document=_DOCUMENT)
    for key, procedure in RUNS.items():
        Listing.objects.filter(key=key, procedure="").update(procedure=procedure)
    return report


def _row(told: dict[str, Any], sources: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, str):
            row[name] = value
        else:
            said, mark, source = value
            row[name] = {"value": said, "mark": _MARKS[mark], "source": sources[source]}
    return row


def _packed(row: dict[str, Any], sources: dict[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    letters = {mark: letter for letter, mark in _MARKS.items()}
    for name, value in row.items():
        if isinstance(value, str):
            told[name] = value
        else:
            number = sources.setdefault(value["source"], len(sources))
            told[name] = [value["value"], letters[value["mark"]], number]
    return told
