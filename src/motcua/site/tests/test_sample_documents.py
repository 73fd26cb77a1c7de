"""The official documents of the sample city: drafted and registered by its own people, once."""

from __future__ import annotations

from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.reconcile import check_documents
from motcua.site.sample.documents import load_documents
from motcua.site.tests.conftest import AT


def test_documents_wait_for_their_signer_and_stay_as_they_are(sample_city):
    assert load_documents(AT) == 4
    states = OutgoingDocument.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["reviewed", "draft"]
    assert OutgoingDocument.objects.filter(sample=False).count() == 0
    arrived = IncomingDocument.objects.order_by("number").values_list("number", "state")
    assert list(arrived) == [(1, "assigned"), (2, "registered")]
    assert list(check_documents()) == []
    assert load_documents(AT) == 0
