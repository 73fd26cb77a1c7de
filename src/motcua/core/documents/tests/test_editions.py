"""A paper keeps the edition that it was asked for under, and is set with it again bit by bit."""

from __future__ import annotations

import datetime
import io
import json

import pytest
from pypdf import PdfReader

from motcua.core.documents import jobs
from motcua.core.documents.jobs import make, set_again, template_of
from motcua.core.documents.tests.samples import words_of
from motcua.core.documents.tests.test_making import LATER, made
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.files.store import path_of
from motcua.core.jobs.registry import PermanentFailure
from motcua.core.ledger.models import Entry
from motcua.core.letters import setting
from motcua.core.letters.declared import letter_at
from motcua.core.letters.editions import draft_of
from motcua.core.letters.faults import TemplateFaulty, over
from motcua.core.letters.keeping import begin, publish, rewrite
from motcua.core.letters.sandbox import BOUNDS, Made
from motcua.core.letters.tests.conftest import appointed

HOUR = datetime.timedelta(hours=1)
_TITLE = "#title(d.letter.name)"


@pytest.fixture
def keeper(world):
    return appointed("keeper-1")


def published(keeper, at: datetime.datetime, words: str = "Bản của thành phố") -> None:
    letter = letter_at("one_stop.form03")
    act = {"actor": keeper, "at": at, "letter": letter, "request": None}
    begin(**act, number=None)
    row = draft_of(letter)
    text = row.text.replace(_TITLE, f"{_TITLE}\n#align(center)[{words}]")
    rewrite(**act, text=text, shared=row.shared, revision=1)
    publish(**act, document="12/QĐ-UBND", since=None, revision=2)


def refused(world) -> Paper:
    done = world.file()
    world.move(done, "counter", "turn_away", reason="Không thuộc thẩm quyền #x")
    return Paper.objects.get(dossier=done.dossier_id)


def again(paper: Paper) -> bytes:
    paper = Paper.objects.get(pk=paper.pk)
    return set_again(paper, template_of(paper))


def bytes_of(paper: Paper) -> bytes:
    return path_of(Paper.objects.select_related("file").get(pk=paper.pk).file.sha256).read_bytes()


def test_a_paper_asked_for_later_is_set_with_the_new_edition(world, keeper):
    published(keeper, MONDAY - HOUR)
    refused(world)
    paper = made("form03")
    assert paper.edition == 1
    text = words_of(PdfReader(io.BytesIO(bytes_of(paper))))
    assert "Bản của thành phố" in text
    assert "Không thuộc thẩm quyền #x" in text
    assert again(paper) == bytes_of(paper)


def test_a_paper_asked_for_before_keeps_the_edition_of_then(world, keeper):
    refused(world)
    published(keeper, MONDAY + 2 * HOUR)
    paper = made("form03")  # made after the edition came, asked for before
    assert paper.edition == 0
    first = bytes_of(paper)
    published(keeper, LATER + HOUR, "Bản sau nữa")
    assert again(paper) == first
    assert "Bản của thành phố" not in words_of(PdfReader(io.BytesIO(first)))


def test_the_chain_tells_the_edition_and_the_hash_of_its_template(world, keeper):
    published(keeper, MONDAY - HOUR)
    refused(world)
    paper = made("form03")
    body = json.loads(Entry.objects.of(paper.dossier_id).get(seq=paper.made_seq).body)
    digest = template_of(paper).digest.hex()
    assert body["data"] | {"edition": 1, "template": digest} == body["data"]


def test_a_run_that_died_is_run_again_with_the_same_edition(world, keeper, monkeypatch):
    paper = refused(world)
    payload = {"dossier": paper.dossier_id, "seq": paper.seq, "letter": "form03"}
    kept = []
    monkeypatch.setattr(jobs, "paper_made", lambda **told: kept.append(told["stored"]))
    make(payload, at=LATER)  # dies before the last statement
    monkeypatch.undo()
    published(keeper, MONDAY + 2 * HOUR)
    make(payload, at=LATER)
    assert Paper.objects.get(pk=paper.pk).file.sha256 == kept[0].sha256


@pytest.mark.parametrize(("what", "gives_up"), [("seconds", False), ("pages", True)])
def test_a_paper_that_a_busy_machine_broke_off_is_set_later(
    world, keeper, monkeypatch, what, gives_up
):
    published(keeper, MONDAY - HOUR)
    paper = refused(world)
    payload = {"dossier": paper.dossier_id, "seq": paper.seq, "letter": "form03"}
    broken = Made(faults=(over(what, BOUNDS),))
    monkeypatch.setattr(setting, "run", lambda *_, **_more: [broken])
    with pytest.raises(PermanentFailure if gives_up else TemplateFaulty):
        make(payload, at=LATER)
    monkeypatch.undo()
    make(payload, at=LATER)
    assert Paper.objects.get(pk=paper.pk).edition == 1
