"""Who may erase what, and what may not be erased yet."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.core.access.keepers import DATA_KEEPER
from motcua.kernel.errors import Refused

KEEPER = DATA_KEEPER
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


class Kind(StrEnum):
    """What a retention rule is about."""

    DOSSIER = "dossier"  # counted from its end
    SIGN_IN = "sign_in"  # a line of the log of sign-ins, with its address
    RECORD = "record"  # of a register that holds personal values, from when it was retired
    SESSION = "session"  # a browser that was signed in, with its address, from its end


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep something so long: finished dossiers of a procedure (`*`: any) from their end.

    Of records `procedure` is the key of their register.

    In force from the day `since` (None: the day it was told).
    """

    procedure: str
    years: int
    source: str
    kind: Kind = Kind.DOSSIER
    months: int = 0
    since: date | None = None

    @property
    def key(self) -> tuple[Kind, str]:
        """What it is about: of one key one rule is in force."""
        return self.kind, self.procedure

    def before(self, at: datetime) -> datetime:
        """Give the instant before which it has to have ended (a day a month lacks: its last)."""
        month = at.year * 12 + at.month - 1 - self.years * 12 - self.months
        year, number = divmod(month, 12)
        day = min(at.day, monthrange(year, number + 1)[1])
        return at.replace(year=year, month=number + 1, day=day)


def in_force(told: Iterable[Rule], on: date) -> dict[tuple[Kind, str], Rule]:
    """Give the rule of each key on a day, from rules in the order they were told.

    The latest `since` that has come holds, of one day the last told; no time at all ends a rule.
    """
    rules: dict[tuple[Kind, str], Rule] = {}
    for rule in told:
        assert rule.since is not None
        held = rules.get(rule.key)
        if rule.since <= on and (held is None or held.since is None or held.since <= rule.since):
            rules[rule.key] = rule
    return {key: rule for key, rule in rules.items() if rule.years or rule.months}
