"""Notices by e-mail, over SMTP.

Django's own settings say how: `EMAIL_HOST`, `EMAIL_PORT`, `EMAIL_HOST_USER`,
`EMAIL_HOST_PASSWORD`, `EMAIL_USE_TLS` or `EMAIL_USE_SSL`, `EMAIL_TIMEOUT` (seconds, 30 where it
is not set) and `DEFAULT_FROM_EMAIL`.

E-mail cannot take a letter back: a repeat arrives again, but under the same `Message-ID`, made of
the message's id and the sender's domain, by which mail programs and people recognise it. A reply
code from 500 on refuses for good (RFC 5321 §4.2.1); what concerns this installation rather than
the receiver (sign-in, sender, connection) is tried again until someone has put it right.
"""

from __future__ import annotations

import smtplib
import threading
import time
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from motcua.core.files.store import path_of
from motcua.links.messages.addresses import address_of as registered_address
from motcua.links.messages.notice import render
from motcua.links.messages.port import AddressOf, Finding, Outgoing, Undelivered

_TIMEOUT_SECONDS = 30
_LOOK_SECONDS = 5.0  # somebody waits for the page that tells of it
_PAUSE_SECONDS = 5.0
_LETTERS_A_LINE = 50
_FIRST_PERMANENT_REPLY = 500


class EmailCarrier:
    """Carries notices to the e-mail addresses of their receivers.

    Letters that follow one another closely share a connection: to sign in costs far more.
    """

    def __init__(self, address_of: AddressOf = registered_address) -> None:
        self._address_of = address_of
        self._line = _Line()

    def send(self, message: Outgoing) -> None:
        """Hand the notice to the mail server, or raise `Undelivered`."""
        notice = render(message, self._address_of)
        letter = EmailMessage(
            notice.subject,
            notice.text,
            to=[notice.to],
            headers={"Message-ID": _letter_id(message), "Auto-Submitted": "auto-generated"},
        )
        try:
            for one in notice.files:
                body = path_of(one.sha256).read_bytes()
                letter.attach(one.name, body, "application/pdf")
            self._line.send(letter)
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(reason=_told(error), permanent=_is_permanent(error)) from error
        except ValueError as error:  # an address or header that no letter can have
            raise Undelivered(reason=str(error), permanent=True) from error

    def close(self) -> None:
        """Hang up; the next letter has a connection of its own."""
        self._line.hang_up()

    def check(self) -> list[Finding]:
        """Look at the sender's address and sign in at the mail server, without sending."""
        return [_sender(), _server()]


class _Line(threading.local):
    """The connection of this thread, kept while letters follow one another closely.

    It is hung up after an error, after a pause and after so many letters as servers commonly
    take from one connection.
    """

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None
        self._letters, self._used = 0, 0.0

    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter; raises what the mail server or the network does."""
        backend = self._open()
        try:
            backend.send_messages([letter])
        except BaseException:
            self.hang_up()
            raise
        self._letters, self._used = self._letters + 1, time.monotonic()

    def _open(self) -> EmailBackend:
        paused = time.monotonic() - self._used > _PAUSE_SECONDS
        if self._backend is not None and (paused or self._letters >= _LETTERS_A_LINE):
            self.hang_up()
        if self._backend is None:
            backend = _backend()
            backend.open()
            self._backend, self._letters = backend, 0
        return self._backend

    def hang_up(self) -> None:
        """Take leave of the server, if there is a connection."""
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(smtplib.SMTPException, OSError):
                backend.close()


def _backend(*, at_most: float | None = None) -> EmailBackend:
    seconds = settings.EMAIL_TIMEOUT or _TIMEOUT_SECONDS
    return EmailBackend(timeout=seconds if at_most is None else min(seconds, at_most))


def _letter_id(message: Outgoing) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<motcua-{message.id}@{domain}>"


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _FIRST_PERMANENT_REPLY for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= _FIRST_PERMANENT_REPLY


def _told(error: Exception) -> str:
    return f"the mail server at {settings.EMAIL_HOST}: {type(error).__name__} {error}"


def _sender() -> Finding:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        validate_email(sender)
        ok = not sender.endswith("@localhost")
    except ValidationError:
        ok = False
    return Finding(
        code="messages.sender",
        ok=ok,
        vi=f"Địa chỉ gửi (DEFAULT_FROM_EMAIL): {sender}",
        en=f"Sender's address (DEFAULT_FROM_EMAIL): {sender}",
    )


def _server() -> Finding:
    where, failure = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", ""
    backend = _backend(at_most=_LOOK_SECONDS)
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        failure = f": {type(error).__name__} {error}"
    finally:
        backend.close()
    return Finding(
        code="messages.server",
        ok=not failure,
        vi=f"Máy chủ thư {where} (EMAIL_HOST, EMAIL_PORT){failure or ': kết nối được'}",
        en=f"Mail server {where} (EMAIL_HOST, EMAIL_PORT){failure or ': connected'}",
    )
