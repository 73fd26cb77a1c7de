"""What a procedure says, as frozen data: names, papers, fields, fees, limit, steps and sources.

The words are those of `docs/glossary.md`; the file format is `docs/reference/procedure-format.md`.
Every value that was carried from a published source keeps that source and how sure it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.kernel.calendar import Limit
from motcua.kernel.flow.definition import Definition

CHANNELS = ("public", "counter", "office", "api", "partner", "device", "dossier", "schedule")
"""Who may start a procedure (DESIGN §4); `office`: an officer, for the agency itself."""

TAKEN_IN = ("counter", "office")
"""Through which of them officers take a dossier in; the first one goes before the other."""

_INWARD = frozenset({"office", "device", "schedule"})

FACTS = (
    "code",
    "name",
    "short",
    "group",
    "level",
    "decided_by",
    "result",
    "limit",
    "hours",
    "channels",
    "apology",
)
"""Names of the single values that carry a source; papers, fees and laws carry their own."""

UNSAID = "unsaid"
"""Marks what came later and is written only where it is said: older bodies stay the same."""

MAX_INDEXED = 8
MAX_SHORT = 28


class Mark(StrEnum):
    """How sure a value is."""

    CONFIRMED = "confirmed"  # read in a published document, which the source names
    UNCONFIRMED = "unconfirmed"  # common knowledge; an officer has yet to confirm it
    SAMPLE = "sample"  # made up so that the house can be tried


class FieldType(StrEnum):
    """What a field of the form takes."""

    TEXT = "text"
    MULTILINE = "multiline"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    PHONE = "phone"
    PERSONAL_NUMBER = "personal_number"
    TAX_CODE = "tax_code"
    EMAIL = "email"
    ADDRESS = "address"


class Grade(StrEnum):
    """Who sees a value in clear (see `core/access/masks`)."""

    PUBLIC = "public"  # whoever may read the dossier
    PERSONAL = "personal"  # whoever deals with it; others see a mask
    SECRET = "secret"  # noqa: S105 - nobody on a screen: each look is asked for and logged


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; the Vietnamese ones are the legal ones."""

    vi: str
    en: str

    def text(self, language: str) -> str:
        """Give the words in ``en``, or in Vietnamese for any other language."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read, in words a clerk can follow, and how sure it is."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a field of type choice takes."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field of the form.

    ``max_length`` counts characters after NFC; ``minimum`` and ``maximum`` bound numbers and
    money (đồng); ``personal`` fields are masked, ``public`` ones may be shown to anybody,
    ``indexed`` ones can be searched and sorted by.
    """

    key: str
    label: Text
    type: FieldType
    required: bool
    max_length: int
    personal: bool
    public: bool
    indexed: bool
    choices: tuple[Choice, ...]
    hint: Text | None
    pattern: str | None
    minimum: int | None
    maximum: int | None

    @property
    def grade(self) -> Grade:
        """Give the grade: identity numbers are secret, a personal tax code is one of them."""
        if self.type is FieldType.PERSONAL_NUMBER:
            return Grade.SECRET
        if self.personal and self.type is FieldType.TAX_CODE:
            return Grade.SECRET
        return Grade.PERSONAL if self.personal else Grade.PUBLIC


@dataclass(frozen=True, slots=True)
class SectionRule:
    """Questions of a long form that belong together, by the keys of their ``fields``.

    A citizen is asked one section on a page; an officer reads its name above them.
    """

    key: str
    name: Text
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """A paper that is handed in: how many originals and copies, and whether it must be there."""

    key: str
    name: Text
    required: bool
    originals: int
    copies: int
    note: Text | None
    source: Source | None


class FeeKind(StrEnum):
    """What the money is, by the law on fees and charges (97/2015/QH13, article 3)."""

    FEE = "fee"  # phí: pays for the work
    CHARGE = "charge"  # lệ phí: fixed by the law, whatever the work


