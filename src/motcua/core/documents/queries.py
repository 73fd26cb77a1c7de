"""Reading papers: whoever may read the dossier, less what stays in the house."""

from __future__ import annotations

from pathlib import Path

from django.db.models import QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.documents.slip import INTERNAL
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.files.store import path_of
from motcua.core.sql import reading
from motcua.kernel.errors import Refused


class PaperUnknown(Refused):
    """The dossier has no such paper for this reader."""

    code = "documents.paper_unknown"
    vi = "Hồ sơ này không có văn bản đó."
    en = "This dossier has no such paper."
    status = 404


class PaperNotReady(Refused):
    """The paper was asked for and is still being made."""

    code = "documents.paper_not_ready"
    vi = "Văn bản đang được lập. Hãy mở lại sau ít giây."
    en = "The paper is being made. Open it again in a few seconds."
    status = 409
    retry = True


def papers_of(actor: Actor, snapshot: Snapshot) -> list[Paper]:
    """Give the papers of a dossier that an actor may read, oldest first, made or not."""
    if not sees(reading(), actor, snapshot.id):
        raise NotFound
    return list(_readable(actor, snapshot.id).order_by("seq", "id"))


def open_paper(actor: Actor, code: str, paper_id: int) -> tuple[Paper, Path]:
    """Give a made paper and where its bytes lie.

    `code` is the dossier's code or look-up number. Raises `NotFound` where the actor may not read
    the dossier, `PaperUnknown`, and `PaperNotReady` while the job has not made it.
    """
    snapshot = find_one(actor, code)
    paper = _readable(actor, snapshot.id).filter(pk=paper_id).first()
    if paper is None:
        raise PaperUnknown
    if paper.file is None:
        raise PaperNotReady
    return paper, path_of(paper.file.sha256)


def file_name(paper: Paper, code: str) -> str:
    """Name a download, without ending: a paper and its proof lie side by side under one name."""
    return f"{paper.letter}-{code}-{paper.seq}"


def _readable(actor: Actor, dossier_id: int) -> QuerySet[Paper]:
    rows = Paper.objects.filter(dossier_id=dossier_id).select_related("file")
    return rows if actor.officer_id is not None else rows.exclude(letter__in=INTERNAL)
