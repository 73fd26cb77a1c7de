"""What was said in a dossier, as lines of a page."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import NOTE
from motcua.core.people.models import Officer
from motcua.core.talks.queries import Said, said_in
from motcua.faces.desk.reading.history import officer_names
from motcua.faces.desk.shown.entries import kind_of
from motcua.faces.desk.words import ACTS, moment


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said; `text` is None where the reader may not know it."""

    seq: int
    kind: str
    name: str
    who: str
    at: str
    text: str | None
    named: str


def lines_of(actor: Actor, snapshot: Snapshot) -> list[Line]:
    """Give what was said in a dossier, the latest first."""
    said = said_in(actor, snapshot)
    names = officer_names({one.actor for one in said})
    numbers = {number for one in said for number in one.named}
    named = dict(Officer.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [_line(one, names, named) for one in reversed(said)]


def _line(one: Said, names: dict[str, str], named: dict[int, str]) -> Line:
    # Whom an answer reaches is told by nobody: it was not they who were called on.
    people = [number for number in one.named if one.kind == NOTE and number in named]
    return Line(
        seq=one.seq,
        kind=one.kind,
        name=str(ACTS[one.kind]),
        who=names.get(one.actor) or kind_of(one.actor),
        at=moment(one.at),
        text=one.text,
        named=", ".join(map(named.__getitem__, people)),
    )
