"""Money is taken, voided and paid back by acts: each once, by its counter, told to the ledger."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.access import actors
from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import NotFound, read
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.fees.models import Method, Receipt, ReceiptCounter, Repayment
from motcua.core.fees.rules import AmountMissing, PaidAlready, Wish
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.models import Entry
from motcua.core.sql import reading
from motcua.core.till import actions
from motcua.core.till.queries import account_of, takings
from motcua.core.till.reconcile import check_till
from motcua.core.till.rules import (
    NothingTaken,
    NotTheDay,
    NotTheTill,
    OverNow,
    ReasonMissing,
    ReceiptGone,
    ReceiptUnknown,
    TwiceOnOneReceipt,
)
from motcua.kernel.flow.engine import Unpaid

BOTH = (Wish("copy"), Wish("permit", each=100_000))


def take(world, done, wishes=BOTH, *, who="counter", hours=1, key=None):
    return actions.take(
        actor=world.officers[who] if isinstance(who, str) else who,
        at=MONDAY + datetime.timedelta(hours=hours),
        dossier_id=done.dossier_id,
        wishes=wishes,
        method=Method.CASH,
        key=key,
    )


def void(world, done, receipt, *, reason="Ghi nhầm", hours=2, key=None):
    return actions.void(
        actor=world.officers["counter"],
        at=MONDAY + datetime.timedelta(hours=hours),
        dossier_id=done.dossier_id,
        receipt_id=receipt.pk,
        reason=reason,
        key=key,
    )


def repay(world, done, receipt, *, hours=30, key=None):
    return actions.repay(
        actor=world.officers["counter"],
        at=MONDAY + datetime.timedelta(hours=hours),
        dossier_id=done.dossier_id,
        receipt_id=receipt.pk,
        method=Method.TRANSFER,
        reason="Hồ sơ bị từ chối",
        key=key,
    )


def sound() -> bool:
    return [*check_state(), *check_till()] == []


def test_a_receipt_has_the_next_number_of_counter_and_year(world, received):
    take(world, received, BOTH[:1])
    take(world, received, BOTH[1:])
    rows = Receipt.objects.order_by("number").values_list("year", "number", "total")
    assert list(rows) == [(2026, 1, 16_000), (2026, 2, 100_000)]
    assert Paper.objects.filter(letter="bill").count() == 2
    assert sound()


def test_taking_leaves_the_situation_of_the_dossier_alone(world, received):
    before = Dossier.objects.get(pk=received.dossier_id)
    take(world, received)
    after = Dossier.objects.get(pk=received.dossier_id)
    assert (after.revision, after.state, after.step) == (before.revision, before.state, before.step)


def test_the_ledger_tells_every_amount_and_no_name(world, received):
    take(world, received)
    body = json.loads(Entry.objects.get(act="fee_taken").body)
    assert body["data"]["fee"]["total"] == 116_000
    assert body["data"]["fee"]["lines"] == [["copy", 8000, 2, ""], ["permit", 100_000, 1, ""]]
    assert body["post"] == "counter"
    assert "Nguyễn" not in json.dumps(body, ensure_ascii=False)


def test_an_exemption_is_recorded_without_a_number(world, received):
    take(world, received, [Wish("copy", exempt="shown")])
    row = Receipt.objects.get()
    assert (row.total, row.number) == (0, None)
    assert not Paper.objects.filter(letter="bill").exists()
    assert not ReceiptCounter.objects.exists()
    assert sound()


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        ((), NothingTaken),
        ((Wish("copy"), Wish("copy")), TwiceOnOneReceipt),
        ((Wish("permit"),), AmountMissing),
    ],
)
def test_a_wrong_receipt_is_refused_and_leaves_nothing(world, received, wishes, refusal):
    with pytest.raises(refusal):
        take(world, received, wishes)
    assert not Receipt.objects.exists()
    assert not ReceiptCounter.objects.exists()


def test_nothing_is_taken_twice(world, received):
    take(world, received)
    with pytest.raises(PaidAlready):
        take(world, received, BOTH[:1])


def test_only_the_receiving_counter_takes_money(world, received):
    with pytest.raises(NotTheTill):
        take(world, received, who="unit_head")


@pytest.mark.parametrize("who", ["other_head", "other_specialist"])
def test_who_may_not_see_the_dossier_is_told_of_none(world, received, who):
    with pytest.raises(NotFound):
        take(world, received, who=who)


def test_before_reception_nothing_is_taken(world):
    filed = world.file(
        procedure="9.000009", fields={"licence": "x", "expires": "2026-12-01", "copies": 1}
    )
    with pytest.raises(OverNow):
        take(world, filed)


def test_a_repeat_gives_the_first_receipt(world, received):
    first = take(world, received, key="k")
    again = take(world, received, key="k", hours=5)
    assert (again.entry, again.repeated) == (first.entry, True)
    assert Receipt.objects.count() == 1
    with pytest.raises(KeyReused):
        take(world, received, BOTH[:1], key="k")


def test_a_voided_receipt_keeps_its_number_and_settles_nothing(world, received):
    take(world, received)
    void(world, received, Receipt.objects.get())
    take(world, received, hours=3)
    numbers = Receipt.objects.order_by("number").values_list("number", "voided_seq")
    assert [(number, seq is None) for number, seq in numbers] == [(1, False), (2, True)]
    assert sound()


def test_a_receipt_is_voided_once_with_a_reason_on_its_own_day(world, received):
    take(world, received)
    receipt = Receipt.objects.get()
    with pytest.raises(ReasonMissing):
        void(world, received, receipt, reason="  ")
    with pytest.raises(NotTheDay):
        void(world, received, receipt, hours=24)
    void(world, received, receipt, key="v")
    assert void(world, received, receipt, key="v").repeated
    with pytest.raises(ReceiptGone):
        void(world, received, receipt)


def test_the_whole_of_a_receipt_is_paid_back_once(world, received):
    take(world, received)
    receipt = Receipt.objects.get()
    repay(world, received, receipt, key="r")
    assert repay(world, received, receipt, key="r").repeated
    row = Repayment.objects.get()
    assert (row.amount, row.method) == (116_000, "transfer")
    with pytest.raises(ReceiptGone):
        repay(world, received, receipt)
    assert sound()


def test_a_receipt_of_another_dossier_is_unknown(world, received):
    take(world, received)
    fields = {"licence": "x", "expires": "2026-12-01", "copies": 1}
    other = world.take_in(procedure="9.000009", fields=fields)
    with pytest.raises(ReceiptUnknown):
        void(world, other, Receipt.objects.get())


def test_the_days_takings_are_the_sum_of_their_rows(world, received):
    take(world, received, BOTH[:1])
    take(world, received, BOTH[1:])
    first = Receipt.objects.get(number=1)
    void(world, received, first)
    actor = world.officers["counter"]
    day = takings(actor, world.department.pk, DAY)
    assert [(row.number, row.amount, row.voided) for row in day.rows] == [
        ("0000001/2026", 0, True),
        ("0000002/2026", 100_000, False),
    ]
    assert day.total == day.by(Method.CASH) == 100_000
    repay(world, received, Receipt.objects.get(number=2))
    after = takings(actor, world.department.pk, DAY + datetime.timedelta(days=1))
    assert (after.total, after.by(Method.TRANSFER)) == (-100_000, -100_000)


def test_takings_are_shown_to_their_own_house_only(world, received):
    with pytest.raises(NotTheTill):
        takings(world.officers["other_head"], world.department.pk, DAY)
    with pytest.raises(NotTheTill):
        takings(actors.PUBLIC, world.department.pk, DAY)


def test_a_move_that_asks_for_payment_waits_for_it(world, received):
    done = received
    specialist = {"officer_id": world.officer_id("specialist")}
    for hours, (who, name, wishes) in enumerate(
        [
            ("unit_head", "assign", specialist),
            ("specialist", "submit", {}),
            ("unit_head", "agree", {}),
            ("leader", "issue", {}),
        ],
        start=1,
    ):
        done = world.move(done, who, name, hours=hours, **wishes)
    with pytest.raises(Unpaid):
        world.move(done, "counter", "return", hours=6)
    take(world, done, BOTH[:1], hours=6)
    with pytest.raises(Unpaid):
        world.move(done, "counter", "return", hours=7)
    take(world, done, BOTH[1:], hours=7)
    assert world.move(done, "counter", "return", hours=8).state == "returned"
    assert sound()
    with pytest.raises(OverNow):
        take(world, done, BOTH[:1], hours=9)


def test_the_applicant_reads_what_is_owed_and_paid(world, received):
    applicant = world.applicant(received)
    snapshot = read(reading(), received.dossier_id)
    before = account_of(applicant, snapshot)
    assert [due.amount for due in before.open] == [16_000, None]
    take(world, received, BOTH[:1])
    after = account_of(applicant, snapshot)
    assert ([due.rule.key for due in after.open], after.paid) == (["permit"], 16_000)
    with pytest.raises(NotFound):
        account_of(world.officers["other_head"], snapshot)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Receipt, {"total": 1}),
        (Receipt, {"number": 7}),
        (Receipt, {"voided_seq": None}),
        (Receipt, {"lines": "[]"}),
        (Repayment, {"amount": 1}),
        (ReceiptCounter, {"last": 9}),
    ],
)
def test_a_row_changed_by_hand_is_found(world, received, model, change):
    take(world, received, BOTH[:1])
    void(world, received, Receipt.objects.get())
    take(world, received, BOTH[1:], hours=3)
    repay(world, received, Receipt.objects.get(number=2))
    assert sound()
    model.objects.order_by("pk").filter(pk=model.objects.order_by("pk").first().pk).update(**change)
    assert [*check_till()] != []


def test_a_row_removed_by_hand_is_found(world, received):
    take(world, received)
    Receipt.objects.all().delete()
    assert [*check_till()] != []
