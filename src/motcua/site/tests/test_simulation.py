"""A simulated stretch: the same seed gives the same city's work, and the ledger stays whole."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.ledger.verify import verify
from motcua.core.sql import reading
from motcua.kernel.codes import PersonalNumber, Phone, TaxCode
from motcua.site.sample import pdf, people
from motcua.site.sample.loading import load_city
from motcua.site.sample.simulation import NothingToFile, results, simulate
from motcua.site.tests.conftest import AT, forget


def picture() -> list[tuple[object, ...]]:
    """Give everything about the dossiers but what must be unguessable."""
    columns = ("code", "state", "bucket", "fields", "filed_at", "due_at", "closed", "seq")
    rows = Dossier.objects.order_by("id")
    return list(rows.values_list(*columns, "applicant__name", "applicant__tax_code"))


def run_on_an_empty_instance(seed: int) -> list[tuple[object, ...]]:
    with transaction.atomic():
        load_city(AT)
        simulate(dossiers=25, seed=seed, until=AT)
        seen = picture()
        transaction.set_rollback(True)
    forget()
    return seen


def test_a_seed_fixes_everything(instance):
    assert run_on_an_empty_instance(7) == run_on_an_empty_instance(7)


def test_another_seed_is_another_city(instance):
    assert run_on_an_empty_instance(7) != run_on_an_empty_instance(8)


def test_sixty_dossiers_leave_a_clean_ledger_and_state(sample_city):
    run = simulate(dossiers=60, seed=1, until=AT)
    assert len(run.ids) == 60 < run.acts.total()
    assert list(check_state()) == []
    assert verify(tx=reading(), at=AT).ok


def test_a_second_run_adds_as_many_with_look_ups_of_their_own(sample_city):
    for _ in range(2):
        simulate(dossiers=10, seed=5, until=AT)
    assert Dossier.objects.count() == len(set(Dossier.objects.values_list("lookup"))) == 20


def test_nothing_happens_after_the_end_or_long_before(sample_city):
    run = simulate(dossiers=20, seed=2, until=AT)
    filed = Dossier.objects.order_by("filed_at").values_list("filed_at", flat=True)
    assert run.begins <= filed[0]
    assert not Dossier.objects.filter(finished_at__gt=AT).exists()


def test_results_count_every_dossier_once(sample_city):
    run = simulate(dossiers=30, seed=4, until=AT)
    told = results(run)
    assert sum(told["states"].values()) == sum(told["buckets"].values()) == 30


def test_without_agencies_there_is_nothing_to_simulate(instance):
    with pytest.raises(NothingToFile):
        simulate(dossiers=1, seed=1, until=AT)


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
