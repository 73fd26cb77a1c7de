"""The dossiers of the sample city: short stories in `stories.toml`, told by the real acts."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from random import Random

from motcua.core.access.actors import PUBLIC, house
from motcua.core.agencies.queries import agency_by_code
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.situation import read
from motcua.core.ledger.append import HOUSE, append_to_house
from motcua.core.ledger.models import Entry
from motcua.core.procedures.queries import current, declared
from motcua.core.sql import act, reading
from motcua.kernel.flow.definition import Kind
from motcua.site.sample.acting import NobodyThere, People, day_at, take_step
from motcua.site.sample.forms import filing

_ACT = "sample_dossiers"
_ACTOR = house("sample").key
_DAY = 8 * 60
_FIRST_CHANCE = 1975


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One dossier: where it was filed how many working days ago, and what was done to it since.

    `acts` are moves in order, each as `move` or `move:with` (the legs of a consultation, the
    number of the leg that replies, the agency that takes over); `pace` is working hours between.
    `fields` are answers of the form that chance does not make up.
    """

    of: str
    at: str
    days: float
    acts: str = ""
    pace: float = 3
    counter: bool = False
    fields: Mapping[str, object] = field(default_factory=dict)


def stories() -> tuple[Story, ...]:
    """Give the stories that are shipped."""
    text = (files("motcua.site.sample") / "stories.toml").read_text(encoding="utf-8")
    return tuple(Story(**row) for row in tomllib.loads(text)["story"])


def load_stories(at: datetime.datetime) -> int:
    """Tell every story up to `at`, all or none, once; give how many were told."""
    if Entry.objects.filter(stream=HOUSE, act=_ACT).exists():
        return 0
    told = stories()
    with act() as tx:
        for number, story in enumerate(told):
            tell(story, at, Random(_FIRST_CHANCE + number))  # noqa: S311 - made-up people
        data = {"dossiers": len(told)}
        append_to_house(tx, act=_ACT, at=at, actor=_ACTOR, data=data, origin="sample")
    return len(told)


def tell(story: Story, until: datetime.datetime, chance: Random) -> int:
    """Tell one story and give the dossier's id; no act of it happens after `until`."""
    place = agency_by_code(story.at)
    calendar = calendars[place.calendar]
    at = calendar.latest_start(until, round(story.days * _DAY))
    dossier_id = _file(story, place.id, at, chance)
    for word in story.acts.split():
        at = min(calendar.due(at, round(story.pace * 60)), until)
        _act(dossier_id, word, at, chance)
    return dossier_id


def _file(story: Story, agency_id: int, at: datetime.datetime, chance: Random) -> int:
    declaration = current(story.of).declaration
    actor = PUBLIC
    if story.counter:
        post = declaration.flow.step[declaration.flow.start].post
        found = People().one_of(agency_id, post, at, chance)
        if found is None:
            raise NobodyThere(agency=story.at, post=post, move="file")
        actor = found
    asked = filing(
        declaration,
        agency_id,
        chance,
        on=day_at(agency_id, at),
        channel=declaration.taken_in_through if story.counter else "online",
    )
    asked = replace(asked, fields={**asked.fields, **story.fields})
    done = file(actor=actor, at=at, filing=asked, key=None, take_in=story.counter, origin="sample")
    return done.dossier_id


def _act(dossier_id: int, word: str, at: datetime.datetime, chance: Random) -> None:
    snapshot = read(reading(), dossier_id)
    declaration = declared(snapshot.version_id)
    key, _, told = word.partition(":")
    kind = declaration.flow.move[key].kind
    order = MoveOrder(
        move=key,
        leg=int(told) if kind is Kind.REPLY else None,
        legs=tuple(told.split(",")) if kind is Kind.CONSULT else (),
        agency_id=agency_by_code(told).id if kind is Kind.HAND_OVER else None,
    )
    take_step(declaration, snapshot, order, at=at, chance=chance, people=People())
