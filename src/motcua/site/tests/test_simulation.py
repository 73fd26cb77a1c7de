"""A simulated stretch: the same seed gives the same city's work, and the ledger stays whole."""

from __future__ import annotations

import datetime
import json
from functools import cache
from random import Random

import pytest
from django.db import transaction
from django.db.models import Max
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.agencies.models import Absence, Delegation
from motcua.core.dossiers.models import Dossier, Tie
from motcua.core.dossiers.reconcile import check_state
from motcua.core.fees.models import Receipt
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import verify
from motcua.core.people.models import Interest
from motcua.core.ratings.models import Rating
from motcua.core.sql import reading
from motcua.kernel.codes import PersonalNumber, Phone, TaxCode
from motcua.site.sample import acting, pdf, people, simulation
from motcua.site.sample.coming import stretch_of
from motcua.site.sample.events import Event
from motcua.site.sample.loading import load_city
from motcua.site.sample.simulation import NothingToFile, results, simulate
from motcua.site.tests.conftest import AT, forget


def stretch(dossiers: int, seed: int, *, until=AT, days: int = 365):
    return stretch_of(dossiers=dossiers, seed=seed, until=until, days=days)


def picture() -> list[tuple[object, ...]]:
    """Give everything about the dossiers but what must be unguessable, and who was away."""
    columns = ("code", "state", "bucket", "fields", "filed_at", "due_at", "closed", "seq")
    rows = Dossier.objects.order_by(
        "filed_at", "version__procedure__code", "receiving_agency__code"
    )
    away = Absence.objects.order_by("valid_from", "officer__name")
    return [
        *rows.values_list(*columns, "applicant__name", "applicant__tax_code"),
        *away.values_list("officer__name", "stand_in__name", "valid_from", "valid_to"),
        *Rating.objects.order_by("given_at", "id").values_list("given_at", "channel", "comment"),
        *Entry.objects.exclude(stream=HOUSE).order_by("at", "act").values_list("at", "act"),
    ]


def alone(work) -> list[tuple[object, ...]]:
    """Give the picture that some work leaves of an empty instance, which is then taken back."""
    with transaction.atomic():
        load_city(AT)
        work()
        seen = picture()
        transaction.set_rollback(True)
    forget()
    return seen


def lived_through(seed: int, dossiers: int = 40):
    return alone(lambda: simulate(stretch(dossiers, seed)))


@cache
def whole(seed: int, dossiers: int = 40):
    """Give what a stretch comes to when nothing breaks it off; it is the same each time."""
    return lived_through(seed, dossiers)


def test_a_seed_fixes_everything(instance):
    assert lived_through(7) == whole(7)


def test_another_seed_is_another_city(instance):
    assert whole(7) != whole(8)


def test_another_year_may_be_added_to_the_same_city(instance):
    def both():
        simulate(stretch(20, 7))
        simulate(stretch(20, 8))
        assert [*check_state()] == []

    assert len(alone(both)) > len(whole(7, dossiers=20))


