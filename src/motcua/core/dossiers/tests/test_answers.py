"""Identity numbers of a form lie encrypted in the row, and everything else still agrees."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.dossiers import answers
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, dossiers
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import FieldType, _field, declaration, make_world, publish
from motcua.core.procedures.declaration import Grade
from motcua.core.search.words import put
from motcua.core.sql import act

NUMBER = "001190000345"
FIELDS = {"licence": "GP 12", "expires": "2026-12-01", "owner": NUMBER}


def secretive(code: str = "9.000002"):
    told = declaration(code)
    owner = _field("owner", FieldType.PERSONAL_NUMBER, required=False)
    return replace(told, fields=(*told.fields, owner))


@pytest.fixture
def world(db):
    found = make_world()
    publish(secretive())
    return found


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "licence": st.text(max_size=20),
        "copies": st.integers(),
        "owner": st.from_regex(r"[0-9]{12}", fullmatch=True),
    },
)


@given(values=VALUES)
def test_what_was_written_is_read_and_no_secret_lies_in_clear(values):
    text = answers.written(secretive(), values)
    assert answers.read(text) == values
    assert ("owner" in values) is isinstance(json.loads(text).get("owner"), dict)


def test_a_number_lies_encrypted_and_the_state_reconciles(world):
    done = world.take_in(procedure="9.000002", fields=FIELDS)
    row = Dossier.objects.get(pk=done.dossier_id)
    assert NUMBER not in row.fields
    assert answers.read(row.fields) == FIELDS
    assert list(check_state()) == []
    other = answers.written(secretive(), {**FIELDS, "owner": "001190000346"})
    Dossier.objects.update(fields=other)
    assert {one.code for one in check_state()} == {"state.uncommitted"}


def test_what_lay_in_clear_is_sealed_by_the_migration_and_opened_by_its_way_back(world):
    migration = importlib.import_module("motcua.core.dossiers.migrations.0003_secret_answers")
    done = world.take_in(procedure="9.000002", fields=FIELDS)
    plain = json.dumps(FIELDS, ensure_ascii=False)
    Dossier.objects.update(fields=plain)
    with act() as tx:  # as rows were written before: every word for everybody with the row
        put(tx, dossier_id=done.dossier_id, texts=["Nguyễn Trường Đạt"], scopes=())
    migration.seal(apps, None)
    assert NUMBER not in Dossier.objects.get().fields
    assert dossiers(world.officers["counter"], Filter(words="truong dat")).total == 1
    assert dossiers(world.officers["leader"], Filter(words="truong dat")).total == 0
    assert list(check_state()) == []
    migration.open_again(apps, None)
    assert Dossier.objects.get().fields == plain


def test_grades_follow_from_type_and_flag():
    text, number = _field("a", FieldType.TEXT), _field("b", FieldType.PERSONAL_NUMBER)
    tax = _field("c", FieldType.TAX_CODE)
    assert [one.grade for one in (text, number, tax)] == [
        Grade.PUBLIC,
        Grade.SECRET,
        Grade.PUBLIC,
    ]
    assert replace(text, personal=True).grade is Grade.PERSONAL
    assert replace(tax, personal=True).grade is Grade.SECRET
