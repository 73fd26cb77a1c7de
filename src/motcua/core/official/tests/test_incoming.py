"""Incoming documents: registered, assigned, done; and both registers as lists and files."""

from __future__ import annotations

import datetime
from functools import partial
from io import BytesIO

import pytest
from django.utils import timezone

from motcua.core.dossiers.tests.sharing import together
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.exchange.models import Message
from motcua.core.ledger.models import Entry
from motcua.core.official import faults, incoming
from motcua.core.official.carrying import Done
from motcua.core.official.clocks import hand_over_by
from motcua.core.official.delivery import Way, sender_of, sender_told
from motcua.core.official.incoming import Arrival, DatedLater, NotInService
from motcua.core.official.listing import Filter, give, outgoing
from motcua.core.official.listing import incoming as listed_arrivals
from motcua.core.official.models import IncomingDocument
from motcua.core.official.reconcile import check_documents
from motcua.core.official.rights import arrival_of
from motcua.core.official.tests.office import later
from motcua.core.official.writing import stream_of
from motcua.kernel.errors import Invalid


def arrive(office, *, who="clerk", at=MONDAY, key=None, **changes) -> Done:
    plain = {"author": "Bộ Mẫu", "signs": "12/BM-VP", "abstract": "báo cáo quý", "dated": DAY}
    return incoming.register(
        actor=office.people[who],
        at=at,
        agency_id=office.world.department.pk,
        arrival=Arrival(**{**plain, **changes}),
        key=key,
    )


def assign(office, done, to="drafter", *, who="head", **wishes) -> Done:
    wishes = {"due_on": None, "revision": None, "key": None, **wishes}
    officer = office.people[to].officer_id
    return incoming.assign(
        actor=office.people[who],
        at=later(1),
        arrival_id=done.document_id,
        officer_id=officer,
        **wishes,
    )


def finish(office, done, *, who="drafter", result="đã trả lời", revision=None) -> Done:
    return incoming.finish(
        actor=office.people[who],
        at=later(2),
        arrival_id=done.document_id,
        result=result,
        revision=revision,
        key=None,
    )


def test_a_document_comes_in_is_assigned_and_done(office):
    done = arrive(office)
    assign(office, done, due_on=DAY + datetime.timedelta(days=5))
    finish(office, done)
    row = IncomingDocument.objects.get()
    assert (row.number, row.year, row.state, row.revision) == (1, 2026, "done", 3)
    assert row.due_on == DAY + datetime.timedelta(days=5)
    acts = Entry.objects.filter(stream=stream_of(row)).order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["arrival_register", "arrival_assign", "arrival_finish"]


def test_each_act_is_for_one_alone(office):
    with pytest.raises(faults.NotYourAgency):
        arrive(office, who="drafter")
    done = arrive(office)
    with pytest.raises(faults.WrongState):
        finish(office, done, who="head")
    with pytest.raises(faults.NotYourMove):
        assign(office, done, who="clerk")
    with pytest.raises(NotInService):
        assign(office, done, "stranger")
    assign(office, done)
    with pytest.raises(faults.NotYourMove):
        finish(office, done, who="head")
    with pytest.raises(faults.ReasonMissing):
        finish(office, done, result=" ")
    with pytest.raises(faults.DocumentMoved):
        finish(office, done, revision=1)


def test_what_is_wrong_is_told_at_once(office):
    with pytest.raises(Invalid) as wrong:
        arrive(office, author="", signs="x" * 61, dated=DAY + datetime.timedelta(days=1))
    told = {name: type(one) for name, one in wrong.value.problems.items()}
    assert told["author"] is faults.Missing
    assert told["dated"] is DatedLater
    assert set(told) == {"author", "signs", "dated"}
    with pytest.raises(faults.Secret):
        arrive(office, secrecy="mật")


def test_who_sees_what_came_in(office):
    done = arrive(office)
    for who in ("clerk", "head", "director", "mayor"):
        assert arrival_of(office.people[who], done.document_id)
    for who in ("drafter", "stranger"):
        with pytest.raises(faults.NoSuchDocument):
            arrival_of(office.people[who], done.document_id)
    assign(office, done)
    assert arrival_of(office.people["drafter"], done.document_id).handler_id


def test_a_repeat_takes_no_second_number(office):
    assert arrive(office, key="k") == arrive(office, key="k")
    assert IncomingDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_give_numbers_without_gap(shared):
    answers = together(*[partial(arrive, shared)] * 12)
    assert all(isinstance(one, Done) for one in answers)
    given = IncomingDocument.objects.values_list("number", flat=True)
    assert sorted(given) == list(range(1, 13))


