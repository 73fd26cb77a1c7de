"""What a procedure declares: steps, moves, legs and ends, as frozen data.

The words are those of `docs/glossary.md`. A definition has one *main token*: it stands on one
step, or on an end. A consultation is a *leg* of the step that opened it. Nothing here knows a
person, an agency or a calendar; agencies are named by rules which the dossier resolves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a move does to the tokens."""

    FORWARD = "forward"  # the main token goes on to `target`; the join of open legs must be met
    BACK = "back"  # the main token goes back to an earlier step; open legs are cancelled
    REFUSE = "refuse"  # to an end, with a reason; open legs are cancelled
    WITHDRAW = "withdraw"  # the applicant takes the dossier back: to an end
    STOP = "stop"  # the signer stops it with a written reason: to an end
    SUPPLEMENT = "supplement"  # asks the applicant; the main token stays and waits
    ANSWER = "answer"  # the applicant answers; the waiting ends
    CONSULT = "consult"  # opens legs; the main token stays
    REPLY = "reply"  # the holder of one leg answers it: that leg closes
    HAND_OVER = "hand_over"  # another agency or tier takes the step (or `target`) over
    ASSIGN = "assign"  # the step is given to a named officer; tokens stay
    APOLOGISE = "apologise"  # the promised date is moved by a letter; tokens stay
    REOPEN = "reopen"  # an ended dossier is taken up again, on a step


class Join(StrEnum):
    """When a forward move may leave a step whose legs are open."""

    ALL = "all"  # every leg has replied
    ANY = "any"  # at least one leg has replied
    DEADLINE = "deadline"  # every leg has replied, or is past its own deadline
    ASKED = "asked"  # somebody was asked, and every leg has replied


class ClockOp(StrEnum):
    """What happens to the legal clock of the dossier."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"  # counted again from the beginning, from this instant
    STOP = "stop"


class LegsThen(StrEnum):
    """What a move does to the legs that are open."""

    CANCEL = "cancel"
    KEEP = "keep"


FEE_WAIT = "fee_wait"


@dataclass(frozen=True, slots=True)
class Step:
    """A place where the main token can stand.

    ``state`` is the public state of the dossier (HANDBOOK §2.6) while it stands here, ``post``
    the kind of post that holds it, ``agency`` the rule that finds the agency: ``receiving``,
    ``same`` (the one that held the step before), ``superior`` (of the receiving agency) or
    ``code:H26.05``. ``minutes`` is the step's own limit in working minutes; ``counted`` tells
    whether those minutes belong to the legal limit (steps after the result do not).
    """

    key: str
    state: str
    post: str
    agency: str = "same"
    minutes: int = 0
    counted: bool = True

    @property
    def awaits_fee(self) -> bool:
        """Tell whether the applicant is awaited here, with the money: the clock may stand still."""
        return self.state == FEE_WAIT


@dataclass(frozen=True, slots=True)
class LegRule:
    """A consultation that a step may open: who answers it and within how many working minutes."""

    key: str
    agency: str
    post: str
    minutes: int


@dataclass(frozen=True, slots=True)
class End:
    """A place where the main token rests for ever: its public state and the outcome it means."""

    key: str
    state: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the procedure.

    ``sources`` are step keys, for REOPEN those of ends; ``target`` is a step or
    end key (None: the token stays).
    ``by`` lists who may do it: ``holder`` (the post holding the step or, for a reply, the leg),
    ``applicant``, ``house`` (nobody but a job of the house), or a kind of post.
    ``legs`` names the leg rules that a consultation may open,
    and for a forward move those without which the dossier may not go on;
    ``join`` is the condition under which a forward move may leave open legs behind;
    ``open_legs`` what becomes of them. ``clock`` acts on the legal clock; ``at_most`` limits how
    often the move may be done in one dossier (0: no limit). ``letter`` and ``message`` name what
    goes out; ``gives_code`` marks the move that receives the dossier (its code is given);
    ``paid`` the move that is not made before the fees have been paid.
    """

    key: str
    kind: Kind
    sources: tuple[str, ...]
    target: str | None = None
    by: tuple[str, ...] = ("holder",)
    reason: bool = False
    legs: tuple[str, ...] = ()
    join: Join = Join.ALL
    open_legs: LegsThen = LegsThen.CANCEL
    clock: ClockOp | None = None
    at_most: int = 0
    letter: str | None = None
    message: str | None = None
    gives_code: bool = False
    paid: bool = False


@dataclass(frozen=True)
class Definition:
    """A whole procedure as the engine sees it; ``start`` is where a filed dossier stands."""

    start: str
    steps: tuple[Step, ...]
    ends: tuple[End, ...]
    moves: tuple[Move, ...]
    legs: tuple[LegRule, ...] = ()

    @cached_property
    def step(self) -> dict[str, Step]:
        """Steps by key."""
        return {step.key: step for step in self.steps}

    @cached_property
    def end(self) -> dict[str, End]:
        """Ends by key."""
        return {end.key: end for end in self.ends}

    @cached_property
    def leg(self) -> dict[str, LegRule]:
        """Leg rules by key."""
        return {leg.key: leg for leg in self.legs}

    @cached_property
    def move(self) -> dict[str, Move]:
        """Moves by key."""
        return {move.key: move for move in self.moves}


@dataclass(frozen=True, slots=True)
class Leg:
    """An open or answered consultation; ``number`` is unique within the dossier for ever."""

    number: int
    key: str
    replied: bool = False


@dataclass(frozen=True, slots=True)
class Marking:
    """Where the tokens of one dossier are.

    ``at`` is a step or end key. ``waiting`` is true between a supplement and its answer.
    ``legs`` are those of the current step that were opened and neither cancelled nor left
    behind. ``used`` counts moves that have a limit (sorted pairs). ``next_leg`` is the number
    that the next leg gets. ``settled`` are the keys of legs (sorted) that replied in any step, or
    were behind when the dossier went forward: nobody need be asked about them again.
    """

    at: str
    waiting: bool = False
    legs: tuple[Leg, ...] = ()
    used: tuple[tuple[str, int], ...] = ()
    next_leg: int = 1
    settled: tuple[str, ...] = ()
