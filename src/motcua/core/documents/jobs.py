"""Making papers: outside the act that asked for them, as often as it takes, recorded once."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.documents.context import context_of
from motcua.core.dossiers.erased import NO_SALT
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.files.store import keep
from motcua.core.jobs.registry import PermanentFailure, handler
from motcua.core.letters.declared import letter_at
from motcua.core.letters.editions import in_force, numbered
from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.setting import LetterBroken, render
from motcua.core.letters.sources import SHIPPED, LetterUnknown, Sources


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
    try:
        sources = template_of(paper)
        stored = keep([set_again(paper, sources)], ours=True)
    except TemplateFaulty as fault:
        if fault.may_pass:  # it was tried before it was published: the machine was busy
            raise
        raise PermanentFailure(reason=str(fault)) from fault
    except (LetterUnknown, LetterBroken) as fault:
        raise PermanentFailure(reason=str(fault)) from fault
    paper_made(
        at=at,
        dossier_id=paper.dossier_id,
        paper_id=paper.pk,
        template=Template(paper.letter, sources.edition or SHIPPED, sources.digest),
        stored=stored,
    )


def template_of(paper: Paper) -> Sources:
    """Give the edition that a paper was set with, or will be: the one in force when asked for."""
    system = paper.dossier.system
    if paper.edition is None:
        return in_force(system, paper.letter, at=paper.asked_at)
    return numbered(letter_at(f"{system}.{paper.letter}"), paper.edition)


def set_again(paper: Paper, sources: Sources) -> bytes:
    """Set a paper; the same edition gives the same bytes whenever it is done."""
    return render(sources, context_of(paper), at=paper.asked_at)
