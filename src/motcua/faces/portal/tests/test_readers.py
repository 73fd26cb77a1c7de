"""A citizen reads who looked at their own dossiers, and at nobody else's."""

from __future__ import annotations

import pytest

from motcua.core.access import log
from motcua.core.access.log import Reader
from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.portal.tests.test_accounts import citizen, done
from motcua.faces.ui.tests.pages import faults

__all__ = ["citizen", "done"]  # fixtures
PAGE = "/ho-so-cua-toi/ai-da-xem"


def look(world, dossier_id: int, who: str = "specialist") -> None:
    reader = Reader(world.officers[who], MONDAY)
    log.opened(reader, dossier_id)


@pytest.fixture
def bound(citizen, done):
    """The citizen with their dossier opened by its number, and an officer's look at it."""
    citizen.post("/ho-so-cua-toi", {"so": done.lookup})
    return citizen


def test_whoever_is_not_signed_in_is_asked_for_a_telephone(client, done):
    assert client.get(PAGE)["Location"].startswith("/dang-nhap/dien-thoai")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_tells_post_and_agency_and_no_name(world, bound, done, language):
    look(world, done.dossier_id)
    bound.cookies["language"] = language
    page = bound.get(PAGE)
    assert faults(page) == []
    told = page.content.decode()
    assert f"{world.department.code}</strong>" in told
    assert done.code in told
    assert "<strong>specialist," not in told


def test_a_look_at_somebody_elses_is_not_told(world, bound, done):
    other = world.move(world.file(applicant={"name": "Lý An", "phone": "0987654321"}), "counter",
                       "receive")  # fmt: skip
    look(world, other.dossier_id)
    page = bound.get(PAGE).content.decode()
    assert other.code not in page
    assert f"{world.department.code}</strong>" not in page
    asked = bound.get(PAGE, {"ho-so": other.code}).content.decode()
    assert f"/ho-so/{other.code}" not in asked
    assert f">{other.code}<" not in asked


def test_one_dossier_may_be_chosen(world, bound, done):
    second = world.move(world.file(), "counter", "receive")
    bound.post("/ho-so-cua-toi", {"so": second.lookup})
    for one in (done, second):
        look(world, one.dossier_id)
    told = bound.get(PAGE, {"ho-so": second.code}).content.decode()
    assert f'/ho-so/{second.code}"' in told
    assert f'/ho-so/{done.code}"' not in told


def test_nobody_looked_yet_says_so(citizen):
    assert "Chưa có lần xem nào được ghi" in citizen.get(PAGE).content.decode()


def test_what_waits_for_the_citizen_stands_first(world, bound, done):
    asked = world.to("appraise")
    world.move(asked, "specialist", "supplement", reason="Thiếu.", hours=4)
    bound.post("/ho-so-cua-toi", {"so": asked.lookup})
    page = bound.get("/ho-so-cua-toi").content.decode()
    assert "Bạn cần bổ sung giấy tờ" in page
    assert page.index(asked.code) < page.index(done.code)
