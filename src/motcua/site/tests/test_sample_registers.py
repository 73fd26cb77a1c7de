"""The registers of the sample city: taken in like an officer's files, as long as their parts."""

from __future__ import annotations

import csv
import itertools
import math
from importlib.resources import files

import pytest
from django.db.models import Sum

from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordLink
from motcua.core.registers.reading import read
from motcua.core.registers.reconcile import check_records
from motcua.core.registers.tests import samples
from motcua.kernel.geometry import RADIUS
from motcua.site.sample.registers import in_order, load_registers
from motcua.site.setup import ensure_areas
from motcua.site.tests.conftest import AT

SPANS = files("motcua.systems") / "telecom" / "sample" / "telecom_spans.csv"
Place = tuple[float, ...]


def lines() -> list[list[Place]]:
    """Give the lines of the file, read here without the house's own reader."""
    with SPANS.open(encoding="utf-8") as file:
        told = [row["geometry"][12:-1] for row in csv.DictReader(file)]
    return [[tuple(map(float, one.split())) for one in line.split(", ")] for line in told]


def chord(a: Place, b: Place) -> float:
    """Give the metres between two places by the chord of their vectors, not by the haversine."""
    (ax, ay), (bx, by) = ([math.radians(one) for one in place] for place in (a, b))
    u, v = (
        (math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y))
        for x, y in ((ax, ay), (bx, by))
    )
    return RADIUS * 2 * math.asin(math.dist(u, v) / 2)


def test_spans_are_as_long_as_their_parts(sample_city):
    ensure_areas(AT)
    load_registers(AT)
    told = Record.objects.filter(register="telecom_spans").aggregate(all=Sum("metres"))["all"]
    parts = sum(chord(a, b) for line in lines() for a, b in itertools.pairwise(line))
    assert told == pytest.approx(parts, rel=1e-3)
    assert RecordLink.objects.filter(key="begins").count() == len(lines())
    assert list(check_records()) == []
    assert load_registers(AT) == 0


def test_what_is_named_comes_before_what_names_it(registers):
    assert [one.key for one in in_order(registers[::-1])] == ["named", "naming"]


@pytest.fixture
def registers() -> list[RegisterDeclaration]:
    told = {"named": samples.SITES, "naming": samples.SPANS.replace("trial_sites", "named")}
    return [read(text, key=key, system="trial") for key, text in told.items()]
