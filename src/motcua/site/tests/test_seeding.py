"""A seeded database holds the rows that the real acts would have written, and nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from random import Random

import pytest
from django.db import connection, transaction

from motcua.core.access import totals
from motcua.core.agencies.models import Agency
from motcua.core.dossiers import store
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.exchange.carriers import Outgoing, connect
from motcua.core.exchange.delivery import deliver_due
from motcua.core.facts.tallies import fold, live
from motcua.core.ledger.verify import verify
from motcua.core.people.numbers import number_hash, seal_number
from motcua.core.sql import reading
from motcua.kernel.codes import make_lookup, parse_lookup
from motcua.site.sample.loading import RealCity
from motcua.site.seeding import casting, pouring, seeding, symbols
from motcua.site.seeding.dialects import dialect, generated, tables
from motcua.site.seeding.moulds import Unproved
from motcua.site.seeding.playing import play
from motcua.site.seeding.stories import Stretch
from motcua.site.seeding.symbols import Ids, lookup_of
from motcua.site.tests.conftest import AT, forget

DOSSIERS = 1000

# What may differ: numbers that the database gives to rows which nothing refers to by them, and
# cells of the live counts that came back to nothing, which only folding leaves.
UNREFERRED = {
    "dossiers_indexedfield",
    "exchange_message",
    "facts_tally",
}


class Everywhere:
    """A carrier that reaches everybody."""

    def send(self, message: Outgoing) -> None: ...


@pytest.fixture
def city(instance):
    connect("notice", Everywhere())
    number_hash(seal_number("1").hex())  # the house's keys must not be drawn by the test's chance
    return seeding.stretch_of(seeding.prepare(AT), dossiers=DOSSIERS, seed=3, until=AT)


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table; without their ids where nothing refers to them."""
    found = {}
    for table, columns in tables().items():
        kept = [one for one in columns if one != "id" or table not in UNREFERRED]
        found[table] = sorted(dialect().read(table, kept), key=repr)
    found["facts_tally"] = sorted(live().items())
    return found


def same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(5)
    monkeypatch.setattr(secrets, "token_bytes", chance.randbytes)


def told_to_the_acts(stretch: Stretch, after: Ids) -> dict[str, list[tuple[object, ...]]]:
    """Tell every story to the real acts, deliver and count; nothing of it stays."""
    with transaction.atomic():
        casting.count_from(casting.DOSSIERS, after.dossier + 1)
        casting.count_from(casting.PARTIES, after.party + 1)
        for number in range(stretch.chunks):
            for story in stretch.chunk(number):
                play(story)
        while deliver_due(AT, limit=DOSSIERS * 2):
            pass
        fold(batch=DOSSIERS * 4)
        totals.fold(batch=DOSSIERS * 100)
        found = rows()
        transaction.set_rollback(True)
    forget()
    return found


def drawn(_number: int) -> str:
    """Give a look-up number as the acts draw one: it is all that a story takes from its number."""
    return make_lookup(secrets.token_bytes(16))


def poured(stretch: Stretch, after: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    made = casting.foundry(stretch, seeding.shapes_of(stretch))
    same_chance(monkeypatch)
    monkeypatch.setattr(symbols, "lookup_of", drawn)
    pouring.pour(pouring.Work(made, stretch, after), processes=1, tell=lambda _: None)
    monkeypatch.undo()


def test_every_row_is_the_one_that_the_real_acts_write(city, monkeypatch):
    after = Ids(7000, 9000)
    same_chance(monkeypatch)
    wanted = told_to_the_acts(city, after)
    monkeypatch.undo()
    poured(city, after, monkeypatch)
    seeding.write_sums(city, after)
    found = rows()
    assert len(wanted["dossiers_dossier"]) == DOSSIERS
    for table in wanted:
        assert found[table] == wanted[table], table


def test_only_ids_that_nothing_refers_to_were_left_out_of_the_comparison():
    written = generated() & {*tables()}
    assert written >= UNREFERRED
    assert not {casting.DOSSIERS, casting.PARTIES} & UNREFERRED


def test_the_stories_are_of_every_kind(city):
    stories = [story for number in range(city.chunks) for story in city.chunk(number)]
    assert {story.shape.bucket for story in stories} == {"", "early", "on_time", "late"}
    assert {story.shape.acts for story in stories} == {1, 2, 3}
    assert {story.shape.kind for story in stories} == {"person", "enterprise"}
    assert {story.shape.place for story in stories} == {*range(36)}
    assert all(story.times[-1] <= AT for story in stories)
    assert len({story.times[0].date() for story in stories}) > DOSSIERS / 2


def test_what_is_seeded_is_sealed_and_verifies(instance):
    done = seeding.seed(dossiers=150, seed=1, at=AT, processes=1)
    assert (done.dossiers, done.seals) == (150, 1)
    assert set(Dossier.objects.values_list("origin", flat=True)) == {"sample"}
    assert list(check_state()) == []
    assert verify(tx=reading(), at=AT).ok
    assert indexes() >= {
        "scope_listed",
        "dossier_by_receipt",
        "ledger_entry_unsealed",
    }
    with pytest.raises(seeding.NotEmpty):
        seeding.seed(dossiers=1, seed=1, at=AT, processes=1)


def test_no_made_up_dossiers_come_among_real_agencies(instance):
    Agency.objects.create(code="H26", tier="city", name_vi="x", name_en="x", short_name="x")
    with pytest.raises(RealCity):
        seeding.prepare(AT)


def test_an_act_that_writes_more_than_its_mould_knows_stops_the_seeding(city, monkeypatch):
    real, noise = store.write_fact, iter(range(1000))

    def noisy(tx, plan, dossier_id, *, recorded):
        real(tx, plan, dossier_id, recorded=recorded)
        store.write_remark(tx, dossier_id, 1, "noise", f"{next(noise)}", b"0" * 16)

    monkeypatch.setattr(store, "write_fact", noisy)
    with pytest.raises(Unproved, match="dossiers_remark"):
        casting.foundry(city, seeding.shapes_of(city))


def indexes() -> Iterable[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {
            name
            for table in tables
            for name in connection.introspection.get_constraints(cursor, table)
        }


def test_no_two_stories_have_one_look_up_number():
    numbers = [*range(1, 3000), *range(999_000, 1_000_000)]
    found = {lookup_of(number) for number in numbers}
    assert len(found) == len(numbers)
    assert all(parse_lookup(one) == one for one in found)
