"""Notices into a file: the carrier of the sample city, and of tests.

Every notice is one JSON line of `sample-outbox.jsonl` in `settings.MOTCUA_HOME`; a repeat of an id
adds none. Like a mail server it refuses addresses under `.invalid`, the domain that never exists
(RFC 2606 §2), for good.
"""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings

from motcua.links.messages.addresses import address_of as registered_address
from motcua.links.messages.notice import Notice, render
from motcua.links.messages.port import AddressOf, Finding, Outgoing, Undelivered


class FileCarrier:
    """Keeps notices in a file instead of sending them."""

    def __init__(
        self, address_of: AddressOf = registered_address, *, path: Path | None = None
    ) -> None:
        self._address_of = address_of
        self.path = path or Path(settings.MOTCUA_HOME) / "sample-outbox.jsonl"

    def send(self, message: Outgoing) -> None:
        """Add the notice to the file unless its id is there already, or raise `Undelivered`."""
        notice = render(message, self._address_of)
        if notice.to.endswith(".invalid"):
            raise Undelivered(reason=f"{notice.to} does not exist", permanent=True)
        try:
            with self.path.open("a+", encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # two workers may send at once
                _add(file, message, notice)
        except OSError as error:
            raise Undelivered(reason=str(error), permanent=False) from error

    def kept(self) -> list[dict[str, Any]]:
        """Give the notices that were kept, the oldest first."""
        if not self.path.exists():
            return []
        return _lines(self.path.read_text(encoding="utf-8"))

    def check(self) -> list[Finding]:
        """Say that notices go to a file, and whether it can be written."""
        try:
            with self.path.open("a", encoding="utf-8"):
                ok = True
        except OSError:
            ok = False
        return [
            Finding(
                code="messages.sample",
                ok=ok,
                vi=f"Bản mẫu: thư báo được ghi vào tệp {self.path.name}, không gửi ra ngoài",
                en=f"Sample: notices are kept in the file {self.path.name} and sent to nobody",
            )
        ]


def _add(file: TextIO, message: Outgoing, notice: Notice) -> None:
    file.seek(0)
    text = file.read()
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        file.truncate(len(whole.encode()))  # a line that a killed worker left unfinished
    if any(row["id"] == message.id for row in _lines(whole)):
        return
    row = {
        "id": message.id,
        "receiver": message.receiver,
        "topic": message.topic,
        "dossier": message.dossier,
        "to": notice.to,
        "subject": notice.subject,
        "text": notice.text,
    }
    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]  # the last one has no end
