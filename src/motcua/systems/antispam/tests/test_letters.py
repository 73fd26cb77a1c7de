"""The annex of a letter and its dossiers agree when it is signed, and doubts are told before."""

from __future__ import annotations

import pytest

from motcua.core.official import content, drafting, moving
from motcua.core.official.keepers import doubts
from motcua.core.official.models import OutgoingDocument
from motcua.core.procedures.declaration import Mark
from motcua.systems.antispam import actions, queries
from motcua.systems.antispam.reactions import _is_unsure
from motcua.systems.antispam.rules import AnnexDiffers, AnnexEmpty
from motcua.systems.antispam.tests.test_pages import HERE, browser, text

A, B = "0912345678", "0912345679"
__all__ = ["browser"]


def reviewed(desk, letter) -> None:
    told = {"document_id": letter.document_id, "name": "review", "revision": None, "key": None}
    moving.move(actor=desk.world.officers["unit_head"], at=desk.at, **told)


def renewed(desk, letter):
    return actions.renew_letter(actor=desk.actor, at=desk.at, letter_id=letter.pk)


def lines(letter) -> list[str]:
    [annex] = content.read(OutgoingDocument.objects.get(pk=letter.document_id).content).annexes
    return [row[1] for row in annex.rows]


def test_a_letter_whose_number_left_is_not_reviewed_before_its_annex_is_renewed(desk):
    first, _second = desk.to_ask(A, B)
    [letter] = desk.draft()
    desk.move(first, "request")
    with pytest.raises(AnnexDiffers, match=A):
        reviewed(desk, letter)
    renewed(desk, letter)
    assert lines(letter) == [B] == [row.number for _, row in queries.lines_of(letter)]
    assert letter.document.dossiers.count() == 1
    reviewed(desk, letter)
    assert desk.sent(letter).sent_on == desk.at.date()


def test_a_number_written_out_of_the_draft_is_told_and_comes_back(desk):
    desk.to_ask(A, B)
    [letter] = desk.draft()
    cases = {item.case_id: item.case for item, _ in queries.lines_of(letter)}
    rows = queries.rows_of(list(cases.values())[:1], queries.Operators(desk.at.date()))
    draft = actions.Draft(letter.operator, tuple(rows))
    order = queries.letter_order(draft, letter.document.signer_id, [], None)
    named = {"document_id": letter.document_id, "revision": None, "key": None}
    drafting.rewrite(actor=desk.actor, at=desk.at, order=order, **named)
    letter.refresh_from_db()
    with pytest.raises(AnnexDiffers, match=B):
        reviewed(desk, letter)
    renewed(desk, letter)
    assert lines(letter) == [A, B]
    reviewed(desk, letter)


def test_a_letter_that_nobody_waits_for_is_not_renewed(desk):
    [case] = desk.to_ask(A)
    [letter] = desk.draft()
    desk.move(case, "request")
    with pytest.raises(AnnexEmpty):
        renewed(desk, letter)


def test_documents_of_others_are_not_asked_about(desk):
    told = content.written(content.Content(paragraphs=("x",)))
    assert doubts(OutgoingDocument(pk=99999, content=told)) == []


def test_what_was_not_confirmed_is_told_before_it_is_signed(desk, browser):
    desk.to_ask(A)
    [letter] = desk.draft()
    told = doubts(letter.document)
    assert [one.vi.partition("“")[2][:20] for one in told] == [one[:20] for one in queries.GROUNDS]
    page = f"/ban/van-ban/{letter.document_id}"
    assert "Căn cứ chưa đối chiếu" in text(browser().get(page))
    client = browser("unit_head")
    client.cookies["language"] = "en"
    assert "not compared with the law yet" in text(client.get(page))
    assert not _is_unsure(type("S", (), {"mark": Mark.CONFIRMED})())


def test_the_page_says_what_differs_and_renews_it(desk, browser):
    first, _second = desk.to_ask(A, B)
    [letter] = desk.draft()
    page = f"{HERE}/cong-van/{letter.pk}"
    client = browser()
    assert "không còn khớp" not in text(client.get(page))
    desk.move(first, "request")
    assert f"Danh sách không còn khớp các hồ sơ : {A}" in text(client.get(page))
    assert client.post(page, {"do": "renew"}).status_code == 302
    assert "không còn khớp" not in text(client.get(page))
