"""Each act on an outgoing document: done, refused, repeated, and what it leaves in the ledger."""

from __future__ import annotations

import dataclasses
import json

import pytest

from motcua.core.access import actors
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.models import Entry
from motcua.core.official import drafting, faults
from motcua.core.official.content import Annex, Content
from motcua.core.official.drafting import To
from motcua.core.official.models import DocumentAct, NumberBook, OutgoingDocument
from motcua.core.official.rights import document_of, readable
from motcua.core.official.rules import EFFECTS, State
from motcua.core.official.tests.office import TABLE, later
from motcua.core.official.writing import said_of, stream_of
from motcua.kernel.errors import Invalid


def problems(office, **changes) -> dict[str, str]:
    """Give the code of what is refused of each part."""
    with pytest.raises(Invalid) as wrong:
        office.draft(**changes)
    return {name: one.code for name, one in wrong.value.problems.items()}


def test_a_letter_goes_its_way_and_each_act_has_its_entry(office):
    done = office.issued(issued_at=later(5))
    row = office.row(done)
    assert (row.state, row.number, row.year, row.signs) == ("issued", 1, 2026, "SKHCN-CNTT")
    assert row.issued_on == DAY
    entries = Entry.objects.filter(stream=stream_of(row)).order_by("seq")
    assert [one.act.removeprefix("document_") for one in entries] == [
        "draft", "review", "sign", "sign_made", "issue", "issue_made"
    ]  # fmt: skip
    last = json.loads(entries.last().body)
    issued = row.files.get(stage="issued")
    assert (last["files"], issued.seq, row.revision) == ([issued.file.sha256], 6, 6)
    assert json.loads(entries[4].body)["post"] == "clerk"
    assert "ngừng" not in "".join(one.body for one in entries)


def test_an_entry_is_bound_to_what_the_document_says(office):
    row = office.row(office.draft())
    entry, told = Entry.objects.get(stream=stream_of(row)), DocumentAct.objects.get()
    assert told.pk == entry.pk
    assert json.loads(entry.body)["commitments"] == [
        commitment(bytes(told.salt), [said_of(row), ""])
    ]


def test_every_part_that_is_wrong_is_told_at_once(office):
    ragged = Annex("Bảng", ("A", "B"), [("1",)])
    wrong = {
        "kind": "XX",
        "abstract": " ",
        "content": Content([], (), (ragged, Annex("", ("A",), []))),
        "authority": "ABC",
        "recipients": (To("A", "không phải địa chỉ"),),
        "effect": "revoke",
    }
    assert problems(office, **wrong) == {
        "kind": "official.kind_unknown",
        "abstract": "official.missing",
        "paragraphs": "official.missing",
        "annexes.1": "official.ragged_row",
        "annexes.2": "official.missing",
        "authority": "official.authority_unknown",
        "recipients": "official.not_an_address",
        "effect": "official.effect_unclear",
    }
    assert OutgoingDocument.objects.count() == 0


@pytest.mark.parametrize("grade", ["mật", "tối mật", "tuyệt mật", "", "THƯỜNG"])
def test_no_grade_of_secrecy_but_the_ordinary_comes_in(office, grade):
    with pytest.raises(faults.Secret):
        office.draft(secrecy=grade)


def test_only_who_may_sign_is_named_as_signer(office):
    for who in ("drafter", "head", "mayor"):
        named = office.people[who].officer_id
        assert problems(office, signer_id=named) == {"signer": "official.not_a_signer"}
    director = office.people["director"].officer_id
    assert office.draft(signer_id=director, authority="KT.").state == "draft"
    assert problems(office, authority="TUQ.") == {"signer": "official.not_a_signer"}


def test_each_move_is_for_one_alone(office):
    done = office.draft()
    with pytest.raises(faults.OwnDraft):
        office.move(office.draft(who="head"), "head", "review")
    for who, name in (("clerk", "review"), ("head", "drop")):
        with pytest.raises((faults.NotYourMove, faults.OwnDraft)):
            office.move(done, who, name, reason="x")
    office.move(done, "head", "review")
    for who in ("drafter", "head", "clerk"):
        with pytest.raises(faults.NotYourMove):
            office.move(done, who, "sign")
    office.move(done, "director", "sign")
    office.work()
    with pytest.raises(faults.NotYourMove):
        office.move(done, "director", "issue")


def test_a_document_waits_where_it_stands(office):
    done = office.draft()
    with pytest.raises(faults.WrongState):
        office.move(done, "director", "sign")
    office.move(done, "head", "review")
    office.move(done, "director", "sign")
    with pytest.raises(faults.WrongState):
        office.move(done, "clerk", "issue")
    with pytest.raises(faults.MoveUnknown):
        office.move(done, "director", "sign_made")


def test_who_signs_or_seals_proves_who_they_are(office):
    done = office.draft()
    office.move(done, "head", "review")
    unproven = dataclasses.replace(office.people["director"], proven=False)
    with pytest.raises(ProofNeeded):
        office.move(done, unproven, "sign")
    office.move(done, "director", "sign")
    office.work()
    with pytest.raises(ProofNeeded):
        office.move(done, dataclasses.replace(office.people["clerk"], proven=False), "issue")


