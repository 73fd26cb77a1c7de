"""E-mails that are brought into a register: a file of one (.eml) or of many (.mbox).

Which registers take them, and what a mail becomes there, a system says by `MAILS` in its
`forms.py`. RFC 5322, 2045; the parts of a message as `email` of the standard library reads them.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from django.utils import timezone

from motcua.core.procedures.told import one_told

_LONGEST = 20_000
_BEGINS = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]*:)")
_NEXT = re.compile(rb"(?:\A|(?<=\n\n))From [^\n]*\n")  # as mbox separates, after an empty line
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_NO_TEXT = frozenset({"script", "style", "title"})


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says; `reference` is the same whenever that mail is brought again."""

    reference: str
    sender: str
    subject: str
    text: str
    sent_on: datetime.date | None

    @property
    def whole(self) -> str:
        """Who wrote it, about what, and its words."""
        return f"{self.sender}\n{self.subject}\n\n{self.text}"


Turn = Callable[[Mail], Mapping[str, str]]
"""Gives the cells of a row for a mail."""


def turn_of(register: str) -> Turn | None:
    """Give how a mail becomes a row of a register; None where a register takes none."""
    turn: Turn | None = one_told("forms", "MAILS", register)
    return turn


def mails_in(body: bytes) -> list[Mail]:
    """Give the mails of a file; none where it is no file of mails."""
    if not _BEGINS.match(body):
        return []
    found = [_mail(part) for part in _parts(body.replace(b"\r\n", b"\n"))]
    return [one for one in found if one is not None]


def _parts(body: bytes) -> Iterator[bytes]:
    if not body.startswith(b"From "):
        yield body
        return
    for part in _NEXT.split(body):
        if part.strip():
            yield _QUOTED.sub(rb"\1", part)


def _mail(body: bytes) -> Mail | None:
    message = message_from_bytes(body, policy=policy.default)
    assert isinstance(message, EmailMessage)  # by its policy
    sender, told = _header(message, "From"), _header(message, "Date")
    if not sender or not told:
        return None
    named = _header(message, "Message-ID").encode() or body
    return Mail(
        reference=hashlib.sha256(named).hexdigest()[:16],
        sender=sender,
        subject=_header(message, "Subject"),
        text=_text(message),
        sent_on=_day(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError):  # a header that breaks its reader
        return ""


def _day(message: EmailMessage) -> datetime.date | None:
    try:
        sent = message["Date"].datetime
    except (ValueError, IndexError, AttributeError):
        return None
    if sent is None:
        return None
    if sent.tzinfo is None:
        sent = sent.replace(tzinfo=datetime.UTC)
    return timezone.localtime(sent).date()


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a charset that nobody knows
        text = data.decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        text = _words(text)
    return text.strip()[:_LONGEST]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _NO_TEXT
        self.found.append("\n" if tag in {"br", "p", "div", "tr", "li"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _NO_TEXT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _words(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    return "".join(reader.found)
