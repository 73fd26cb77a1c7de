"""Who may erase what, and what may not be erased yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.errors import Refused

KEEPER = "data_keeper"
_DOCUMENT = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ/.\-]{0,59}")


class NotTheKeeper(Refused):
    """Only the data keeper of the agency erases, holds and releases."""

    code = "erasure.not_the_keeper"
    vi = "Chỉ người giữ dữ liệu của cơ quan tiếp nhận hoặc cấp trên được xóa hoặc giữ hồ sơ này."
    en = "Only the data keeper of the receiving agency or one above may erase or hold this dossier."
    status = 403


class StillOpen(Refused):
    """A dossier that is not finished is needed for deciding it."""

    code = "erasure.still_open"
    vi = "Hồ sơ chưa kết thúc nên chưa xóa nội dung được."
    en = "The dossier is not finished, so nothing of it may be erased yet."
    status = 409


class OnHold(Refused):
    """A document says that the dossier is to be kept."""

    code = "erasure.on_hold"
    vi = "Hồ sơ đang được giữ nguyên theo văn bản {document}; hãy thôi giữ trước khi xóa."
    en = "The dossier is held by the document {document}; release it before erasing."
    status = 409


class NotOnHold(Refused):
    """There is no hold to end."""

    code = "erasure.not_on_hold"
    vi = "Hồ sơ không bị giữ."
    en = "The dossier is not on hold."
    status = 409


class PapersPending(Refused):
    """A paper that was asked for is not made yet."""

    code = "erasure.papers_pending"
    vi = "Còn văn bản của hồ sơ này đang được lập; hãy thử lại sau ít phút."
    en = "A paper of this dossier is still being made; try again in a few minutes."
    status = 409
    retry = True


class DocumentWrong(Refused):
    """The reason is the number of a document, and nothing else is written to the ledger."""

    code = "erasure.document_wrong"
    vi = "Căn cứ phải là số, ký hiệu văn bản như 12/QĐ-UBND, không phải “{given}”."
    en = "The reason is the number of a document such as 12/QĐ-UBND, not “{given}”."


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a dossier may be erased; `hold` is the document that holds it."""

    closed: bool
    papers_pending: bool
    hold: str | None


def may_erase(standing: Standing) -> None:
    """Refuse what may not be erased yet, naming why."""
    if not standing.closed:
        raise StillOpen
    if standing.hold is not None:
        raise OnHold(document=standing.hold)
    if standing.papers_pending:
        raise PapersPending


def document(given: str) -> str:
    """Check the number of a document: it goes to the ledger, so it can't be free text."""
    if not _DOCUMENT.fullmatch(given):
        raise DocumentWrong(given=given[:60])
    return given


def hold_after(acts: Iterable[tuple[str, str]]) -> str | None:
    """Give the document that holds a dossier, from its acts `hold` and `release` in order."""
    held: str | None = None
    for act, by in acts:
        held = by if act == "hold" else None
    return held


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep finished dossiers of a procedure (`*`: any) for so many years after their end."""

    procedure: str
    years: int
    source: str

    def before(self, at: datetime) -> datetime:
        """Give the instant before which a dossier has to have ended (29 February: the 28th)."""
        day = 28 if (at.month, at.day) == (2, 29) else at.day
        return at.replace(year=at.year - self.years, day=day)


def in_force(told: Iterable[Rule]) -> dict[str, Rule]:
    """Give the rule of each procedure: the last one told; 0 years ends a rule."""
    rules = {rule.procedure: rule for rule in told}
    return {procedure: rule for procedure, rule in rules.items() if rule.years}
