"""An officer prepares an edition, a head decides, and it comes into force on its day."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.catalogue.actions import NoDocument, NothingToPublish, publish
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.deciding import BadDay, ReasonMissing, enforce, send_back, sign
from motcua.core.catalogue.exporting import rows
from motcua.core.catalogue.faults import EditionUnreadable, NotPublishable
from motcua.core.catalogue.models import Edition, Proposal
from motcua.core.catalogue.proposals import (
    BeingPrepared,
    EditionMoved,
    HeadsDecide,
    NoProposal,
    NotYourEdition,
    OfficersPrepare,
    OtherState,
    OwnEdition,
)
from motcua.core.catalogue.proposing import (
    NothingChanged,
    Written,
    give_up,
    prepare,
    revise,
    submit,
)
from motcua.core.catalogue.queries import UnknownEdition, edition, editions, find
from motcua.core.catalogue.tests.conftest import brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, facts, from_memory
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.idempotency.keys import KeyReused
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry

KEY = "1.900001"
BETTER = {"result": Written("Giấy phép mới", "QĐ 5", confirmed=True)}
LATER = datetime.date(2026, 11, 9)


class Hands:
    """The acts in short: who, and what differs from the usual."""

    def __init__(self, world):
        self.world, self.at = world, MONDAY

    def _do(self, act, who, **more):
        actor = who if hasattr(who, "key") else self.world.officers[who]
        return act(**{"actor": actor, "at": self.at, "key": KEY, "request": None} | more)

    def prepare(self, who="specialist", **more):
        return self._do(prepare, who, **more)

    def revise(self, who="specialist", **more):
        return self._do(revise, who, **{"written": BETTER, "revision": None} | more)

    def submit(self, who="specialist", **more):
        return self._do(submit, who, **{"revision": None} | more)

    def give_up(self, who="specialist", **more):
        return self._do(give_up, who, **{"revision": None} | more)

    def send_back(self, who="unit_head", **more):
        return self._do(send_back, who, **{"reason": "Thiếu căn cứ", "revision": None} | more)

    def sign(self, who="unit_head", **more):
        usual = {"document": "9/QĐ-UBND", "since": None, "revision": None}
        return self._do(sign, who, **usual | more)

    def submitted(self):
        self.prepare()
        self.revise()
        self.submit()


@pytest.fixture
def hands(db):
    found = Hands(make_world())
    brought_out(FACTS)
    return found


def state():
    return Proposal.objects.order_by("-pk").first().state


def test_an_edition_goes_from_an_officer_over_a_head_into_force(hands):
    hands.submitted()
    assert find(KEY).content.text("result") == "Giấy phép"
    hands.sign()
    shown = find(KEY)
    assert shown.content.text("result") == "Giấy phép mới"
    assert shown.edition.document == "9/QĐ-UBND"
    assert shown.edition.published_by == hands.world.officers["unit_head"].key
    assert [one.state for one in editions(shown.listing)] == ["published", "retired"]
    acts = ["catalogue_prepare", "catalogue_revise", "catalogue_submit", "catalogue_sign"]
    assert list(Entry.objects.order_by("id").values_list("act", flat=True))[-4:] == acts


def test_an_edition_in_preparation_is_nobody_elses_to_see(hands):
    hands.submitted()
    with pytest.raises(UnknownEdition):
        edition(KEY, 2)
    assert len(editions(find(KEY).listing)) == 1
    assert [one["result"]["value"] for one in rows()] == ["Giấy phép"]


def test_it_comes_into_force_on_its_day_and_once(hands):
    hands.submitted()
    number = hands.sign(since=LATER)
    assert (state(), find(KEY).edition.number) == ("signed", 1)
    dawn = datetime.datetime(2026, 11, 8, 17, tzinfo=datetime.UTC)
    assert Job.objects.get(kind="catalogue.enforce").run_at == dawn
    assert not enforce(at=dawn - datetime.timedelta(minutes=1), proposal_id=number)
    assert enforce(at=dawn, proposal_id=number)
    assert not enforce(at=dawn, proposal_id=number)
    assert (state(), find(KEY).edition.number) == ("done", 2)
    assert Entry.objects.filter(act="catalogue_publish").count() == 2


def test_what_was_not_signed_never_comes_into_force(hands):
    hands.submitted()
    number = hands.sign(since=LATER)
    Edition.objects.filter(number=2).update(digest=b"x" * 32)
    assert not enforce(at=MONDAY + datetime.timedelta(days=30), proposal_id=number)
    assert find(KEY).edition.number == 1


def test_a_head_sends_it_back_and_it_is_mended(hands):
    hands.submitted()
    hands.send_back()
    row = Proposal.objects.get()
    assert (row.state, row.reason) == ("editing", "Thiếu căn cứ")
    hands.submit()
    assert Proposal.objects.get().reason == ""


def test_given_up_it_is_kept_and_another_can_begin(hands):
    hands.submitted()
    hands.give_up()
    assert Edition.objects.get(number=2).state == "dropped"
    hands.prepare("counter")
    assert Proposal.objects.filter(state="editing").get().edition.number == 3


def test_one_that_was_signed_is_given_up_by_a_head_alone(hands):
    hands.submitted()
    number = hands.sign(since=LATER)
    with pytest.raises(OtherState):
        hands.give_up()
    hands.give_up("unit_head")
    assert not enforce(at=MONDAY + datetime.timedelta(days=30), proposal_id=number)


def test_gaps_are_told_before_it_is_handed_in(hands):
    hands.prepare()
    hands.revise(written={"fee": Written(""), "level": Written("cấp xã", "nhớ")})
    with pytest.raises(NotPublishable) as told:
        hands.submit()
    assert {one.where for one in told.value.faults} == {"fee", "level"}


def test_a_gap_is_closed_by_a_document(hands):
    taken_in({**from_memory("fee"), "code": {**FACTS["code"], "value": "1.900003"}})
    hands.prepare(key="1.900003")
    with pytest.raises(NotPublishable):
        hands.submit(key="1.900003")
    fee = Written("Không có", "Nghị quyết 7/2026/NQ-HĐND", confirmed=True)
    hands.revise(key="1.900003", written={"fee": fee})
    hands.submit(key="1.900003")
    hands.sign(key="1.900003")
    assert find("1.900003").content.values["fee"].source == "Nghị quyết 7/2026/NQ-HĐND"


def test_what_was_not_written_stays_as_it_was(hands):
    hands.prepare()
    hands.revise()
    new = content_of(Edition.objects.get(number=2).body)
    for name, value in content_of(Edition.objects.get(number=1).body).values.items():
        assert (new.values[name] == value) is (name != "result")


@pytest.mark.parametrize("who", ["police", "counter", "second", "other_head"])
def test_others_write_nothing(hands, who):
    hands.prepare()
    for act in (hands.revise, hands.submit, hands.give_up):
        with pytest.raises(NotYourEdition):
            act(who)
    assert Proposal.objects.get().revision == 1


def test_a_head_may_write_what_their_people_prepare(hands):
    hands.prepare()
    hands.revise("unit_head")
    assert Proposal.objects.get().revision == 2


@pytest.mark.parametrize("who", ["specialist", "counter", "police", "other_head"])
def test_only_heads_decide(hands, who):
    hands.submitted()
    for act in (hands.sign, hands.send_back):
        with pytest.raises(HeadsDecide):
            act(who)
    assert state() == "submitted"


def test_a_head_does_not_decide_on_their_own(hands):
    hands.prepare("unit_head")
    hands.revise("unit_head")
    hands.submit("unit_head")
    with pytest.raises(OwnEdition):
        hands.sign("unit_head")
    hands.sign("leader")


def test_signing_asks_for_a_fresh_proof(hands):
    hands.submitted()
    with pytest.raises(ProofNeeded):
        hands.sign(replace(hands.world.officers["unit_head"], proven=False))


def test_who_holds_no_post_prepares_nothing(hands):
    with pytest.raises(OfficersPrepare):
        hands.prepare(replace(hands.world.officers["specialist"], posts=()))


@pytest.mark.parametrize(
    ("act", "more", "refusal"),
    [
        ("sign", {"document": " "}, NoDocument),
        ("sign", {"since": datetime.date(2026, 11, 1)}, BadDay),
        ("sign", {"since": datetime.date(2028, 1, 1)}, BadDay),
        ("sign", {"revision": 1}, EditionMoved),
        ("send_back", {"reason": " "}, ReasonMissing),
        ("submit", {}, OtherState),
        ("revise", {}, OtherState),
        ("prepare", {}, BeingPrepared),
    ],
)
def test_refused(hands, act, more, refusal):
    hands.submitted()
    with pytest.raises(refusal):
        getattr(hands, act)(**more)
    assert state() == "submitted"


def test_an_edition_that_says_nothing_new_is_not_handed_in(hands):
    hands.prepare()
    with pytest.raises(NothingChanged):
        hands.submit()


def test_one_who_saw_another_content_overwrites_nothing(hands):
    hands.prepare()
    hands.revise(revision=1)
    with pytest.raises(EditionMoved):
        hands.revise(revision=1, written={"result": Written("Khác", "QĐ 5", confirmed=True)})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"evidence": Written("Đơn | x", "QĐ 5")}, "catalogue.count"),
        ({"name": Written("")}, "catalogue.missing_key"),
        ({"id": Written("1")}, "catalogue.unknown_key"),
        ({"name": Written("a" * 1001)}, "catalogue.too_long"),
        ({"fee": Written("\0")}, "catalogue.broken_text"),
        ({"fee": Written("\ud800", "QĐ 5")}, "catalogue.broken_text"),
        ({"code": Written("1.900002", "QĐ 5")}, "catalogue.code_taken"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_written(hands, written, code):
    taken_in(facts(code="1.900002"))
    hands.prepare()
    with pytest.raises(EditionUnreadable) as told:
        hands.revise(written=written)
    assert [one.code for one in told.value.faults] == [code]
    assert Proposal.objects.get().revision == 1


def test_sent_twice_is_once(hands):
    first = hands.prepare(request="a")
    assert hands.prepare(request="a") == first
    assert hands.revise(request="b") == hands.revise(request="b") == first
    assert hands.submit(request="c") == hands.submit(request="c") == first
    with pytest.raises(KeyReused):
        hands.sign(request="d", document="1/QĐ") and hands.sign(request="d", document="2/QĐ")
    assert hands.sign(request="d", document="1/QĐ") == first
    assert Entry.objects.filter(act="catalogue_sign").count() == 1


def test_a_second_head_finds_it_decided(hands):
    hands.submitted()
    hands.sign("unit_head")
    with pytest.raises(NoProposal):
        hands.sign("leader")


def test_an_import_and_the_command_leave_it_to_its_officer(hands):
    hands.prepare()
    hands.revise()
    taken_in(facts(fee="5 đồng"))
    assert "Giấy phép mới" in Edition.objects.get(number=2).body
    publish(actor=hands.world.officers["unit_head"], at=MONDAY, key=KEY, document="3/QĐ")
    assert find(KEY).edition.number == 3
    with pytest.raises(NothingToPublish):
        publish(actor=hands.world.officers["unit_head"], at=MONDAY, key=KEY, document="3/QĐ")
