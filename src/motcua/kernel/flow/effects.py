"""What a move brings about, told by the engine and carried out by the act."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.kernel.flow.definition import ClockOp


@dataclass(frozen=True, slots=True)
class StepLeft:
    """The main token left this step."""

    step: str


@dataclass(frozen=True, slots=True)
class StepEntered:
    """The main token came to this step (possibly the same step under another holder)."""

    step: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """The current step was given to a named officer."""

    step: str


@dataclass(frozen=True, slots=True)
class PromiseMoved:
    """The promised date gives way to a later one, with an apology; the legal one stays."""


@dataclass(frozen=True, slots=True)
class LegOpened:
    """A consultation was opened."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class LegReplied:
    """A consultation was answered."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class LegCancelled:
    """A consultation was called off; its holder gets notice."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The legal clock started, paused, resumed, restarted or stopped."""

    op: ClockOp


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The dossier was received: its code is given now."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The main token reached an end."""

    end: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LetterDue:
    """This letter goes out."""

    letter: str


@dataclass(frozen=True, slots=True)
class MessageDue:
    """This message goes to the applicant."""

    message: str


Effect = (
    StepLeft
    | StepEntered
    | Assigned
    | PromiseMoved
    | LegOpened
    | LegReplied
    | LegCancelled
    | ClockMoved
    | CodeGiven
    | Ended
    | LetterDue
    | MessageDue
)
