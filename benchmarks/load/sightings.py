"""What the measurement of advertising numbers does in a process of its own: ADVERTS and OTHERS."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.core.access.actors import Actor

OPERATORS = ("viettel", "vnpt", "mobifone", "vietnamobile")
WORDS = ("Khoan cắt bê tông", "Thông tắc cống", "Chống thấm dột", "Chuyển nhà trọn gói")
HEADS = ("number", "kind", "place", "street", "text", "seen_on", "photo")


def number_of(one: int) -> str:
    """Give a made-up number: nobody's, for no operator has the range."""
    return f"09000{one:05}"


def sightings(adverts: int, others: int) -> Iterator[Sequence[object]]:
    """Give a made-up sighting of each number: those on walls, then those of messages and calls."""
    for one in range(adverts):
        words = f"{WORDS[one % 4]}, gọi {number_of(one)}"
        place = f"Cột điện trước số {one} phố Thử {one % 40}"
        yield (number_of(one), "advert", place, f"Phố Thử {one % 40}", words, "2026-10-01", "")
    for one in range(adverts, adverts + others):
        yield (number_of(one), ("spam", "fraud")[one % 2], "Tin nhắn", "", "", "2026-10-01", "")


def ported(count: int) -> Iterator[Sequence[object]]:
    """Tell an operator of each made-up number."""
    for one in range(count):
        yield (number_of(one), OPERATORS[one % len(OPERATORS)])


def sheet(heads: Sequence[str], rows: Iterator[Sequence[object]]) -> bytes:
    """Give rows as a file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Give the seconds that something took, and what it gave."""
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def nobody_came(actor: Actor, at: datetime.datetime) -> None:
    """Check, invite and wait in vain in every case, so that all are to be asked for."""
    from motcua.core.dossiers.moving import move
    from motcua.core.dossiers.orders import MoveOrder
    from motcua.systems.antispam.models import Case

    for case in Case.objects.all():
        for name in ("verify", "invite", "absent"):
            order = MoveOrder(move=name)
            move(actor=actor, at=at, dossier_id=case.dossier_id, order=order, key=None)


def main(adverts: int, others: int) -> None:
    """Load the sample city, and go from a file of sightings to draft letters."""
    from motcua.site.cli.django import ready

    ready()
    from motcua.core.access import actors
    from motcua.core.agencies.queries import agency_by_code, officers_of
    from motcua.core.clock.calendars import calendars
    from motcua.core.now import now
    from motcua.core.official.setting import lay_out
    from motcua.core.registers.importing import import_rows
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.rights import day_of
    from motcua.site.cli.migrate import bring_up
    from motcua.site.sample.loading import load_city
    from motcua.site.tuning import settle
    from motcua.systems.antispam.actions import draft_letters, open_cases
    from motcua.systems.antispam.queries import kinds_of

    bring_up()
    at = now()
    load_city(at)
    on = day_of(at)
    agency = agency_by_code("H26.12", on=on).id
    actor = actors.officer(*officers_of(agency, "specialist", on)[0], on)
    told = {"actor": actor, "at": at, "agency_id": agency}

    def taken(register: str, heads: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
        import_rows(**told, declaration=register_of(register), body=sheet(heads, rows))

    taken("ported_numbers", ("number", "operator"), ported(adverts + others))
    assert calendars["national"]  # as in a house that has been up for a while
    settle()  # as its processes do
    began = time.process_time()
    reading, _ = timed(lambda: taken("sightings", HEADS, sightings(adverts, others)))
    opening, opened = timed(lambda: open_cases(**told))
    moving, _ = timed(lambda: nobody_came(actor, at))
    drafting, letters = timed(lambda: draft_letters(**told))
    setting, pages = timed(lambda: [lay_out(one.document, at=at).pdf for one in letters])
    print(
        json.dumps(
            {
                "numbers": opened.cases,
                "letters": len(letters),
                "kinds": kinds_of(letters),
                "import_seconds": reading,
                "open_seconds": opening,
                "move_seconds": moving,
                "draft_seconds": drafting,
                "set_seconds": setting,
                "processor_seconds": time.process_time() - began,
                "pdf_bytes": sum(map(len, pages)),
            }
        )
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
