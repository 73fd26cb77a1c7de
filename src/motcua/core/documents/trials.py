"""A look at a template with the data of a dossier that its keeper may read in clear."""

from __future__ import annotations

import datetime

from django.db.models import Max

from motcua.core.access.actors import Actor
from motcua.core.documents.context import context_of
from motcua.core.documents.queries import PaperUnknown
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.ledger.models import Entry
from motcua.core.letters.declared import Letter
from motcua.kernel.errors import Refused


class OnlyInClear(Refused):
    """Values behind a mask do not go onto a trial."""

    code = "documents.only_in_clear"
    vi = "Bạn chỉ xem được hồ sơ này với thông tin che; hãy chọn hồ sơ khác hoặc dùng dữ liệu mẫu."
    en = "You see this dossier behind masks only; choose another one, or use sample data."
    status = 403


class OtherSystem(Refused):
    """The dossier belongs to another system than the letter."""

    code = "documents.other_system"
    vi = "Hồ sơ này thuộc hệ thống khác, không dùng mẫu văn bản này."
    en = "This dossier belongs to another system, which does not use this letter."


def trial_data(
    actor: Actor, letter: Letter, code: str, *, at: datetime.datetime
) -> tuple[Snapshot, dict[str, object]]:
    """Give a dossier and the data of a letter about it, marked as a preview.

    The data are those of its last such paper, else as of its last act. Raises `NotFound`,
    `OnlyInClear`, `OtherSystem`, or `PaperUnknown` for a letter that only its own act fills.
    """
    snapshot = find_one(actor, code)
    if not is_clear(actor, snapshot):
        raise OnlyInClear
    paper = Paper.objects.filter(dossier_id=snapshot.id, letter=letter.key).order_by("-seq").first()
    if paper is None:
        paper = _as_of_now(letter, snapshot, at)
    if paper.dossier.system != letter.system:
        raise OtherSystem
    return snapshot, {**context_of(paper), "preview": True}


def _as_of_now(letter: Letter, snapshot: Snapshot, at: datetime.datetime) -> Paper:
    if letter.asked in {"fees", "book"}:
        raise PaperUnknown
    acts = Entry.objects.of(snapshot.id).exclude(act="paper")
    seq = acts.aggregate(last=Max("seq"))["last"]
    return Paper(dossier_id=snapshot.id, seq=seq, letter=letter.key, asked_at=at)
