"""Linked procedures: one form at one counter, two dossiers at work, one result to fetch.

And a complaint about how that went, answered by somebody who had no hand in it.
"""

from __future__ import annotations

import json

import pytest

from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.store import ADVANCE
from motcua.core.jobs.models import Job
from motcua.core.linked.jobs import go_on
from tests.journeys.city import City, date, dossier, letters

BIRTH = {
    "child": "Trần Thị Bình Minh",
    **date("born", 20, 10, 2026),
    "sex": "female",
    "birthplace": "Bệnh viện Phụ sản Hà Nội",
    "mother": "Trần Thị Thử",
    "phone": "0912345678",
    "copies": "3",
}
WARD = "badinh"


def work(city: City) -> None:
    """Let the worker do what was asked for since the last time."""
    for job in Job.objects.filter(kind=ADVANCE, state="ready").order_by("pk"):
        go_on(json.loads(job.payload), at=city.now())
        Job.objects.filter(pk=job.pk).update(state="done")


def part(code: str, key: str) -> str:
    """Give the code of a part of a dossier."""
    found = Dossier.objects.get(tie__of=dossier(code), tie__key=key).code
    assert found
    return found


@pytest.fixture
def linked(city: City) -> str:
    """Give a linked dossier filed online and received by the ward."""
    lookup = city.file("9.000033", "H26.101", BIRTH)
    city.do(f"motcua.{WARD}", lookup, "receive")
    work(city)
    return dossier(lookup).code


def finish(city: City, code: str) -> None:
    """Take a part to its signed result."""
    city.wait(minutes=20)
    city.do(f"chuyenvien.{WARD}", code, "submit")
    city.do(f"chutich.{WARD}", code, "issue")
    work(city)


def test_one_form_opens_the_parts_in_turn_and_gathers_their_results(city, linked):
    birth = part(linked, "birth")
    assert birth in city.reads(linked)
    waiting = city.officer(f"motcua.{WARD}").get(f"/ban/ho-so/{linked}").content.decode()
    assert "còn chờ kết quả liên thông" in waiting
    finish(city, birth)
    finish(city, part(linked, "copies"))
    city.do(f"motcua.{WARD}", linked, "gather")
    city.do(f"motcua.{WARD}", linked, "return")
    assert (dossier(linked).outcome, letters(linked)) == ("granted", ["form01"])


def test_withdrawing_the_whole_takes_its_part_back(city, linked):
    told = {"key": "w", "revision": dossier(linked).revision, "reason": "Không cần nữa."}
    assert city.citizen.post(f"/ho-so/{linked}/rut", told).status_code == 302
    work(city)
    assert dossier(part(linked, "birth")).state == "withdrawn"


def test_a_complaint_goes_past_everybody_who_had_a_hand_in_it(city, linked):
    birth = part(linked, "birth")
    finish(city, birth)
    said = {"key": "c", "fields.about": "act", "fields.content": "Phải chờ lâu."}
    answer = city.citizen.post(f"/ho-so/{birth}/khieu-nai/9.000032", said)
    assert answer.status_code == 302
    complaint = Dossier.objects.get(tie__of=dossier(birth), tie__kind="complaint")
    holder = WorkItem.objects.get(dossier=complaint)
    assert holder.agency_id == agency_by_code("H26").id  # the chairperson signed the certificate
    assert complaint.lookup in city.citizen.get(f"/ho-so/{birth}").content.decode()
