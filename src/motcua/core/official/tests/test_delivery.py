"""Sending an issued document: who it goes to, with which file, and what became of it."""

from __future__ import annotations

import json

import pytest

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.exchange.models import Message
from motcua.core.official import delivery, faults
from motcua.core.official.delivery import NeverSent, NobodyToSend, Way, address_of, deliveries
from motcua.core.official.drafting import To
from motcua.core.official.reconcile import check_documents
from motcua.core.official.tests.office import later


def send(office, done, *, who="clerk", key=None):
    return delivery.send(
        actor=office.people[who], at=MONDAY, document_id=done.document_id, revision=None, key=key
    )


def ways(office, done) -> list[Way]:
    return [one.way for one in deliveries(office.row(done))]


def test_the_signed_file_goes_to_who_has_an_address_and_once(office):
    done = office.issued()
    assert ways(office, done) == [Way.NOT_SENT, Way.NO_ADDRESS]
    send(office, done)
    message = Message.objects.get()
    stored = office.row(done).files.get(stage="issued").file
    payload = json.loads(message.payload)
    assert payload["files"] == [{"sha256": stored.sha256, "name": "01-SKHCN-CNTT.pdf"}]
    assert payload["subject"] == "01/SKHCN-CNTT: ngừng cung cấp dịch vụ"
    assert stored.sha256 in payload["text"]
    assert address_of(int(message.receiver.partition(":")[2])) == "mau@example.vn"
    assert ways(office, done) == [Way.QUEUED, Way.NO_ADDRESS]
    with pytest.raises(NobodyToSend):
        send(office, done)


@pytest.mark.parametrize(("state", "way"), [("sent", Way.SENT), ("dead", Way.FAILED)])
def test_what_became_of_it_is_told_for_each(office, state, way):
    done = office.issued(recipients=(To("A", "a@example.vn"), To("B", "b@example.vn")))
    send(office, done)
    Message.objects.filter(pk=Message.objects.earliest("pk").pk).update(state=state, sent_at=MONDAY)
    assert ways(office, done) == [way, Way.QUEUED]


def test_what_did_not_arrive_is_sent_again(office):
    done = office.issued()
    send(office, done)
    Message.objects.update(state="dead")
    send(office, done)
    assert ways(office, done) == [Way.QUEUED, Way.NO_ADDRESS]
    assert Message.objects.count() == 2


def test_only_the_clerk_sends_and_only_what_is_issued(office):
    done = office.signed()
    with pytest.raises(faults.WrongState):
        send(office, done)
    office.move(done, "clerk", "issue")
    office.work()
    with pytest.raises(faults.NotYourMove):
        send(office, done, who="director")
    with pytest.raises(faults.MoveUnknown):
        office.move(done, "clerk", "send")
    assert send(office, done, key="k") == send(office, done, key="k")


def test_a_return_is_noted_with_its_reason_and_sent_again(office):
    done = office.issued()
    company, inspectors = office.row(done).recipients.order_by("pk")
    told = {"actor": office.people["clerk"], "at": later(5), "document_id": done.document_id}
    told |= {"revision": None, "key": None}
    back = {"reason": "gửi nhầm nơi nhận", "recipient_id": company.pk}
    with pytest.raises(NeverSent):
        delivery.returned(**told, **back)
    send(office, done)
    again = {**told, **back, "key": "r"}
    assert delivery.returned(**again) == delivery.returned(**again)
    with pytest.raises(NeverSent):
        delivery.returned(**told, **{**back, "recipient_id": inspectors.pk})
    with pytest.raises(faults.NotYourMove):
        delivery.returned(**{**told, "actor": office.people["head"]}, **back)
    assert ways(office, done) == [Way.RETURNED, Way.NO_ADDRESS]
    company.refresh_from_db()
    assert company.returned_why == "gửi nhầm nơi nhận"
    assert list(check_documents()) == []
    delivery.send(**{**told, "at": later(6)})
    assert ways(office, done) == [Way.QUEUED, Way.NO_ADDRESS]
