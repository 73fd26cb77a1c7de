"""No column that can hold a person's words is forgotten by erasure."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from motcua.core.access import forgetting
from motcua.core.erasure import clearing
from motcua.core.erasure.columns import FREE, PERSONAL, Until, tables_of
from tests.architecture.tree import PACKAGE

_WORDS = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
)


def words_of(fields: list[models.Field]) -> list[str]:
    """Give the columns that can hold words or bytes, aside from those with a list of choices."""
    return [one.column for one in fields if isinstance(one, _WORDS) and not one.choices]


def said() -> Counter[tuple[str, str]]:
    personal = [
        (table, column)
        for table, rules in PERSONAL.items()
        for columns in rules.values()
        for column in columns.split()
    ]
    free = [(table, column) for table, columns in FREE.items() for column in columns.split()]
    return Counter(personal + free)


def test_a_new_column_is_seen():
    fields = [models.CharField(), models.TextField(), models.IntegerField(), models.EmailField()]
    for field, name in zip(fields, "abcd", strict=True):
        field.set_attributes_from_name(name)
    assert words_of(fields) == ["a", "b", "d"]


def test_every_column_says_once_what_becomes_of_it():
    there = [
        (model._meta.db_table, column)
        for model in apps.get_models(include_auto_created=True)
        for column in words_of(list(model._meta.concrete_fields))
    ]
    assert said() == Counter(there)


@pytest.mark.parametrize("table", tables_of(Until.ERASED))
def test_what_goes_with_a_dossier_is_named_where_it_is_cleared(table):
    modules = (clearing, forgetting)
    texts = [PACKAGE.parent.joinpath(f"{one.__name__.replace('.', '/')}.py") for one in modules]
    assert any(table in path.read_text(encoding="utf-8") for path in texts)
