"""What is changed behind the ledger's back is found."""

from __future__ import annotations

import pytest

from motcua.core.ledger.models import Entry
from motcua.core.official.models import (
    DocumentAct,
    DocumentFile,
    IncomingDocument,
    NumberBook,
    OutgoingDocument,
    Recipient,
)
from motcua.core.official.reconcile import check_documents
from motcua.core.official.tests.test_incoming import arrive


@pytest.fixture
def two(office):
    office.issued()
    arrive(office)
    return office


def codes() -> list[str]:
    return [one.code for one in check_documents()]


def test_what_the_acts_wrote_agrees(two):
    assert codes() == []


@pytest.mark.parametrize(
    ("model", "told", "found"),
    [
        (OutgoingDocument, {"abstract": "khác"}, ["state.document"]),
        (OutgoingDocument, {"content": "{}"}, ["state.document"]),
        (OutgoingDocument, {"state": "revoked"}, ["state.document"]),
        (OutgoingDocument, {"number": 7}, ["state.document", "state.number_book"]),
        (Recipient, {"name": "Người khác"}, ["state.document"]),
        (DocumentFile, {"seq": 1}, ["state.document_file"] * 1),
        (IncomingDocument, {"author": "Khác"}, ["state.document"]),
        (NumberBook, {"last": 5}, ["state.number_book"]),
        (DocumentAct, {"reason": "khác"}, ["state.document"]),
    ],
)
def test_a_changed_row_is_found(two, model, told, found):
    row = model.objects.order_by("pk").last()
    model.objects.filter(pk=row.pk).update(**told)
    assert codes() == found


def test_an_act_that_was_taken_out_is_found(two):
    row = OutgoingDocument.objects.get()
    DocumentAct.objects.filter(act="issue_made").delete()
    assert codes() == ["state.document"]
    assert Entry.objects.filter(act="document_issue_made").exists()
    assert row.state == "issued"
