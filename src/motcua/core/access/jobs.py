"""The recurring jobs of the access log: seal it, fold its lists, forget what is old."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from motcua.core.access import totals
from motcua.core.access.book import ACCESS
from motcua.core.access.folding import fold
from motcua.core.access.forgetting import forget_old
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.witness import WitnessUnreachable, hand_over

log = logging.getLogger(__name__)

SEAL_SECONDS = 30
_FOLD_BATCH = 1000
# Lists read what is not folded, so it is kept to what some seconds bring.
TOTALS_SECONDS = 15
_TOTALS_BATCH = 5000


@handler("access.seal")
def seal_log(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Seal every unsealed read, send what a witness lacks, and fold the lists that are sealed.

    While a witness is away the job ends and comes again in its turn, as the ledger's does.
    """
    try:
        while seal(at=at, book=ACCESS) is not None:
            pass
        hand_over(book=ACCESS)
    except WitnessUnreachable as away:
        log.warning("%s", away.text("en"))
    while fold(most=_FOLD_BATCH) == _FOLD_BATCH:
        pass


@handler("access.forget")
def forget(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Empty the rows whose time is over."""
    forget_old(at=at)


@handler("access.totals")
def fold_totals(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Fold every change of a total that is there."""
    while totals.fold(batch=_TOTALS_BATCH) == _TOTALS_BATCH:
        pass


every("access.totals", "access.totals", TOTALS_SECONDS)
every("access.seal", "access.seal", SEAL_SECONDS)
every("access.forget", "access.forget", 24 * 3600)
