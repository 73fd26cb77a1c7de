"""Lists of any length by a job: for who asked, with what they might read then and may read now."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from motcua.core.access import log
from motcua.core.access.models import Read
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.exports import asking
from motcua.core.exports.asking import ExportGone, NoSuchExport, OfficersAlone, fetch
from motcua.core.exports.models import Export
from motcua.core.exports.rights import RightsEnded
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.registers import exporting
from motcua.core.registers.declaration import Form
from motcua.core.registers.exported import JOB, ask
from motcua.core.registers.exporting import FileForm, NothingToDraw, TooManyRecords, Wish, give
from motcua.core.registers.models import Record
from motcua.core.registers.querying import Filter

AT = MONDAY.replace(hour=4)


@pytest.fixture
def many(kept, settings, tmp_path, monkeypatch):
    settings.MOTCUA_FILES = tmp_path
    monkeypatch.setattr(exporting, "_BATCH", 2)
    discover()
    for number in range(5):
        kept.site(f"HN-{number}", keeper="Nguyễn Văn Mẫu", height=10 + number)
    return kept


def wish(kept, who="specialist", form=FileForm.CSV, **changes) -> Wish:
    reader = log.Reader(kept.world.officers[who], AT, "192.0.2.1")
    told = {"reader": reader, "declaration": kept.sites, "wanted": Filter(), "form": form}
    return Wish(**{**told, **changes})


def work() -> None:
    Job.objects.exclude(kind=JOB).update(state="done")
    while run_one("w", AT):
        pass


def made(kept, who="specialist", form=FileForm.CSV, **changes) -> bytes:
    asked = wish(kept, who, form, **changes)
    code = ask(asked).code
    work()
    _row, path = fetch(asked.reader, code)
    return path.read_bytes()


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("who", ["specialist", "other_specialist"])
@pytest.mark.parametrize(
    "wanted", [Filter(), Filter(words="hn 3"), Filter(fields={"height": "12"})]
)
def test_it_holds_what_the_file_at_once_holds(many, who, wanted):
    out = io.BytesIO()
    give(out, wish(many, who, wanted=wanted))
    assert made(many, who, wanted=wanted) == out.getvalue()


def test_shapes_come_as_geojson_and_a_register_without_has_none(many):
    told = json.loads(made(many, form=FileForm.GEOJSON))
    assert len(told["features"]) == 5
    bare = replace(many.sites, form=Form.NONE)
    with pytest.raises(NothingToDraw):
        ask(wish(many, form=FileForm.GEOJSON, declaration=bare))


def test_a_list_too_long_to_wait_for_goes_by_a_job(many, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 4)
    with pytest.raises(TooManyRecords):
        give(io.BytesIO(), wish(many))
    assert len(rows(made(many))) == 5
    row = Export.objects.get()
    assert (row.state, row.expected, row.written, row.form) == ("ready", 5, 5, "csv")


def test_every_batch_and_the_fetching_are_in_the_log(many):
    made(many)
    what = "register.trial_sites.csv"
    assert list(Read.objects.order_by("id").values_list("what", "count")) == [
        (what, 2),
        (what, 2),
        (what, 1),
        (f"{what}.file", 5),
    ]


def test_asked_twice_it_is_one_file(many):
    first = ask(wish(many))
    assert ask(wish(many)).code == first.code
    assert ask(wish(many, wanted=Filter(words="hn 1"))).code != first.code


def test_nobody_else_finds_it_and_no_applicant_has_one_made(many):
    code = ask(wish(many)).code
    work()
    with pytest.raises(NoSuchExport):
        fetch(log.Reader(many.world.officers["leader"], AT, ""), code)
    applicant = many.world.applicant(many.world.file())
    with pytest.raises(OfficersAlone):
        ask(wish(many, reader=log.Reader(applicant, AT, "")))


def test_a_post_that_ended_before_it_is_made_gives_no_rows(many):
    code = ask(wish(many)).code
    Appointment.objects.update(valid_to=AT.date())
    work()
    row = Export.objects.get(code=code)
    assert row.state == "failed"
    with pytest.raises(ExportGone):
        fetch(wish(many).reader, code)


def test_a_post_that_ended_before_it_is_fetched_gives_no_file(many):
    code = ask(wish(many)).code
    work()
    actor = many.world.officers["specialist"]
    less = replace(actor, posts=(), scopes=actor.scopes[:1])
    with pytest.raises(RightsEnded):
        fetch(log.Reader(less, AT, ""), code)


def test_a_record_that_goes_to_another_agency_meanwhile_is_masked_as_it_is_now(many):
    ask(wish(many))
    Record.objects.filter(title="HN-0").update(agency=many.world.city)
    work()
    told = {
        one["code"]: one["keeper"]
        for one in rows(asking.path_of(Export.objects.get().code).read_bytes())
    }
    assert (told["HN-0"], told["HN-1"]) == ("***", "Nguyễn Văn Mẫu")
