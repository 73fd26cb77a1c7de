"""Killed between sightings and letters, and run again: the same letters, numbers and counts."""

from __future__ import annotations

import json

import pytest

from motcua.systems.antispam.tests.child import ADVERTS, OTHERS, PHOTOS

ALL = ADVERTS + OTHERS
NOTHING = {
    "records": 0,
    "versions beside": 0,
    "photos": 0,
    "cases": [0, 0, 0],
    "letters": {},
    "drafted": [0, 0, 0],
    "kinds": {},
    "found": [],
}
READ = {**NOTHING, "records": ALL}
OPENED = {**READ, "cases": [ALL] * 3}
DRAFTED = {
    **OPENED,
    "letters": {"mobifone": 434, "viettel": 434, "vietnamobile": 433, "vnpt": 434},
    "drafted": [4, 4, ALL],
    "kinds": {"advert": ADVERTS, "spam": 14, "fraud": 13},
}


@pytest.mark.recovery
def test_killed_on_the_way_from_sightings_to_letters_nothing_is_half_or_twice(child):
    def told() -> dict:
        return json.loads(child.says("check")[-1])

    child.says("make")
    for stretch, after, before, done in (
        ("import", 1, NOTHING, READ),
        ("cases", 5, READ, OPENED),
    ):
        child.is_killed(stretch, after=after)
        assert told() == before
        child.says(stretch)
        assert told() == done
        child.says(stretch)
        assert told() == done
    child.says("moves")
    child.is_killed("draft", after=2)
    assert told() == OPENED
    for _ in range(2):
        child.says("draft")
        assert told() == DRAFTED


@pytest.mark.recovery
def test_killed_while_photos_come_in_there_are_none_or_all_of_them(child):
    def told() -> list[int]:
        found = json.loads(child.says("check")[-1])
        assert found["found"] == []
        return [found["records"], found["photos"]]

    child.says("make")
    for after in (1, 3):
        child.is_killed("photos", after=after)
        assert told() == [0, 0]
    for _ in range(2):
        child.says("photos")
        assert told() == [PHOTOS, PHOTOS]
