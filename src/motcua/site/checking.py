"""The whole check of a house: its sealed books, and every state that follows from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from motcua.core.access.book import ACCESS
from motcua.core.access.folding import check_appearances
from motcua.core.access.totals import check_totals
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.reconcile_citizens import check_citizens
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.reconcile import check_state
from motcua.core.facts.tallies import check_tallies
from motcua.core.ledger.verify import Report, StateCheck, verify
from motcua.core.official.reconcile import check_documents
from motcua.core.procedures.told import each_told
from motcua.core.ratings.reconcile import check_ratings
from motcua.core.redating.reconcile import check_calendars
from motcua.core.reform.reconcile import check_reforms
from motcua.core.registers.reconcile import check_records
from motcua.core.sql import reading
from motcua.core.takeover.checking import check_events
from motcua.core.till.reconcile import check_till

_STATE: tuple[StateCheck, ...] = (
    check_state,
    check_house,
    check_reforms,
    check_calendars,
    check_accounts,
    check_citizens,
    check_events,
    check_till,
    check_ratings,
    check_tallies,
    check_totals,
    check_records,
    check_documents,
)
_COUNTED: tuple[StateCheck, ...] = (check_appearances,)


def _of_systems() -> Iterator[StateCheck]:
    """Give what systems with tables of their own ask for (`CHECKS` of their `queries.py`)."""
    yield from each_told("queries", "CHECKS")


def verified(at: datetime.datetime, *, state: bool = True) -> Report:
    """Check every chain, seal and witness and, unless left out, every row that follows."""
    return verify(tx=reading(), at=at, state_checks=(*_STATE, *_of_systems()) if state else ())


def verified_reads(at: datetime.datetime, *, state: bool = True) -> Report:
    """Check the access log and, unless left out, what is counted from it."""
    counted = _COUNTED if state else ()
    return verify(tx=reading(), at=at, state_checks=counted, book=ACCESS)
