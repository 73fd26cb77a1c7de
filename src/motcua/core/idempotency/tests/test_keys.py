"""Request keys: whose, for what, with which body."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from motcua.core.idempotency import keys
from motcua.core.idempotency.models import RequestKey
from motcua.core.sql import act, reading

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)


def asked(**changes) -> keys.Request:
    plain = {"actor": "officer:1", "operation": "move", "key": "k", "body": {"move": "agree"}}
    return keys.request(**{**plain, **changes})


def take(request: keys.Request, *, at: datetime.datetime = AT) -> None:
    with act() as tx:
        keys.take(tx, request, stream=7, seq=3, at=at)


def test_an_equal_request_is_answered_by_the_entry_of_the_first():
    assert keys.earlier(reading(), asked()) is None
    take(asked())
    assert keys.earlier(reading(), asked()) == (7, 3)


@pytest.mark.parametrize("change", [{"actor": "officer:2"}, {"operation": "file"}, {"key": "K"}])
def test_another_actor_operation_or_key_is_another_request(change):
    take(asked())
    assert keys.earlier(reading(), asked(**change)) is None


def test_the_parts_of_a_scope_cannot_run_together():
    assert asked(actor="a", operation="bc") != asked(actor="ab", operation="c")


def test_another_body_is_refused():
    take(asked())
    with pytest.raises(keys.KeyReused):
        keys.earlier(reading(), asked(body={"move": "refuse"}))


def test_the_order_of_names_and_the_form_of_letters_make_no_other_body():
    words = "Đống Đa"
    one = asked(body={"a": words, "b": 1})
    assert one == asked(body={"b": 1, "a": unicodedata.normalize("NFD", words)})


def test_who_comes_second_is_told_and_writes_nothing():
    take(asked())
    with pytest.raises(keys.Repeated):
        take(asked())
    assert RequestKey.objects.count() == 1


def test_two_keys_that_meet_in_the_id_are_told_apart():
    import dataclasses

    take(asked())
    with pytest.raises(keys.KeyReused):
        keys.earlier(reading(), dataclasses.replace(asked(), scope=b"x" * 16))


def test_forgetting_goes_in_batches(monkeypatch):
    monkeypatch.setattr(keys, "_BATCH", 2)
    for number in range(5):
        take(asked(key=str(number)))
    turns = []
    for _ in range(3):
        with act() as tx:
            turns.append(keys.forget(tx, at=AT + keys.KEPT + datetime.timedelta(seconds=1)))
    assert (turns, RequestKey.objects.count()) == ([True, True, False], 0)