class Broken(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("acts", [1, 45, 90])
def test_a_run_that_is_broken_off_goes_on_to_the_same_city(instance, monkeypatch, acts):
    monkeypatch.setattr(simulation, "BATCH", 7)

    def broken_off():
        def tell(done: int) -> None:
            if done >= acts:
                raise Broken

        with pytest.raises(Broken):
            simulate(stretch(40, 7), tell=tell)
        simulate(stretch(40, 7))

    assert alone(broken_off) == whole(7)


def test_a_run_that_ended_is_not_done_again(sample_city):
    simulate(stretch(30, 5))
    before = picture()
    again = simulate(stretch(30, 5))
    assert picture() == before
    assert again.acts.total() == 0
    assert len(again.ids) >= 30


def test_a_later_end_goes_on_with_the_same_year(instance):
    first = (AT - datetime.timedelta(days=364)).date()

    def twice():
        for days_before in (90, 0):
            until = AT - datetime.timedelta(days=days_before)
            simulate(stretch_of(dossiers=40, seed=3, until=until, days=365, first=first))

    assert alone(twice) == whole(3)


def test_the_parts_of_a_stretch_make_up_the_whole(instance):
    def parts():
        for part in range(3):
            simulate(stretch(40, 7).dealt(part, 3))

    told = [row for row in alone(parts) if len(row) > 4]
    assert told == [row for row in whole(7) if len(row) > 4]


def test_sixty_dossiers_leave_a_clean_ledger_and_state(sample_city):
    run = simulate(stretch(60, 1))
    assert len(run.ids) >= 60
    assert run.acts.total() > 60
    assert list(check_state()) == []
    assert verify(tx=reading(), at=AT).ok


def test_everything_made_is_marked_as_sample(sample_city):
    simulate(stretch(40, 1))
    assert set(Dossier.objects.values_list("origin", flat=True)) == {"sample"}


def test_nothing_happens_after_the_end_or_long_before(sample_city):
    run = simulate(stretch(60, 2, days=60))
    filed = Dossier.objects.order_by("filed_at").values_list("filed_at", flat=True)
    assert run.begins <= filed[0]
    acts = Entry.objects.exclude(stream=HOUSE).aggregate(last=Max("at"))
    assert acts["last"] <= AT


def test_people_are_away_and_others_act_for_them(sample_city):
    simulate(stretch(250, 3, days=120))
    lent = [
        json.loads(body)["data"].get("for")
        for body in Entry.objects.values_list("body", flat=True)
        if '"for"' in body
    ]
    assert Absence.objects.exclude(stand_in=None).exists()
    assert any(lent)


def test_powers_are_lent_and_interests_declared_once(sample_city):
    simulate(stretch(5, 3))
    lent = Delegation.objects.filter(absence=None)
    assert {row.post for row in lent} == {"leader"}
    declared = Interest.objects.filter(kind=Interest.Kind.FIRM)
    before = lent.count(), declared.count()
    assert min(before) > 1
    simulate(stretch(5, 3))
    assert (lent.count(), declared.count()) == before


def test_a_receipt_made_out_wrong_is_voided_and_made_anew(sample_city, monkeypatch):
    monkeypatch.setattr(acting, "_WRONG_RECEIPT", 1)
    simulate(stretch(60, 1))
    voided = Receipt.objects.exclude(voided_seq=None).count()
    assert voided == Receipt.objects.filter(voided_seq=None, total__gt=0).count() > 0
    assert list(check_state()) == []


def test_some_rate_and_some_complain(sample_city):
    run = simulate(stretch(400, 6))
    assert run.acts["rate"] == Rating.objects.filter(replaced_seq=None).count() > 0
    assert run.acts["complain"] == Tie.objects.filter(kind="complaint").count() > 0


def test_what_happens_to_the_city_happens_at_its_time(sample_city):
    seen = []
    at = AT - datetime.timedelta(days=30)

    def look(then):
        seen.append((then, Dossier.objects.filter(filed_at__gt=then).count()))

    simulate(stretch(40, 1), events=[Event(at, look)])
    assert seen == [(at, 0)]


def test_results_count_every_dossier_once(sample_city):
    run = simulate(stretch(30, 4))
    told = results(run)
    assert sum(told["states"].values()) == sum(told["buckets"].values()) == len(run.ids)


def test_without_agencies_there_is_nothing_to_simulate(instance):
    with pytest.raises(NothingToFile):
        simulate(stretch(1, 1))


@settings(max_examples=50)
@given(st.integers())
def test_made_up_numbers_are_valid_in_shape(seed):
    chance, today = Random(seed), datetime.date(2026, 1, 1)
    person, firm = people.person(chance), people.enterprise(chance)
    assert PersonalNumber.parse(person["number"], on=today).province
    assert TaxCode.parse(firm["tax_code"], on=today).kind == "main"
    assert Phone.parse(person["phone"]).kind == "mobile"


def test_a_made_up_paper_is_a_pdf_with_its_table_in_place():
    data = pdf.page("Giấy (đề) nghị")
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data.startswith(b"%PDF-")
    assert data[start:].startswith(b"xref")
    assert b"GIAY DE NGHI" in data
