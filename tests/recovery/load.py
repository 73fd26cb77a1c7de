"""A client that files and moves dossiers over HTTP and repeats what was not answered."""

from __future__ import annotations

import http.client
import ipaddress
import json
import threading
import time
import zlib

# Each act of a dossier's life: who, which move (None: filing), what else.
LIFE = (
    ("counter", "receive", {}),
    ("unit_head", "assign", {}),
    ("specialist", "consult", {"reason": "Xin ý kiến.", "legs": ["police"]}),
    ("police", "reply", {"reason": "Đồng ý.", "leg": 1}),
    ("specialist", "submit", {}),
    ("unit_head", "agree", {}),
    ("leader", "issue", {}),
    ("counter", "return", {}),
)
# What the applicant is told in that life, each once: to whom, and what about.
NOTICES = [["party", "received"], ["party", "ready"]]
FILING = {
    "procedure": "9.000001",
    "agency": "H26.12",
    "applicant": {"name": "Nguyễn Trường Đạt", "phone": "0912 345 678"},
    "fields": {"licence": "GP 12", "expires": "2036-12-01"},
    "evidence": [{"component": "request", "originals": 1}],
}
_ANSWERED = (200, 201)
_LATER = (502, 503)
_NO_ROOM = 507
_TIMEOUT = 10


class Client(threading.Thread):
    """Takes dossiers through their life, one after the other, until told to stop."""

    def __init__(
        self, name: str, port: int, officers: dict[str, dict], stopping: threading.Event
    ) -> None:
        super().__init__(name=name)
        self._port, self._officers, self._stopping = port, officers, stopping
        self.acknowledged: dict[str, list[tuple[str, str]]] = {}
        self.repeats = 0
        self.no_room: list[dict] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """File and move; what was begun is brought to its end, so that nothing is left open."""
        number = 0
        while not self._stopping.is_set() and not self.wrong:
            number += 1
            try:
                self._life(f"{self.name}.{number}")
            except Wrong as wrong:
                self.wrong.append(str(wrong))

    def _life(self, key: str) -> None:
        done = self._post("/dossiers", FILING, None, key)
        lookup = done["lookup"]
        acts = self.acknowledged[lookup] = [("file", done["entry"])]
        for who, move, wishes in LIFE:
            said = {"move": move, **wishes}
            if move == "assign":
                said["officer"] = self._officers["specialist"]["id"]
            done = self._post(f"/dossiers/{lookup}/moves", said, who, f"{key}.{move}")
            acts.append((move, done["entry"]))

    def _post(self, address: str, body: dict, who: str | None, key: str) -> dict:
        """Send until it is answered; what was cut off is sent again under the same key."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                status, told = self._once(address, body, who, key)
            except (OSError, http.client.HTTPException):
                self.repeats += 1
                time.sleep(0.05)
                continue
            if status in _ANSWERED:
                return json.loads(told)
            if status == _NO_ROOM:
                self.no_room.append(json.loads(told)["error"])
            elif status not in _LATER:
                raise Wrong(f"{key}: {status} {told[:500]}")
            time.sleep(0.05)
        raise Wrong(f"{key}: not answered")

    def _once(self, address: str, body: dict, who: str | None, key: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT)
        # From one address a stranger may not file as many as this.
        sender = ipaddress.IPv4Address(0x0A000000 + zlib.crc32(key.encode()) % 2**24)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Forwarded-For": str(sender),
        }
        if who is not None:
            headers["Authorization"] = f"Bearer {self._officers[who]['key']}"
        try:
            connection.request("POST", f"/api/v1{address}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


class Wrong(Exception):
    """An answer that no crash explains."""