def test_what_goes_back_is_written_anew_and_signed_again(office):
    done = office.signed()
    with pytest.raises(faults.ReasonMissing):
        office.move(done, "clerk", "send_back")
    office.move(done, "clerk", "send_back", reason="sai trích yếu")
    again = drafting.rewrite(
        actor=office.people["drafter"],
        at=later(9),
        document_id=done.document_id,
        revision=5,
        order=office.order(abstract="trích yếu đúng"),
        key=None,
    )
    assert (again.revision, again.state) == (6, "draft")
    office.move(done, "head", "review")
    office.move(done, "director", "sign")
    office.work()
    row = office.row(done)
    assert (row.state, row.abstract, row.files.count()) == ("signed", "trích yếu đúng", 2)
    assert office.row(done).recipients.count() == 2


def test_a_revision_that_was_not_seen_is_refused(office):
    done = office.draft()
    with pytest.raises(faults.DocumentMoved):
        office.move(done, "head", "review", revision=2)
    assert office.move(done, "head", "review", revision=1).revision == 2


def test_a_repeat_gives_the_first_answer(office):
    first = office.draft(key="k")
    assert office.draft(key="k").document_id == first.document_id
    with pytest.raises(KeyReused):
        office.draft(key="k", abstract="khác")
    office.move(first, "head", "review", key="r")
    assert office.move(first, "head", "review", key="r").revision == 2
    assert OutgoingDocument.objects.count() == 1


def test_a_signer_without_a_certificate_gets_it_back(office, authority):
    director = office.people["director"].officer_id
    authority.refused.add(f"officer:{director}")
    done = office.draft()
    office.move(done, "head", "review")
    office.move(done, "director", "sign")
    office.work()
    row = office.row(done)
    assert (row.state, row.revision) == ("reviewed", 4)
    assert "chứng thư" in DocumentAct.objects.order_by("pk").last().reason


@pytest.mark.parametrize(("effect", "state"), EFFECTS.items())
def test_issuing_changes_the_document_it_names(office, effect, state):
    first = office.issued()
    second = office.signed(about_id=first.document_id, effect=effect)
    assert office.row(first).state == State.ISSUED
    office.move(second, "clerk", "issue")
    office.work()
    row = office.row(first)
    assert (row.state, row.ended_by_id) == (state, second.document_id)
    assert Entry.objects.get(stream=stream_of(row), seq=7).act == f"document_{effect}"


def test_only_what_is_in_force_is_changed_and_once(office):
    draft = office.draft()
    with pytest.raises(faults.NotInForce):
        office.draft(about_id=draft.document_id, effect="revoke")
    first = office.issued()
    one, two = (office.signed(about_id=first.document_id, effect="revoke") for _ in range(2))
    office.move(one, "clerk", "issue")
    with pytest.raises(faults.NotInForce):
        office.move(two, "clerk", "issue")
    office.work()
    with pytest.raises(faults.NotInForce):
        office.move(two, "clerk", "issue")
    assert NumberBook.objects.get().last == 2  # what was refused gave its number back


def test_drafts_are_seen_by_who_handles_them_and_letters_by_their_agency(office):
    done, people = office.draft(), office.people
    for who in ("drafter", "head", "director", "clerk", "mayor"):
        sees = who != "mayor"
        assert readable(people[who]).filter(pk=done.document_id).exists() is sees, who
    second = office.world.officers["second"]
    for actor in (second, people["stranger"], people["other_head"]):
        with pytest.raises(faults.NoSuchDocument):
            document_of(actor, done.document_id)
    office.move(done, "head", "review")
    office.move(done, "director", "sign")
    office.work()
    office.move(done, "clerk", "issue")
    office.work()
    for actor in (second, people["mayor"]):
        assert document_of(actor, done.document_id).state == "issued"
    with pytest.raises(faults.NoSuchDocument):
        document_of(people["stranger"], done.document_id)


def test_strangers_and_those_without_a_post_see_nothing(office):
    for actor in (actors.PUBLIC, actors.Actor("officer:9", officer_id=9)):
        with pytest.raises(faults.OfficersOnly):
            readable(actor)
    with pytest.raises(faults.NotYourAgency):
        office.draft(who="stranger")


def test_a_document_belongs_to_dossiers_that_its_drafter_sees(office):
    seen = office.world.take_in()
    head = office.draft(who="head", dossiers=(seen.dossier_id,))
    assert list(office.row(head).dossiers.values_list("dossier_id", flat=True)) == [seen.dossier_id]
    with pytest.raises(faults.NoSuchDossier):
        office.draft(dossiers=(seen.dossier_id,))


def test_what_is_dropped_stays_dropped(office):
    done = office.draft()
    office.move(done, "drafter", "drop", reason="không cần nữa")
    with pytest.raises(faults.WrongState):
        office.move(done, "head", "review")
    assert office.row(done).number is None


def test_annexes_are_kept_as_they_were_given(office):
    row = office.row(office.draft(at=MONDAY))
    [annex] = json.loads(row.content)["annexes"]
    assert (annex["columns"], annex["rows"]) == (list(TABLE.columns), [list(TABLE.rows[0])])
