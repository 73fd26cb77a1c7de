"""The users: each goes through lifecycles, create → assign → resolve → search, one call each."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from benchmarks.load.client import Answer, Broken, Client

CALLS = ("create", "assign", "resolve", "search")
PROCEDURE = "9.000001"
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
_GIVEN = (
    *("An", "Bình", "Châu", "Chi", "Diễm", "Dũng", "Đạt", "Giang", "Hà", "Hằng", "Hiếu", "Hoa"),
    *("Khánh", "Kiên", "Lan", "Linh", "Mai", "Minh", "Nam", "Nga", "Ngọc", "Oanh", "Phúc"),
    *("Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thu", "Trang", "Tuấn", "Uyên", "Vân", "Xuân"),
)
_SYLLABLES = 4  # so many given names that a search by name finds one dossier among a million


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune and the keys of those who work there."""

    code: str
    counter: str
    head: str
    specialist: str
    specialist_id: int


@dataclass(slots=True)
class Log:
    """What one user saw: when each call ended (monotonic), which it was, and how long it took."""

    calls: list[tuple[float, int, float]] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class User(threading.Thread):
    """One user; works until told to stop, in a commune after another."""

    def __init__(self, port: int, communes: list[Commune]) -> None:
        super().__init__(daemon=True)
        self.log = Log()
        self._port, self._communes = port, communes
        self._chance = Random()
        self._ended = threading.Event()

    def stop(self) -> None:
        """Let the user finish the lifecycle at hand and go."""
        self._ended.set()

    def run(self) -> None:
        """Go through lifecycles until stopped, each over a connection of its own.

        Nobody works for ever over one connection, and one that lasts stays with the web process
        that took it first, however busy that is.
        """
        for turn in itertools.count():
            if self._ended.is_set():
                return
            try:
                with Client(self._port) as client:
                    self._lifecycle(client, self._communes[turn % len(self._communes)])
            except (Broken, KeyError) as wrong:
                self.log.errors.append(f"{type(wrong).__name__}: {wrong}")

    def _lifecycle(self, client: Client, commune: Commune) -> None:
        given = self._chance.sample(_GIVEN, _SYLLABLES)  # twice the same is one word to a search
        name = " ".join((self._chance.choice(_FAMILY), *given))
        filing: dict[str, object] = {
            "procedure": PROCEDURE,
            "agency": commune.code,
            "applicant": {"name": name, "phone": f"0912{self._chance.randrange(10**6):06}"},
            "fields": {"content": "Đo tải"},
            "channel": "counter",
            "take_in": True,
        }
        told = self._post(client, 0, "/api/v1/dossiers", commune.counter, filing, 201).json()
        moves = f"/api/v1/dossiers/{told['lookup']}/moves"
        assign: dict[str, object] = {"move": "assign", "officer": commune.specialist_id}
        self._post(client, 1, moves, commune.head, assign, 200)
        self._post(client, 2, moves, commune.specialist, {"move": "resolve"}, 200)
        self._search(client, commune.head, name, str(told["lookup"]))
        self.log.done.append(time.monotonic())

    def _post(
        self,
        client: Client,
        call: int,
        path: str,
        token: str,
        body: dict[str, object],
        wanted: int,
    ) -> Answer:
        began = time.monotonic()
        answer = client.post(path, token, uuid.uuid4().hex, body)
        self._note(call, began, answer, wanted)
        return answer

    def _search(self, client: Client, token: str, words: str, lookup: str) -> None:
        began = time.monotonic()
        answer = client.get(f"/api/v1/dossiers?q={quote(words)}", token)
        self._note(3, began, answer, 200)
        if lookup.encode() not in answer.body:
            raise Broken(f"search did not find what was made: {answer.body[:200]!r}")

    def _note(self, call: int, began: float, answer: Answer, wanted: int) -> None:
        ended = time.monotonic()
        self.log.calls.append((ended, call, ended - began))
        if answer.status != wanted:
            raise Broken(f"{CALLS[call]}: {answer.status} {answer.body[:300]!r}")
