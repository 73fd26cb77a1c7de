"""Making papers: outside the act that asked for them, as often as it takes, recorded once."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.documents.context import context_of
from motcua.core.documents.letters import LetterBroken, LetterUnknown, render
from motcua.core.dossiers.erased import NO_SALT
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.papers import paper_made
from motcua.core.files.store import keep
from motcua.core.jobs.registry import PermanentFailure, handler


@handler("documents.make")
def make(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Set the paper's letter, keep its file, and record the hash in the dossier's chain.

    A paper that has its file, or whose dossier was erased, is left alone. A run that died half-way
    is simply run again: equal data give equal bytes, which lie under their own hash, and only the
    last statement counts.
    """
    wanted = {key: payload[key] for key in ("seq", "letter")}
    paper = Paper.objects.filter(dossier_id=payload["dossier"], **wanted).first()
    if paper is None:
        raise PermanentFailure(reason=f"no paper was asked for: {wanted}")
    if paper.file_id is not None or bytes(paper.dossier.salt) == NO_SALT:
        return
    stored = keep([_pdf(paper)], ours=True)
    paper_made(
        at=at,
        dossier_id=paper.dossier_id,
        paper_id=paper.pk,
        letter=paper.letter,
        stored=stored,
    )


def _pdf(paper: Paper) -> bytes:
    data = context_of(paper)
    try:
        return render(paper.dossier.system, paper.letter, data, at=paper.asked_at)
    except (LetterUnknown, LetterBroken) as fault:
        raise PermanentFailure(reason=str(fault)) from fault
