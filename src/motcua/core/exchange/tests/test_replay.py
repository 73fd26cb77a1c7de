"""What was sent, or given up, can be sent again."""

from __future__ import annotations

import pytest

from motcua.core.exchange.actions import NotDead, replay, retry_dead
from motcua.core.exchange.delivery import deliver_due
from motcua.core.exchange.models import Message
from motcua.core.exchange.queries import counts
from motcua.core.exchange.tests.conftest import DAY, later


def test_a_receiver_replays_from_any_position_in_order(carrier, post):
    post("agency:5", *"abc")
    post("agency:6", "d")
    carrier.gone = {"b"}
    deliver_due(DAY)
    carrier.carried.clear()
    carrier.gone = set()
    second = Message.objects.get(payload__contains='"b"').id
    assert replay("agency:5", second, at=later(days=1)) == 2
    deliver_due(later(days=1))
    assert carrier.carried == [("agency:5", "b"), ("agency:5", "c")]
    assert counts() == {"waiting": 0, "sent": 4, "dead": 0, "dropped": 0}


def test_a_replay_carries_the_same_ids(carrier, post):
    post("agency:5", "a")
    deliver_due(DAY)
    replay("agency:5", 0, at=DAY)
    deliver_due(DAY)
    assert carrier.ids[0] == carrier.ids[1]


def test_a_replay_leaves_waiting_messages_their_back_off(carrier, post):
    post("agency:5", "a")
    carrier.down = {"a"}
    deliver_due(DAY)
    assert replay("agency:5", 0, at=DAY) == 0
    assert Message.objects.get().tries == 1


def test_one_dead_letter_is_tried_again(carrier, post):
    post("party:1", *"ab")
    carrier.gone = {"party:1"}
    deliver_due(DAY)
    carrier.gone = set()
    retry_dead(Message.objects.latest("id").id, at=later(days=1))
    assert deliver_due(later(days=1)) == 1
    assert carrier.carried == [("party:1", "b")]


def test_what_is_not_dead_is_not_retried(carrier, post):
    post("party:1", "a")
    with pytest.raises(NotDead):
        retry_dead(Message.objects.get().id, at=DAY)
