"""Messages that come in: kept whole, once, with their sender masked; orders to the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.access.actors import house
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.models import Entry
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.rights import NotYourRegister
from motcua.core.registers.showing import Shower
from motcua.systems.antispam.events import take_message
from motcua.systems.antispam.rules import Message, SenderMissing

SPAM = Message(
    code="5656-1",
    channel="sms_5656",
    text="S [01681234567][Vay tiền nhanh]\u0007",
    sender="0912345678",
    received_on=DAY,
)


def take(actor, message=SPAM, **more):
    return take_message(actor=actor, at=MONDAY, message=replace(message, **more))


def kept(taken) -> dict:
    return answers.read(Record.objects.get(pk=taken.record_id).values)


def test_a_report_is_kept_whole_and_by_its_parts(specialist):
    told = kept(take(specialist))
    assert (told["kind"], told["source"], told["content"]) == (
        "sms",
        "0381234567",
        "Vay tiền nhanh",
    )
    assert told["message"] == "S [01681234567][Vay tiền nhanh]"


def test_who_sent_it_is_masked_for_others(world, specialist):
    row = Record.objects.get(pk=take(specialist).record_id)
    declaration = register_of("spam_reports")
    for who, masked in (("specialist", set()), ("police", {"sender", "message"})):
        cells = Shower(world.officers[who], declaration, [row], "vi").cells(row)
        assert {one.key for one in cells if one.masked} == masked


def test_the_same_message_again_is_one_report(specialist):
    first, again = take(specialist), take(specialist)
    assert (again.record_id, again.repeated) == (first.record_id, True)
    assert Entry.objects.filter(act="record_enter").count() == 1
    with pytest.raises(KeyReused):
        take(specialist, text="S [0912][khác]")


def test_only_who_keeps_the_register_hands_messages_on(world):
    for actor in (world.officers["counter"], house("gateway")):
        with pytest.raises(NotYourRegister):
            take(actor)


def test_orders_to_the_list_are_kept_through_time(specialist):
    on = take(specialist, text="DK DNC")
    assert kept(on) == {"number": "+84912345678", "no_sms": True, "no_calls": True}
    off = take(specialist, text="HUY_DNC_S", code="5656-2")
    assert kept(off) == {"number": "+84912345678", "no_sms": False, "no_calls": True}
    assert (off.record_id, off.kind) == (on.record_id, "dnc_off")
    again = take(specialist, text="huy dnc s", code="5656-3")
    assert again.repeated


def test_an_order_without_its_sender_counts_for_nobody(specialist):
    with pytest.raises(SenderMissing):
        take(specialist, text="DK DNC", sender="")
