"""Search without accents, by words or their beginnings, within an actor's rights."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from motcua.core.access import actors
from motcua.core.dossiers import listing
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, dossiers, find_one
from motcua.core.dossiers.tests.world import make_world
from motcua.core.search.tests.finding import find
from motcua.core.sql import reading
from tests.counted import counted


@pytest.fixture
def world(db):
    return make_world()


def found(world, who: str, words: str) -> int:
    return dossiers(world.officers[who], Filter(words=words)).total


@pytest.mark.parametrize(
    "words",
    [
        "Nguyễn Trường Đạt",
        "nguyen truong dat",
        "dat nguyen",
        "NGUYỄN",
        "trươ",
        "ngu tr d",
        unicodedata.normalize("NFD", "Trường Đạt"),
        "thủ tục thử",
    ],
)
def test_words_are_found_however_they_are_typed(world, words):
    world.take_in()
    assert found(world, "counter", words) == 1


@pytest.mark.parametrize("words", ["nguyen van", "uyen", "s1s", "truong truongg"])
def test_other_words_are_not(world, words):
    world.take_in()
    assert found(world, "counter", words) == 0


def test_a_number_finds_its_dossier_however_it_is_typed(world):
    done = world.take_in()
    world.take_in()
    for words in (done.code, done.code.lower(), f" {done.code} ", done.lookup, done.lookup.lower()):
        assert found(world, "counter", words) == 1, words


def test_nobody_finds_what_they_may_not_read(world):
    done = world.take_in()
    for words in ("nguyen", done.code, done.lookup):
        for who in ("police", "external", "other_head"):
            assert found(world, who, words) == 0
        assert dossiers(actors.PUBLIC, Filter(words=words)).total == 0


def test_who_reads_only_their_own_work_finds_that_and_nothing_else(world):
    world.to("appraise")
    assert found(world, "specialist", "nguyen") == 1
    assert found(world, "second", "nguyen") == 0


def test_newer_dossiers_of_others_cut_nothing_off_what_is_theirs(world, monkeypatch):
    mine = world.to("appraise")
    for _ in range(3):
        world.take_in()
    monkeypatch.setattr(listing, "FOUND_AT_MOST", 2)
    listed = dossiers(world.officers["specialist"], Filter(words="nguyen"))
    assert [row.id for row in listed.rows] == [mine.dossier_id]
    assert found(world, "counter", "nguyen") == 2


def test_the_applicant_finds_their_own(world):
    done = world.take_in()
    world.take_in()
    assert dossiers(world.applicant(done), Filter(words="nguyen")).total == 1


def test_who_is_consulted_finds_it_from_then_on_but_by_no_personal_word(world):
    done = world.to("appraise")
    assert found(world, "police", "thu tuc thu") == 0
    world.move(done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=5)
    assert found(world, "police", "thu tuc thu") == 1
    assert found(world, "police", "nguyen") == found(world, "police", "thu nguyen") == 0


@pytest.mark.parametrize(
    "words",
    ['"', "'", "*", "a*b", "NEAR(", "OR", "AND NOT", "words : x", "s1s' | 'x", "\\", "\0", "\ud800",
     "đ" * 5000, " ", "(((", "'w':* & ", "-", "!x", "&", ":*", "<->", "x'--"],
)  # fmt: skip
def test_words_are_never_a_query_language(world, words):
    world.take_in()
    assert found(world, "counter", words) == (0 if words.strip() else 1)


@pytest.mark.parametrize("number", ["", "\0", "\ud800", "H26.12-261102-0001\0", "%", "_" * 11])
def test_a_number_that_cannot_be_is_not_found(world, number):
    from motcua.core.dossiers.situation import NotFound

    world.take_in()
    with pytest.raises(NotFound):
        find_one(world.officers["counter"], number)


@pytest.mark.parametrize("page", [-1, 0, 2, 10**30])
def test_a_page_beyond_the_list_is_empty_or_the_first(world, page):
    world.take_in()
    listed = dossiers(world.officers["counter"], Filter(), page=page)
    assert (len(listed.rows), listed.total) == (1 if page < 2 else 0, 1)


@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_a_filter_that_no_dossier_has_finds_none(world, odd):
    world.take_in()
    for wanted in (Filter(state=odd), Filter(procedure=odd), Filter(agency_id=2**70)):
        assert dossiers(world.officers["counter"], wanted).total == 0


def test_without_rights_nothing_is_asked(db):
    assert find(text="nguyen", scopes=(), limit=5) == []


def asked_for(world, who: str, words: str) -> tuple[int, int]:
    """Give how many statements a search takes, and how many dossiers it finds."""
    with counted(reading()) as told:
        return found(world, who, words), len(told)


def test_a_number_that_may_not_be_read_is_looked_for_like_one_that_is_not_there(world):
    done = world.take_in()
    for number, no_number in ((done.lookup, "BCR3B-KT94C"), (done.code, done.code[:-4] + "9999")):
        assert asked_for(world, "police", number) == asked_for(world, "police", no_number)
        assert asked_for(world, "counter", number)[0] == 1


def test_who_is_a_party_finds_nothing_of_theirs_and_all_else_as_if_it_were_not_there(world):
    mine = world.take_in(applicant={"name": "Trần Thị Bình", "phone": "0912345679"})
    other = world.take_in(applicant={"name": "Trần Thị Bình Minh", "phone": "0912345670"})
    counter = world.officers["counter"]
    party = Dossier.objects.get(pk=mine.dossier_id).applicant_id
    barred = replace(counter, barred=frozenset({party}))
    for words in ("tran thi binh", "binh", mine.code, mine.lookup):
        rows = dossiers(barred, Filter(words=words)).rows
        assert mine.dossier_id not in {row.id for row in rows}, words
    assert [row.id for row in dossiers(barred, Filter(words="tran thi binh")).rows] == [
        other.dossier_id
    ]
