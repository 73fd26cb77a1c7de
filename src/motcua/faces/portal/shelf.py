"""Hồ sơ của tôi: the lines of a citizen's list, open ones and masked ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.access.masks import shown_name
from motcua.core.agencies.heirs import both_names, heir_of
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier
from motcua.core.procedures.queries import declared
from motcua.faces.ui.deadline import Deadline, deadline
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
    chip: Deadline
    promised_on: datetime.datetime | None
    todo: str
    closed: bool


def known_lines(rows: Iterable[Dossier], at: datetime.datetime) -> list[Known]:
    """Give the lines that lead to their dossiers, as they stand at an instant."""
    return [
        Known(
            row.code or row.lookup,
            *_where(row),
            row.filed_at,
            state_words(row.state),
            row.applicant_id or 0,
            _chip(row, at),
            None if row.finished_at else row.promised_at,
            _todo(row.state),
            row.closed,
        )
        for row in rows
    ]


def by_need(lines: list[Known]) -> list[Known]:
    """Put first what waits for the citizen, then what runs, then what is over."""
    return sorted(lines, key=lambda one: (not one.todo, one.closed))


def _todo(state: str) -> str:
    """Say what the citizen has to do; nothing where the dossier waits for somebody else."""
    return {
        "supplement": _("Bạn cần bổ sung giấy tờ"),
        "supplement_before": _("Bạn cần bổ sung giấy tờ"),
        "fee_wait": _("Bạn cần nộp phí, lệ phí"),
        "resolved": _("Đã có kết quả, mời bạn đến nhận"),
    }.get(state, "")


def _chip(row: Dossier, at: datetime.datetime) -> Deadline:
    return deadline(
        at=at,
        calendar=calendars[agency(row.holding_agency_id).calendar],
        received_at=row.received_at,
        due_at=row.due_at,
        paused_since=row.paused_since,
        finished_at=row.finished_at,
        bucket=row.bucket,
        closed=row.closed,
    )


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