@dataclass(frozen=True, slots=True)
class Condition:
    """An answer of the form is one of these; a yes or no answers ``true`` or ``false``."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who need not pay: told by an answer of the form, else by a paper the counter looks at."""

    key: str
    name: Text
    condition: Condition | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee in đồng (None: not stated), for each ``per`` if that is given.

    ``count`` is the number field that says how many times it is due; ``when`` the answer without
    which it is not due at all.
    """

    key: str
    name: Text
    amount: int | None
    per: Text | None
    note: Text | None
    source: Source | None
    kind: FeeKind = FeeKind.FEE
    count: str | None = None
    when: Condition | None = None
    exempt: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalRef:
    """A legal text that the procedure rests on."""

    text: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class LetterRule:
    """A paper that goes out; ``promises`` marks those that state the promised date."""

    key: str
    name: Text
    promises: bool


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How long the applicant has to answer the supplement move ``key``.

    After ``remind_after`` (None: never) they are reminded; when ``limit`` is over, the house makes
    the move ``then``. Both count from the asking, by the calendar of the receiving agency.
    """

    key: str
    limit: Limit
    remind_after: Limit | None
    then: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class PartRule:
    """A linked procedure (thủ tục liên thông) that a dossier opens once it has been received.

    It is filed with ``agency``: the receiving one, its superior, or that of a code. With ``after``
    it waits for the result of another part. The move ``before`` is not made until the part has a
    result or has fallen away. Its form is filled from ``fields`` (its own by ours) and the
    constants of ``answers``, its papers from ``papers``.
    """

    key: str
    name: Text
    procedure: str
    agency: str
    after: str
    before: str
    fields: Mapping[str, str]
    answers: Mapping[str, str]
    papers: Mapping[str, str]


@dataclass(frozen=True)
class Declaration:
    """A whole procedure. ``limit`` is the legal limit, None where the law states none.

    ``sets`` is how many sets of the papers are handed in (0: not stated).
    ``tiers`` are the tiers of agencies that receive it (empty: any). ``step_names`` and its
    sisters are by key of the flow; ``messages`` are sentences to the applicant with ``{code}``,
    ``{lookup}``, ``{due}`` and ``{answer_by}``. ``sources`` and ``notes`` are by the names in
    `FACTS`. ``apology`` is how long before the due date an apology is written at the latest.
    ``complaint`` marks a procedure whose dossiers are about the handling of another dossier.
    ``sections`` divide the fields of a long form, in their order; a short one has none.
    """

    code: str
    system: str
    name: Text
    short: Text
    group: Text
    level: Text
    decided_by: Text
    result: Text
    limit: Limit | None
    legal_basis: tuple[LegalRef, ...]
    channels: tuple[str, ...]
    tiers: tuple[str, ...]
    fields: tuple[FieldRule, ...]
    evidence: tuple[EvidenceRule, ...]
    fees: tuple[FeeRule, ...]
    flow: Definition
    step_names: Mapping[str, Text]
    move_names: Mapping[str, Text]
    leg_names: Mapping[str, Text]
    end_names: Mapping[str, Text]
    letters: tuple[LetterRule, ...]
    messages: Mapping[str, Text]
    sources: Mapping[str, Source]
    notes: Mapping[str, Text] = field(default_factory=dict)
    windows: tuple[WindowRule, ...] = ()
    apology: Limit | None = None
    sets: int = 0
    complaint: bool = False
    parts: tuple[PartRule, ...] = ()
    sections: tuple[SectionRule, ...] = field(default=(), metadata={UNSAID: True})

    @property
    def limit_source(self) -> Source | None:
        """Where the legal limit was read."""
        return self.sources.get("limit")

    @property
    def late_after(self) -> datetime.time | None:
        """Give the local time after which a same-day duty ends the next working day."""
        return self.limit.late_after if self.limit else None

    @property
    def taken_in_through(self) -> str:
        """Give the channel through which officers take it in; empty where they do not."""
        return next((one for one in TAKEN_IN if one in self.channels), "")

    @property
    def inward(self) -> bool:
        """Whether no citizen ever files it or asks for it: officers, devices or time open it."""
        return _INWARD.issuperset(self.channels)

    def window(self, move: str) -> WindowRule | None:
        """Give the answer window of a move that asks the applicant, if it has one."""
        return next((rule for rule in self.windows if rule.key == move), None)

    def part(self, key: str) -> PartRule | None:
        """Give the part of this key, if there is one."""
        return next((rule for rule in self.parts if rule.key == key), None)

    def promises(self, letter: str) -> bool:
        """Tell whether this letter states the promised date to the applicant."""
        return any(rule.key == letter and rule.promises for rule in self.letters)
