"""The replay said once more, minute by minute, where every minute is worked."""

from __future__ import annotations

import datetime as dt

from motcua.core.whatif.rules import Case, Office

BEGIN = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
Staff = dict[Office, tuple[int, int]]


def minute(at: dt.datetime) -> int:
    return int((at - BEGIN).total_seconds()) // 60


class Waiting:
    """A turn that is not over yet: what it needs, and what it waits for."""

    def __init__(self, case: Case, number: int, free: int) -> None:
        turn = case.turns[number]
        self.key, self.office = (case.id, number), turn.office
        begin = minute(turn.began)
        self.need = minute(turn.ended) - max(begin, free)
        self.before = (case.id, number - 1) if number else None
        self.gap = begin - (minute(case.turns[number - 1].ended) if number else 0)

    def ready(self, ended: dict[tuple[int, int], int], now: int) -> bool:
        if self.before is None:
            return now >= self.gap
        return self.before in ended and now >= ended[self.before] + self.gap


def ends(cases: list[Case], staff: Staff) -> dict[tuple[int, int], int]:
    """Give the minute at which each turn ends, by dossier and number of the turn."""
    queues, ended = _queues(cases), {}
    done = dict.fromkeys(queues, 0)
    now = 0
    while any(queues.values()):
        while _one_is_over(queues, ended, done, staff, now):
            pass
        for office, queue in queues.items():
            if queue and queue[0].ready(ended, now):
                done[office] += staff.get(office, (1, 1))[1]
        now += 1
    return ended


def _one_is_over(queues, ended, done, staff: Staff, now: int) -> bool:
    for office, queue in queues.items():
        if not queue or not queue[0].ready(ended, now):
            continue
        if done[office] >= queue[0].need * staff.get(office, (1, 1))[0]:
            ended[queue.pop(0).key] = now
            done[office] = 0
            return True
    return False


def _queues(cases: list[Case]) -> dict[Office, list[Waiting]]:
    told = [(turn.ended, case.id, turn.began, number, case)
            for case in cases for number, turn in enumerate(case.turns)]  # fmt: skip
    queues: dict[Office, list[Waiting]] = {}
    free: dict[Office, int] = {}
    for ended, _id, _began, number, case in sorted(told, key=lambda one: one[:4]):
        office = case.turns[number].office
        queues.setdefault(office, []).append(Waiting(case, number, free.get(office, 0)))
        free[office] = minute(ended)
    return queues
