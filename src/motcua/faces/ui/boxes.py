"""A box of a form as the template `ui/field.html` draws it; every form is made of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was chosen before and need not be chosen again: its signed reference."""

    reference: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Lying:
    """A file that a draft holds: it is there whatever the form sends, until it is taken out."""

    number: int
    name: str
    size: int
    url: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One question.

    ``kind``: ``text multiline password email tel search number date choice radio file``. A date
    is three boxes named ``NAME.day``, ``.month``, ``.year``; a file box takes several files and
    lists those already ``kept`` as ticked boxes named ``kept.NAME``, and those ``lying`` in a draft
    each with a button that takes it out.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    day: str = ""
    month: str = ""
    year: str = ""
    kept: tuple[Kept, ...] = ()
    lying: tuple[Lying, ...] = ()
    autocomplete: str = ""
    inputmode: str = ""
    width: str = ""

    @property
    def id(self) -> str:
        """The id of the element that takes the focus."""
        return target(self.name)

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for `aria-describedby`."""
        there = [("hint", self.hint), ("error", self.error)]
        return " ".join(f"{self.id}-{name}" for name, text in there if text)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the error summary and the id it leads to."""

    target: str
    text: str


def target(name: str) -> str:
    """Give the id of the box of this name."""
    return "box-" + name.replace(".", "-")


def faults_of(boxes: Iterable[Box]) -> tuple[Fault, ...]:
    """Give the error summary of boxes, in the order of the page."""
    return tuple(Fault(box.id, box.error) for box in boxes if box.error)
