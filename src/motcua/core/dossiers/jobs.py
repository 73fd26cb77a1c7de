"""The recurring jobs of the spine: seal the ledger, fold the counts, forget what is old."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from motcua.core.dossiers.windows import wake_all
from motcua.core.facts.tallies import fold
from motcua.core.files.store import drop_unattached, sweep
from motcua.core.idempotency.keys import forget
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.witness import WitnessUnreachable, hand_over
from motcua.core.limits import usage
from motcua.core.sql import act

log = logging.getLogger(__name__)

# DESIGN §8: a root reaches its witness within 60 s; half of that leaves room for a slow turn.
SEAL_SECONDS = 30
_FOLD_BATCH = 5000
# A window ends with a working day; its dossier is returned within minutes of it.
WINDOW_SECONDS = 300


@handler("ledger.seal")
def seal_ledger(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Seal everything unsealed, then send what a witness lacks.

    While a witness is away the job ends and comes again in its turn: a job that failed would be put
    off longer and longer, and nothing sealed for an hour after the witness is back.
    """
    try:
        while seal(at=at) is not None:
            pass
        hand_over()
    except WitnessUnreachable as away:
        log.warning("%s", away.text("en"))


@handler("facts.fold")
def fold_facts(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Fold every delta that is there."""
    while fold(batch=_FOLD_BATCH) == _FOLD_BATCH:
        pass


@handler("idempotency.forget")
def forget_keys(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Drop request keys older than thirty days."""
    more = True
    while more:
        with act() as tx:
            more = forget(tx, at=at)


@handler("dossiers.windows")
def close_windows(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Remind applicants who were asked for more, and return what was not answered."""
    wake_all(at=at)


@handler("files.sweep")
def sweep_files(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Remove uploads that broke off, and files that were attached to nothing."""
    sweep(at=at)
    drop_unattached(at=at)


@handler("limits.sweep")
def sweep_limits(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Remove the usage of those who asked nothing for a while."""
    usage.sweep(at=at)


every("ledger.seal", "ledger.seal", SEAL_SECONDS)
every("facts.fold", "facts.fold", 60)
every("idempotency.forget", "idempotency.forget", 24 * 3600)
every("dossiers.windows", "dossiers.windows", WINDOW_SECONDS)
every("files.sweep", "files.sweep", 24 * 3600)
every("limits.sweep", "limits.sweep", 3600)
