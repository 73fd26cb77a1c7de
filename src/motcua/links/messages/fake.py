"""Notices into a file: the carrier of the sample city, and of tests.

Every notice is one JSON line of `sample-outbox.jsonl` in `settings.MOTCUA_HOME`; a repeat of an id
adds none. Like a mail server it refuses addresses under `.invalid`, the domain that never exists
(RFC 2606 §2), for good.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Set
from pathlib import Path
from typing import Any, BinaryIO

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
        self._known = _Known()

    def send(self, message: Outgoing) -> None:
        """Add the notice to the file unless its id is there already, or raise `Undelivered`."""
        notice = render(message, self._address_of)
        if notice.to.endswith(".invalid"):
            raise Undelivered(reason=f"{notice.to} does not exist", permanent=True)
        try:
            with self.path.open("ab+") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # two workers may send at once
                if message.id not in self._known.ids(file):
                    file.write(_line(message, notice))
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


class _Known:
    """The ids that the file holds, read once: a file of many lines is not read for each new one.

    What other workers have added since is read on; a file that is another one, or has become
    shorter, is read anew. A line that a killed worker left unfinished is cut off.
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._file, self._read = 0, 0

    def ids(self, file: BinaryIO) -> Set[int]:
        """Give the ids in the file, which is open and locked."""
        about = os.fstat(file.fileno())
        if about.st_ino != self._file or about.st_size < self._read:
            self._ids, self._file, self._read = set(), about.st_ino, 0
        if about.st_size > self._read:
            self._read_on(file)
        return self._ids

    def _read_on(self, file: BinaryIO) -> None:
        file.seek(self._read)
        text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            file.truncate(self._read + len(whole))
        self._ids.update(row["id"] for row in _lines(whole.decode()))
        self._read += len(whole)


def _line(message: Outgoing, notice: Notice) -> bytes:
    row = {
        "id": message.id,
        "receiver": message.receiver,
        "topic": message.topic,
        "dossier": message.dossier,
        "to": notice.to,
        "subject": notice.subject,
        "text": notice.text,
        **({"files": [[one.name, one.sha256] for one in notice.files]} if notice.files else {}),
    }
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]  # the last one has no end
