"""Hồ sơ của tôi: the lines of a citizen's list, open ones and masked ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.access.masks import shown_name
from motcua.core.agencies.heirs import both_names, heir_of
from motcua.core.dossiers.models import Dossier
from motcua.core.procedures.queries import declared
from motcua.faces.ui.states import state_words
from motcua.faces.ui.templatetags.ui import language


@dataclass(frozen=True, slots=True)
class Hinted:
    """A dossier that names the telephone: enough to know it again, too little to find it."""

    procedure: str
    agency: str
    filed_on: datetime.datetime
    applicant: str


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier that is bound to the account."""

    code: str
    procedure: str
    agency: str
    filed_on: datetime.datetime
    state: str
    party: int


def known_lines(rows: Iterable[Dossier]) -> list[Known]:
    """Give the lines that lead to their dossiers."""
    return [
        Known(
            row.code or row.lookup,
            *_where(row),
            row.filed_at,
            state_words(row.state),
            row.applicant_id or 0,
        )
        for row in rows
    ]


def hinted_lines(rows: Iterable[Dossier]) -> list[Hinted]:
    """Give the masked lines."""
    return [Hinted(*_where(row), row.filed_at, _masked(row)) for row in rows]


def _where(row: Dossier) -> tuple[str, str]:
    name = declared(row.version_id).name.text(language())
    received = row.receiving_agency_id
    desk = heir_of(received, row.procedure_id, row.area)
    return name, both_names(desk, received, language())


def _masked(row: Dossier) -> str:
    party = row.applicant
    return shown_name(party.kind, party.name, clearance=False) if party else ""
