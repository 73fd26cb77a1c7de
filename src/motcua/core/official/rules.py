"""What a document may become and by whom, and how its number, place and day are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motcua.core.official.kinds import Kind

ORDINARY = "thường"
"""The only grade of secrecy that this house takes (HANDBOOK §4.3)."""

AUTHORITIES = ("", "TM.", "KT.", "TL.", "TUQ.", "Q.")
"""How a signer signs: in their own right, for a collective, in place of, by order, …"""


URGENCIES = ("ordinary", "urgent", "very_urgent", "express")
"""How urgent a document is, the least first; kept as its place in this row."""
STAMPS = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
"""What is stamped on it, by its place in `URGENCIES` (HANDBOOK §4.1)."""


class State(StrEnum):
    """Where an outgoing document stands; `signing` and `numbered` wait for a signature."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNING = "signing"
    SIGNED = "signed"
    NUMBERED = "numbered"
    ISSUED = "issued"
    UPDATED = "updated"
    REPLACED = "replaced"
    REVOKED = "revoked"
    DROPPED = "dropped"


OPEN = (State.DRAFT, State.REVIEWED, State.SIGNING, State.SIGNED, State.NUMBERED)
GONE_OUT = (State.ISSUED, State.UPDATED, State.REPLACED, State.REVOKED)
IN_FORCE = (State.ISSUED, State.UPDATED)


class Role(StrEnum):
    """Who makes a move, beside the house."""

    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    SIGNER = "signer"
    CLERK = "clerk"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Move:
    """A move: from which states, to which, by whom; `reason`: it states one; `proof`: it signs."""

    sources: tuple[State, ...]
    target: State
    by: tuple[Role, ...]
    reason: bool = False
    proof: bool = False


MOVES: dict[str, Move] = {
    "rewrite": Move((State.DRAFT,), State.DRAFT, (Role.DRAFTER,)),
    "drop": Move((State.DRAFT,), State.DROPPED, (Role.DRAFTER,), reason=True),
    "review": Move((State.DRAFT,), State.REVIEWED, (Role.REVIEWER,)),
    "send_back": Move(
        (State.REVIEWED, State.SIGNED),
        State.DRAFT,
        (Role.REVIEWER, Role.SIGNER, Role.CLERK),
        reason=True,
    ),
    "sign": Move((State.REVIEWED,), State.SIGNING, (Role.SIGNER,), proof=True),
    "issue": Move((State.SIGNED,), State.NUMBERED, (Role.CLERK,), proof=True),
    "send": Move((State.ISSUED, State.UPDATED), State.ISSUED, (Role.CLERK,)),
    "returned": Move((State.ISSUED, State.UPDATED), State.ISSUED, (Role.CLERK,), reason=True),
    "sign_made": Move((State.SIGNING,), State.SIGNED, (Role.HOUSE,)),
    "sign_failed": Move((State.SIGNING,), State.REVIEWED, (Role.HOUSE,)),
    "issue_made": Move((State.NUMBERED,), State.ISSUED, (Role.HOUSE,)),
}
"""Every move of an outgoing document; what another document makes of it is in `EFFECTS`."""

EFFECTS: dict[str, State] = {
    "revoke": State.REVOKED,
    "replace": State.REPLACED,
    "update": State.UPDATED,
}
"""What issuing a document that says so makes of the document it names."""


def offered(state: str, roles: frozenset[Role]) -> tuple[str, ...]:
    """Give the moves that somebody in these roles may make of a document in this state."""
    return tuple(
        name
        for name, move in MOVES.items()
        if state in move.sources and not roles.isdisjoint(move.by)
    )


def two_digits(number: int) -> str:
    """Write a number as a document does: below 10 with a leading 0."""
    return f"{number:02d}"


def signs_of(kind: Kind, agency: str, unit: str) -> str:
    """Give the signs after the number: `QĐ-SKHCN`, of a letter `SKHCN-CNTT`."""
    return "-".join(filter(None, (kind.code, agency) if kind.code else (agency, unit)))


def number_text(number: int, signs: str) -> str:
    """Give number and signs as the document bears them: `05/QĐ-SKHCN`."""
    return f"{two_digits(number)}/{signs}"


def abbreviation(name: str) -> str:
    """Give the signs of an agency by its Vietnamese name: first letters, without “và”.

    People's committees of all tiers write `UBND`.
    """
    words = name.split()
    if " ".join(words[:3]).casefold() in {"ủy ban nhân", "uỷ ban nhân"}:
        return "UBND"
    letters = (word[0].upper() for word in words if word.casefold() != "và")
    return "".join(letter for letter in letters if letter.isalpha())[:20]
