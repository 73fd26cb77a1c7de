"""`motcua simulate`: a made-up city's work through the real acts, over the past year."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, count

if TYPE_CHECKING:
    from motcua.site.sample.coming import Stretch

_TELL_EVERY = 500
_MARK_EVERY = 20_000


class NotAnInstant(Refused):
    """The end of the stretch cannot be read, or lies ahead."""

    code = "cli.not_an_instant"
    vi = "“{text}” không phải thời điểm đã qua; viết như 2026-11-20T17:00."
    en = "“{text}” is not an instant in the past; write it as 2026-11-20T17:00."


class NotAYear(Refused):
    """The year lies ahead, or its days are told otherwise as well."""

    code = "cli.not_a_year"
    vi = "Không mô phỏng được năm {year}: năm phải đã bắt đầu; không dùng cùng --first hay --days."
    en = "{year} cannot be simulated: it has to have begun; do not give --first or --days as well."


class NotADay(Refused):
    """The first day of the stretch cannot be read, or lies behind its end."""

    code = "cli.not_a_day"
    vi = "“{text}” không phải ngày trước lúc kết thúc; viết như 2025-11-20."
    en = "“{text}” is not a day before the end; write it as 2025-11-20."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dossiers", type=count, default=100, help="how many to file (100)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same dossiers (1)")
    parser.add_argument("--days", type=count, help="over how many days (365)")
    parser.add_argument("--year", type=count, help="all days of a year, with what it brought")
    parser.add_argument(
        "--first", default="", help="the first of these days (so that they end now)"
    )
    parser.add_argument("--until", default="", help="end of what is simulated (now)")
    parser.add_argument("--processes", type=count, help="how many at a time (1; PostgreSQL: cores)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Load the sample city where it is missing, simulate, and count what came out."""
    ready()
    from motcua.core.now import now
    from motcua.site.cli.migrate import bring_up
    from motcua.site.sample.former import covers_reform, former_city
    from motcua.site.sample.loading import load_city
    from motcua.site.sample.parts import processes, simulate_in_parts
    from motcua.site.sample.reforming import reforms
    from motcua.site.sample.simulation import results

    bring_up()
    at = now()
    stretch = _stretch(options, at)
    load_city(at)
    if covers_reform(stretch):
        load_city(at, former_city())
    began = time.perf_counter()
    many, progress = options.processes or processes(), _Progress()
    events = list(reforms(stretch))
    done = simulate_in_parts(stretch, count=many, events=events, tell=progress)
    seconds = time.perf_counter() - began
    told: dict[str, object] = {
        "dossiers": len(done.ids),
        "seed": options.seed,
        "from": done.begins.isoformat(),
        "until": done.until.isoformat(),
        "processes": many,
        "acts": done.acts.total(),
        "seconds": round(seconds, 2),
        "growth": progress.growth,
        "events": [event.at.isoformat() for event in events],
        "moves": dict(sorted(done.acts.items())),
        **results(done),
    }
    answer(options, told)
    return 0


def _stretch(options: argparse.Namespace, at: datetime.datetime) -> Stretch:
    from motcua.site.sample.coming import DAYS, stretch_of

    until, first = _instant(options.until, at), None
    if options.year:
        return _whole_year(options, until)
    if options.first:
        try:
            first = datetime.date.fromisoformat(options.first)
        except ValueError:
            raise NotADay(text=options.first[:40]) from None
        if first > until.date():
            raise NotADay(text=options.first[:40])
    return stretch_of(
        dossiers=options.dossiers,
        seed=options.seed,
        until=until,
        days=options.days or DAYS,
        first=first,
    )


def _whole_year(options: argparse.Namespace, until: datetime.datetime) -> Stretch:
    """Give the days of a year, as far as they have passed."""
    from motcua.core.clock.calendars import calendars
    from motcua.site.sample.coming import stretch_of

    if options.first or options.days or options.year > until.year:
        raise NotAYear(year=options.year)
    first, after = datetime.date(options.year, 1, 1), datetime.date(options.year + 1, 1, 1)
    zone = calendars["national"].tzinfo
    return stretch_of(
        dossiers=options.dossiers,
        seed=options.seed,
        until=min(until, datetime.datetime.combine(after, datetime.time(), zone)),
        days=(after - first).days,
        first=first,
    )


def _instant(text: str, at: datetime.datetime) -> datetime.datetime:
    """Read the end of the stretch; without a zone it is local time of the instance."""
    from django.utils.timezone import get_current_timezone

    if not text:
        return at.replace(microsecond=0)
    try:
        given = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise NotAnInstant(text=text[:40]) from None
    given = given if given.tzinfo else given.replace(tzinfo=get_current_timezone())
    if given > at:
        raise NotAnInstant(text=text[:40])
    return given


class _Progress:
    """Tells how far a run is, and keeps how long it took so far at every so many acts."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._last = 0
        self.growth: list[tuple[int, float]] = []

    def __call__(self, acts: int) -> None:
        if acts == self._last:
            return
        self._last = acts
        if acts % _MARK_EVERY == 0:
            self.growth.append((acts, round(time.perf_counter() - self._began, 1)))
        if acts % _TELL_EVERY == 0 and sys.stderr.isatty():
            print(f"\r{acts} …", end="", file=sys.stderr, flush=True)