def test_lists_are_narrowed_and_counted(office):
    clerk = office.people["clerk"]
    for author in ("Bộ Mẫu", "Sở Khác"):
        arrive(office, author=author)
    find = partial(listed_arrivals, clerk, page=1, size=20)
    assert find(Filter()).total == 2
    assert [one.author for one in find(Filter(words="so khac")).rows] == ["Sở Khác"]
    assert find(Filter(state="done")).total == 0
    issued = office.issued()
    office.draft(kind="QĐ", abstract="quyết định khác")
    find = partial(outgoing, clerk, page=1, size=20)
    assert [find(Filter(state=one)).total for one in ("", "open", "out")] == [2, 1, 1]
    assert find(Filter(kind="QĐ")).total == 1
    assert [one.pk for one in find(Filter(words="ngung 1", year=2026)).rows] == [issued.document_id]


def test_registers_are_given_out_as_files(office):
    office.issued()
    arrive(office, author="=Bộ Mẫu")
    out = BytesIO()
    assert give(out, office.people["clerk"], Filter(), arrivals=False, form="csv") == 1
    text = out.getvalue().decode("utf-8-sig")
    assert "01/SKHCN-CNTT,2026-11-02,Công văn,ngừng cung cấp dịch vụ,Đỗ Thị Ưởng" in text
    out = BytesIO()
    assert give(out, office.people["clerk"], Filter(), arrivals=True, form="csv") == 1
    assert "'=Bộ Mẫu" in out.getvalue().decode("utf-8-sig")
    out = BytesIO()
    assert give(out, office.people["stranger"], Filter(), arrivals=True, form="xlsx") == 0


def refuse(office, done, *, who="clerk", reason="gửi nhầm cơ quan", sender="", key=None) -> Done:
    return incoming.refuse(
        actor=office.people[who],
        at=later(2),
        arrival_id=done.document_id,
        reason=reason,
        sender=sender,
        revision=None,
        key=key,
    )


def test_a_wrong_document_keeps_its_number_and_its_sender_is_told(office):
    done = arrive(office, sender="gui@example.vn")
    assert refuse(office, done, key="k") == refuse(office, done, key="k")
    row = IncomingDocument.objects.get()
    assert (row.number, row.state) == (1, "refused")
    message = Message.objects.get()
    assert (message.receiver, message.topic) == (f"arrival_sender:{row.pk}", "refused_document")
    assert "Lý do: gửi nhầm cơ quan" in message.payload
    assert sender_of(row.pk) == "gui@example.vn"
    assert sender_told(row)[0] is Way.QUEUED
    with pytest.raises(faults.WrongState):
        assign(office, done)
    assert arrive(office).document_id != done.document_id
    assert IncomingDocument.objects.latest("pk").number == 2
    assert list(check_documents()) == []


def test_who_refuses_and_with_what(office):
    done = arrive(office)
    with pytest.raises(faults.NotYourAgency):
        refuse(office, done, who="head")
    with pytest.raises(faults.ReasonMissing):
        refuse(office, done, reason=" ")
    with pytest.raises(Invalid):
        refuse(office, done, sender="không phải thư")
    refuse(office, done)
    assert sender_told(IncomingDocument.objects.get()) == (Way.NO_ADDRESS, None)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("hour", "urgency", "due"),
    [
        (1, "ordinary", "2026-11-02 17:00"),
        (12, "ordinary", "2026-11-03 17:00"),
        (12, "express", "2026-11-02 21:00"),
    ],
)
def test_an_urgent_document_is_handed_over_at_once(office, hour, urgency, due):
    done = arrive(office, at=later(hour), urgency=urgency)
    until = hand_over_by(IncomingDocument.objects.get(pk=done.document_id))
    assert timezone.localtime(until).strftime("%Y-%m-%d %H:%M") == due


def test_urgent_documents_are_found_and_stand_first(office):
    clerk = office.people["clerk"]
    plain, urgent, express, last = (
        arrive(office, urgency=one).document_id
        for one in ("ordinary", "urgent", "express", "ordinary")
    )
    find = partial(listed_arrivals, clerk, page=1, size=20)
    assert [one.pk for one in find(Filter(urgent=True)).rows] == [express, urgent]
    first = [one.pk for one in find(Filter(by_urgency=True)).rows]
    assert first == [express, urgent, last, plain]
    with pytest.raises(Invalid):
        arrive(office, urgency="vội")
