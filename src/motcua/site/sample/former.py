"""The sample city before 1/7/2025: which agencies it had, and when they end.

What a run plans hangs on the files alone, never on whether the reform has been: a run that was
broken off after it goes on to the same year.
"""

from __future__ import annotations

import datetime
from functools import cache
from importlib.resources import files

from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import Node
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Order
from motcua.site.declared import City, read_city
from motcua.site.sample.coming import Stretch


def _file(name: str) -> str:
    return (files("motcua.site.sample") / name).read_text(encoding="utf-8")


@cache
def former_city() -> City:
    """Give the agencies and officers of the time before the reform."""
    return read_city(_file("former.toml"))


@cache
def order() -> Order:
    """Give the plan of the reform."""
    return read_plan(_file("reform.toml"))


def covers_reform(stretch: Stretch) -> bool:
    """Tell whether the day of the reform lies in a stretch."""
    return stretch.first < order().on < stretch.first + datetime.timedelta(days=stretch.days)


def end_of(node: Node) -> datetime.date | None:
    """Give the day from which an agency is no more, known or planned."""
    return node.valid_to or (order().on if node.code in order().ending else None)


def former_officers() -> frozenset[int]:
    """Give those who served at an agency that the reform ends: they come to its heirs by it."""
    held = Appointment.objects.filter(agency__code__in=order().ending)
    return frozenset(held.values_list("officer_id", flat=True))
