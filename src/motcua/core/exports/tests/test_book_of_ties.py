"""What hangs on another dossier stands in the book too, with what it hangs on."""

from __future__ import annotations

from datetime import timedelta

from motcua.core.complaints.tests.conftest import again, complains
from motcua.core.complaints.tests.conftest import world as complaining
from motcua.core.daybook.noting import Noted, noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import Extract, opened
from motcua.core.dossiers.tests.world import DAY
from motcua.core.linked.tests.conftest import as_done, end, publish_both, received
from motcua.core.linked.tests.conftest import opened as part_of
from motcua.core.sql import reading

__all__ = ["complaining"]


def book(world, actor) -> dict[str, Noted]:
    period = {"first": DAY, "last": DAY + timedelta(days=9)}
    found = opened(actor, Extract(agency_id=world.department.pk, **period))
    return {one.line.code or "": one for one in noted(actor, found.rows, Numbering(reading()))}


def remarks(one: Noted) -> list[str]:
    return [remark.vi for remark in one.remarks]


def test_a_complaint_names_what_it_is_about_and_goes_by_no_counter(complaining):
    world = complaining
    done = world.to("appraise")
    complaint = complains(world, done)
    chief = again(world.officers["chief"])
    assert complaint.code is None  # not accepted yet: no line
    complaint = world.move(complaint, chief, "accept", hours=9)
    world.move(complaint, chief, "uphold", hours=10, reason="Đúng.")
    lines = book(world, again(chief))
    one = lines[complaint.code]
    assert remarks(one) == [f"Khiếu nại, phản ánh về hồ sơ {done.code}"]
    assert (one.place.number, lines[done.code].place.number) == (2, 1)
    assert (one.result_at, one.way, one.handed_by) == (None, "", "chief")
    assert one.returned_at is not None
    # Those who handled the dossier have no hand in the complaint, and see no line of it.
    assert complaint.code not in book(world, again(world.officers["counter"]))


def test_a_linked_part_names_its_whole_and_gives_its_result_to_it(complaining):
    world = publish_both(complaining)
    done = received(world)
    part = part_of(done)
    assert part is not None
    end(world, part, hours=1)
    part.refresh_from_db()
    if not part.closed:
        world.move(as_done(part), "counter", "return", hours=3)
    one = book(world, world.officers["counter"])[part.code]
    assert remarks(one) == [f"Liên thông từ hồ sơ {done.code}"]
    assert one.result_at is not None
    assert one.way == "linked"
