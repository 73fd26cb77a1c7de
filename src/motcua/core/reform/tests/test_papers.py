"""Papers since a reform name both agencies, those of before the one of then."""

from __future__ import annotations

from motcua.core.documents.context import context_of
from motcua.core.dossiers.models import Paper
from motcua.core.reform.tests.city import City, dawn

BOTH = "UBND phường Ba Đình (tiếp nhận từ UBND quận Ba Đình)"


def paper(done, letter: str) -> dict[str, dict[str, str]]:
    row = Paper.objects.filter(dossier=done.dossier_id, letter=letter).order_by("pk").last()
    return context_of(row)


def test_a_receipt_given_anew_names_both(city: City):
    done = city.world.to("appraise")
    done = city.world.move(done, "specialist", "supplement", reason="Thiếu.", hours=5)
    city.reform()
    city.move(done, "counter", "answer")
    told = paper(done, "form01")
    assert told["head"]["agency"] == BOTH
    assert BOTH in told["contact"]["office"]
    assert told["holder"]["agency"] == "UBND phường Ba Đình"
    assert told["code"] == "H26.12-261102-0001"


def test_a_paper_of_before_names_the_agency_of_then(city: City):
    done = city.world.take_in()
    city.reform()
    told = paper(done, "form01")
    assert told["head"]["agency"] == "UBND quận Ba Đình"
    assert "tiếp nhận từ" not in told["contact"]["office"]


def test_a_dossier_filed_with_the_heir_names_the_heir_alone(city: City):
    city.reform()
    done = city.world.file(agency_id=city.ward.pk, at=dawn())
    done = city.move(done, "counter", "receive")
    assert paper(done, "form01")["head"]["agency"] == "UBND phường Ba Đình"
