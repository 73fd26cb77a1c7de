"""What is found: words as they stand, else the last as a beginning, else each as one."""

from __future__ import annotations

import pytest

from motcua.core.search.tests.finding import find
from motcua.core.search.words import Besides, Personal, put
from motcua.core.sql import reading

pytestmark = pytest.mark.django_db

MINE, OTHERS = 71, 72


@pytest.fixture
def spoken(db):
    tx = reading()
    texts = ["An", "an Bình", "Anh", "anh Bình", "Khanh Bình"]
    for dossier_id, text in enumerate(texts, 1):
        put(tx, dossier_id=dossier_id, texts=[text], scopes=[MINE])
    return tx


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("an", [2, 1]),
        ("anh", [4, 3]),
        ("a", [4, 3, 2, 1]),
        ("binh an", [2]),
        ("an b", [2]),
        ("anh b", [4]),
        ("a binh", [4, 2]),
        ("b a", [4, 2]),
        ("h", []),
    ],
)
def test_the_first_reading_that_finds_anything_is_the_answer(spoken, text, ids):
    assert find(text=text, scopes=[MINE], limit=9) == ids


def test_the_newest_are_kept_where_the_limit_cuts(spoken):
    assert find(text="a", scopes=[MINE], limit=3) == [4, 3, 2]
    assert find(text="an", scopes=[MINE], limit=1) == [2]


def test_what_others_hold_decides_for_nobody_how_words_are_read(spoken):
    put(spoken, dossier_id=6, texts=["Khanh", "B"], scopes=[OTHERS])
    assert find(text="khanh b", scopes=[MINE], limit=9) == [5]
    assert find(text="khanh b", scopes=[MINE, OTHERS], limit=9) == [6]


def test_personal_words_decide_where_they_are_clear(spoken):
    hidden = Personal(texts=("B",), clear=(MINE,))
    put(spoken, dossier_id=6, texts=["Khanh"], scopes=[MINE, OTHERS], personal=hidden)
    assert find(text="khanh b", scopes=[MINE], clear=[MINE], limit=9) == [6]
    assert find(text="khanh b", scopes=[MINE], limit=9) == [5]


def test_what_is_left_out_besides_decides_neither(spoken):
    below = Besides("{id} > %s", (2,))
    assert find(text="an", scopes=[MINE], besides=below, limit=9) == [4, 3]
