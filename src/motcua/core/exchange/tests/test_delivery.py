"""Every message arrives, in order per receiver, whatever the receivers do."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from motcua.core.exchange import delivery
from motcua.core.exchange.carriers import connect
from motcua.core.exchange.delivery import LEASE, deliver_due, deliver_job
from motcua.core.exchange.models import Message
from motcua.core.exchange.outbox import put
from motcua.core.exchange.queries import counts, dead_letters
from motcua.core.exchange.rules import LONGEST_DELAY, MAX_TRIES, delay
from motcua.core.exchange.tests.conftest import DAY, later
from motcua.core.sql import act


def test_a_message_is_carried_once(carrier, post):
    post("party:1", "Đã nhận hồ sơ")
    assert [deliver_due(DAY), deliver_due(DAY)] == [1, 0]
    assert carrier.carried == [("party:1", "Đã nhận hồ sơ")]
    assert Message.objects.get().sent_at == DAY


def test_an_act_that_is_undone_sends_nothing(carrier):
    facts = {"receiver": "party:1", "channel": "notice", "topic": "t", "payload": {}}
    with contextlib.suppress(ZeroDivisionError), act() as tx:
        put(tx, dossier=None, at=DAY, **facts)
        raise ZeroDivisionError
    assert deliver_due(DAY) == 0


def test_messages_of_a_receiver_arrive_in_order(carrier, post):
    post("party:1", *"abc")
    assert deliver_due(DAY) == 3
    assert [text for _, text in carrier.carried] == ["a", "b", "c"]


def test_the_job_delivers(carrier, post):
    post("party:1", "a")
    deliver_job({}, at=DAY)
    assert carrier.carried == [("party:1", "a")]


def test_receivers_take_turns_within_the_limit(carrier, post):
    post("party:1", *"abc")
    post("party:2", "d")
    assert deliver_due(DAY, limit=2) == 2
    assert carrier.carried == [("party:1", "a"), ("party:2", "d")]


def test_more_than_a_batch_goes_in_one_call(carrier, post, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    for number in range(5):
        post(f"party:{number}", str(number))
    assert deliver_due(DAY) == 5
    assert [text for _, text in carrier.carried] == ["0", "1", "2", "3", "4"]


def test_what_a_minute_has_no_room_for_is_as_before(carrier, post, monkeypatch):
    for number in range(3):
        post(f"party:{number}", str(number))
    late = iter([False, False, True, True])
    monkeypatch.setattr(delivery._Round, "is_late", lambda _: next(late))
    assert deliver_due(DAY) == 2
    left = Message.objects.get(state="waiting")
    assert (left.receiver, left.tries, left.next_try) == ("party:2", 0, DAY)


def test_a_worker_that_dies_repeats_a_second_of_sending_and_no_more(carrier, post, monkeypatch):
    for number in range(3):
        post(f"party:{number}", str(number))
    monkeypatch.setattr(delivery, "UNWRITTEN_SECONDS", -1.0)
    real = carrier.send

    def send(message):
        real(message)
        if message.receiver == "party:1":
            raise SystemExit

    carrier.send = send
    with contextlib.suppress(SystemExit):
        deliver_due(DAY)
    carrier.send = real
    assert deliver_due(DAY + LEASE) == 2
    assert [text for _, text in carrier.carried] == ["0", "1", "1", "2"]


def test_two_workers_share_the_messages_and_send_none_twice(carrier, post):
    for number in range(6):
        post(f"party:{number}", str(number))
    real, inner = carrier.send, []

    def send(message):
        if not inner:
            inner.append(0)
            inner[0] = deliver_due(DAY)
        real(message)

    carrier.send, delivery.BATCH, batch = send, 2, delivery.BATCH
    try:
        assert deliver_due(DAY) + inner[0] == 6
    finally:
        delivery.BATCH = batch
    assert inner == [4]
    assert sorted(text for _, text in carrier.carried) == ["0", "1", "2", "3", "4", "5"]


def test_a_failing_message_holds_back_its_receiver_alone(carrier, post):
    post("party:1", *"ab")
    post("party:2", "c")
    carrier.down = {"a"}
    assert deliver_due(DAY) == 1
    assert carrier.carried == [("party:2", "c")]


def test_a_failing_message_comes_back_after_10_then_20_seconds(carrier, post):
    post("party:1", "a")
    carrier.down = {"party:1"}
    tries = []
    for seconds in (0, 9, 10, 29, 30):
        deliver_due(later(seconds=seconds))
        tries.append(Message.objects.get().tries)
    assert tries == [1, 1, 2, 2, 3]


def test_a_receiver_down_for_a_week_gets_everything_in_order(carrier, post):
    post("agency:5", *"abc")
    carrier.down = {"agency:5"}
    for quarter in range(7 * 24 * 4):
        deliver_due(later(minutes=15 * quarter))
    assert counts() == {"waiting": 3, "sent": 0, "dead": 0, "dropped": 0}
    carrier.down = set()
    assert deliver_due(later(days=7) + LONGEST_DELAY) == 3
    assert [text for _, text in carrier.carried] == ["a", "b", "c"]


def test_a_permanent_refusal_is_dead_at_once_and_lets_the_next_go(carrier, post):
    post("party:1", *"ab")
    carrier.gone = {"a"}
    assert deliver_due(DAY) == 1
    assert carrier.carried == [("party:1", "b")]
    [letter] = dead_letters()
    assert (letter.receiver, letter.dossier, letter.tries) == ("party:1", 7, 1)
    assert "nobody answers" in letter.last_error


def test_a_message_is_dead_after_its_last_try(carrier, post):
    post("party:1", "a")
    Message.objects.update(tries=MAX_TRIES - 1)
    carrier.down = {"a"}
    deliver_due(DAY)
    assert counts()["dead"] == 1


def test_trying_lasts_longer_than_a_week():
    assert sum((delay(n) for n in range(1, MAX_TRIES)), timedelta()) > timedelta(days=14)


def test_a_channel_without_a_carrier_waits_for_one(carrier, post):
    post("party:1", "a", channel="sms")
    deliver_due(DAY)
    assert "sms" in Message.objects.get().last_error
    connect("sms", carrier)
    assert deliver_due(later(seconds=10)) == 1


def test_a_broken_carrier_stops_nobody_else(carrier, post):
    class Broken:
        def send(self, message):
            raise KeyError(message.topic)

    connect("broken", Broken())
    post("party:1", "a", channel="broken")
    post("party:2", "b")
    assert deliver_due(DAY) == 1
    assert Message.objects.get(receiver="party:1").last_error == "KeyError: 'test'"


def test_while_a_message_is_being_sent_no_other_worker_sends_it_or_its_followers(carrier, post):
    post("party:1", *"ab")
    inner = []
    real = carrier.send

    def send(message):
        inner.append(deliver_due(DAY))  # another worker looks in the middle of the sending
        real(message)

    carrier.send = send
    assert deliver_due(DAY) == 2
    assert inner == [0, 0]
    assert [text for _, text in carrier.carried] == ["a", "b"]


def test_a_message_whose_worker_died_is_sent_again_under_the_same_id(carrier, post):
    post("party:1", *"ab")
    real, carrier.send = carrier.send, dies_after(carrier.send)
    with contextlib.suppress(SystemExit):
        deliver_due(DAY)
    carrier.send = real
    assert deliver_due(DAY + LEASE - timedelta(seconds=1)) == 0
    assert deliver_due(DAY + LEASE) == 2
    assert [text for _, text in carrier.carried] == ["a", "a", "b"]
    assert carrier.ids[0] == carrier.ids[1]


def dies_after(send):
    def send_and_die(message):
        send(message)
        raise SystemExit

    return send_and_die
