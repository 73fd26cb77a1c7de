"""The sample city: real enough to show every page, loaded once, never among real agencies."""

from __future__ import annotations

import json

import pytest

from motcua.core.accounts.factors import use_code
from motcua.core.accounts.proving import prove_password
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree, tree
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account, Officer
from motcua.core.procedures.queries import published
from motcua.core.procedures.systems import systems
from motcua.site.authenticators import code_of
from motcua.site.sample.city import city, post_names
from motcua.site.sample.loading import OtherSample, RealCity, load_city
from motcua.site.tests.conftest import AT


def test_every_officer_signs_in_with_the_one_password(sample_city):
    who = {"username": "motcua", "sender": "127.0.0.1", "at": AT}
    account = prove_password(**who, password=city().password)
    assert account.officer.name == "Phạm Ngọc Ánh"
    assert use_code(at=AT, account_id=account.pk, code=code_of("motcua", AT)) == "totp"


def test_one_account_and_one_post_an_officer(sample_city):
    assert Account.objects.count() == Appointment.objects.count() == sample_city.officers > 20


def test_appointments_are_entries_of_the_house(sample_city):
    told = [json.loads(body) for body in Entry.objects.values_list("body", flat=True)]
    acts = [(body["act"], body["origin"]) for body in told]
    assert acts.count(("appoint", "sample")) == Appointment.objects.count()


def test_every_step_of_every_procedure_is_held_by_somebody(sample_city):
    posts = {step.post for one in published() for step in one.declaration.flow.steps}
    assert posts <= set(Appointment.objects.values_list("post", flat=True)) <= post_names().keys()


def test_a_real_city_is_left_alone(instance):
    Agency.objects.create(code="H29", tier="city", name_vi="Thành phố", name_en="City")
    with pytest.raises(RealCity):
        load_city(AT)


def test_the_sample_of_another_province_can_be_shown_instead(instance, monkeypatch):
    monkeypatch.setenv("MOTCUA_SAMPLE_CITY", "quang-ninh")
    assert load_city(AT).agencies == 4
    assert load_city(AT).agencies == 0
    forget_tree()
    assert tree().head(AT.date()).name_vi == "Ủy ban nhân dân tỉnh Quảng Ninh"
    counter = Officer.objects.get(staff_number="motcua")
    assert counter.email == "motcua@quang-ninh.example"


def test_two_sample_cities_do_not_mix(sample_city, monkeypatch):
    monkeypatch.setenv("MOTCUA_SAMPLE_CITY", "quang-ninh")
    with pytest.raises(OtherSample, match="Hà Nội"):
        load_city(AT)


def test_its_agencies_receive_procedures_that_name_no_agency_of_hanoi(monkeypatch):
    monkeypatch.setenv("MOTCUA_SAMPLE_CITY", "quang-ninh")
    texts = {
        name.removesuffix(".toml"): text
        for one in systems()
        for name, text in one.procedures.items()
    }
    received = {code for one in city().agencies for code in one.receives}
    assert received
    assert not [code for code in received if "code:H26" in texts[code]]
