"""From a message to the plain text that a person reads."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.exchange.sealed import unseal
from motcua.links.messages.port import AddressOf, Outgoing, Undelivered

_FOOTER = (
    "Thư tự động, xin không trả lời. Số thông điệp: {id}\n"
    "This is an automatic message, please do not reply. Message number: {id}"
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file that goes with a letter, under this name."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter ready to go."""

    to: str
    subject: str
    text: str
    files: tuple[Attached, ...] = ()


def render(message: Outgoing, address_of: AddressOf) -> Notice:
    """Give the notice of a message; raises a permanent `Undelivered` where it has no way to be.

    Its text stands in `text`, or under seal in `sealed`.
    """
    to = address_of(message.receiver)
    if not to:
        raise Undelivered(reason=f"{message.receiver} has no e-mail address", permanent=True)
    # One line: a line break in a subject would add headers to the letter.
    subject = " ".join(_text(message, "subject").split())
    if "sealed" in message.payload:  # short words for one person's eyes, without a footer
        return Notice(to=to, subject=subject, text=unseal(_text(message, "sealed")))
    parts = [_text(message, "text").strip(), str(message.payload.get("link", ""))]
    body = "\n\n".join([*filter(None, parts), "-- \n" + _FOOTER.format(id=message.id)])
    return Notice(to=to, subject=subject, text=body + "\n", files=_files(message))


def _files(message: Outgoing) -> tuple[Attached, ...]:
    named = message.payload.get("files", ())
    return tuple(Attached(str(one["sha256"]), str(one["name"])) for one in named)


def _text(message: Outgoing, name: str) -> str:
    value = message.payload.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Undelivered(reason=f"the notice has no {name}", permanent=True)
    return value
