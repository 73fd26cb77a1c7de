"""The form of a complaint, and what hangs on a dossier, as citizens and officers are shown them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from motcua.core.complaints.actions import Complaint
from motcua.core.complaints.queries import kinds
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Handed
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.faces.ui import forms
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.states import state_words
from motcua.faces.ui.uploads import Uploads
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Way:
    """A procedure by which one complains: how long it takes, and with what remark."""

    code: str
    name: str
    limit: str
    note: str


def ways(language: str) -> tuple[Way, ...]:
    """Give the ways to complain, in Vietnamese order of their names."""
    return tuple(_way(one.declaration, language) for one in kinds())


def _way(told: Declaration, language: str) -> Way:
    note = told.notes.get("limit")
    limit = told.limit.text(language) if told.limit else ""
    return Way(told.code, told.name.text(language), limit, note.text(language) if note else "")


def boxes(
    declaration: Declaration,
    sent: QueryDict,
    uploads: Uploads,
    problems: Mapping[str, Refused],
    language: str,
) -> tuple[Box, ...]:
    """Give the questions of the form, filled as it was sent, and the papers to attach."""
    asked = forms.field_boxes(declaration, sent, language)
    papers = forms.evidence_boxes(declaration.evidence, uploads, language)
    return tuple(forms.with_errors((*asked, *papers), problems, language))


def told(declaration: Declaration, sent: QueryDict, papers: tuple[Handed, ...]) -> Complaint:
    """Read the form."""
    fields = forms.read_fields(declaration, sent)
    return Complaint(procedure=declaration.code, fields=fields, evidence=papers)


@dataclass(frozen=True, slots=True)
class Hung:
    """A dossier that hangs on another one, or on which one hangs."""

    code: str
    name: str
    state: str
    due_at: datetime.datetime | None
    finished_at: datetime.datetime | None
    kind: str


def hung(rows: Iterable[Dossier], language: str) -> list[Hung]:
    """Tell what hangs on a dossier, each with where it stands."""
    return [_hung(row, language) for row in rows]


def _hung(row: Dossier, language: str) -> Hung:
    said = declared(row.version_id)
    end = said.end_names.get(row.step)
    state = end.text(language) if end else state_words(row.state)
    kind = row.tie.kind if hasattr(row, "tie") else ""
    name = said.name.text(language)
    due = row.promised_at or row.due_at
    return Hung(row.code or row.lookup, name, state, due, row.finished_at, kind)
