"""The boxes in which a post is given, and what they say when they come back."""

from __future__ import annotations

import datetime
from typing import TypedDict

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.staff.mandate import agencies_headed, posts_to_give
from motcua.core.staff.rules import BadPeriod
from motcua.faces.desk.ordering import day_in, number
from motcua.faces.desk.words import language, post_names
from motcua.faces.ui.boxes import Box
from motcua.kernel.errors import Invalid
from motcua.kernel.vietnamese import sort_key


class Given(TypedDict):
    """A post as a form gives it."""

    agency_id: int
    post: str
    since: datetime.date
    reads_agency: bool


def post_boxes(actor: Actor, on: datetime.date, sent: QueryDict) -> list[Box]:
    """Ask for a post in one of the agencies that the actor heads, from a day on."""
    nodes = [agency(number_) for number_ in agencies_headed(actor, on)]
    nodes.sort(key=lambda node: sort_key(node.name_vi))
    names = post_names()
    given = dict.fromkeys(post for node in nodes for post in posts_to_give(actor, node.id))
    return [
        Box(
            name="agency",
            label=_("Cơ quan"),
            kind="choice",
            value=sent.get("agency", ""),
            required=True,
            choices=tuple((str(node.id), node.name(language())) for node in nodes),
        ),
        Box(
            name="post",
            label=_("Vị trí"),
            kind="choice",
            value=sent.get("post", ""),
            required=True,
            choices=tuple((post, names.get(post, post)) for post in given),
        ),
        day_box(sent, "since", _("Từ ngày")),
        Box(
            name="reads",
            label=_("Được xem"),
            kind="radio",
            value=sent.get("reads", "own"),
            required=True,
            choices=(
                ("own", _("Hồ sơ được giao cho mình và vị trí của mình")),
                ("agency", _("Mọi hồ sơ của cơ quan và cấp dưới")),
            ),
        ),
    ]


def day_box(sent: QueryDict, name: str, label: str) -> Box:
    """Ask for a day."""
    return Box(
        name=name,
        label=label,
        kind="date",
        required=True,
        day=sent.get(f"{name}.day", ""),
        month=sent.get(f"{name}.month", ""),
        year=sent.get(f"{name}.year", ""),
    )


def given_post(sent: QueryDict) -> Given:
    """Read a post off what was sent; raises `BadPeriod` for a day that is none."""
    return Given(
        agency_id=number(sent, "agency") or 0,
        post=sent.get("post", ""),
        since=given_day(sent, "since"),
        reads_agency=sent.get("reads") == "agency",
    )


def given_day(sent: QueryDict, name: str) -> datetime.date:
    """Read a day that must be there; raises `BadPeriod`."""
    try:
        day = day_in(sent, name)
    except Invalid as wrong:
        raise BadPeriod from wrong
    if day is None:
        raise BadPeriod
    return day
