"""The values of the procedures are those of the catalogue, with its doubts."""

from __future__ import annotations

import json
import re

import pytest

from motcua.core.procedures.declaration import Declaration, Mark
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.kernel.calendar import Unit

_FILES = load("motcua.systems.one_stop").procedures
_MARKS = {"[F]": Mark.CONFIRMED, "(memory)": Mark.UNCONFIRMED}
_MISPRINT = re.compile(r"((?:TT-BTC|TT-BTP|QH13))(?:V|N|T|60)$")  # a note's number run together

pytestmark = pytest.mark.reference


# Complaints come from the law on them, the linked one is a sample of two that the catalogue has.
_OURS = {"9.000031.toml", "9.000032.toml", "9.000033.toml", "9.000034.toml"}


@pytest.fixture(params=sorted(_FILES.keys() - _OURS))
def pair(request, reference_data):
    """Give a declared procedure and its row of the catalogue."""
    declared = read(_FILES[request.param], system="one_stop")
    lines = (reference_data / "procedures/catalogue.jsonl").read_text(encoding="utf-8")
    rows = (json.loads(line) for line in lines.splitlines())
    return declared, next(row for row in rows if _same(declared, row))


def _same(declared: Declaration, row) -> bool:
    """Find a row by its code, or by its name where the source knows no code."""
    if row["code"]["value"] is None:
        return row["name"]["value"] == declared.name.vi
    return row["code"]["value"] == declared.code


def squeezed(words: str) -> str:
    """Leave out what typists disagree on: case, and spaces after commas."""
    return re.sub(r",\s*", ",", words).casefold()


def test_names_are_equal(pair):
    declared, row = pair
    said = (declared.name.vi, declared.short.vi, squeezed(declared.level.vi))
    assert said == (
        row["name"]["value"],
        row["short_name"]["value"],
        squeezed(row["level"]["value"]),
    )
    assert row["decided_by"]["value"].startswith(declared.decided_by.vi)


def test_the_result_is_equal(pair):
    declared, row = pair
    told = row["result"]["value"]
    names = [one["name"] for one in told] if isinstance(told, list) else [told]
    assert names == [declared.result.vi]


def test_the_papers_are_equal_in_words_and_number(pair):
    """Remarks between the papers of a portal page (no originals, no copies) may be left out."""
    declared, row = pair
    told = [one for one in row["evidence"]["value"] if "name" in one]
    counts = [one for one in told if one.get("originals", 0) + one.get("copies", 0)]
    left = [
        one
        for one in told
        if not any(squeezed(one["name"]).startswith(squeezed(r.name.vi)) for r in declared.evidence)
    ]
    assert declared.evidence
    assert [one for one in left if one in counts] == []
    for rule in declared.evidence:
        found = [one for one in told if squeezed(one["name"]).startswith(squeezed(rule.name.vi))]
        assert (rule.originals, rule.copies) in [
            (one.get("originals", 0), one.get("copies", 0)) for one in found
        ]


_UNITS = {"ngày làm việc": Unit.WORKING_DAY, "ngày": Unit.CALENDAR_DAY}
_ELSEWHERE = {"2.000635"}  # the page has no limit: it was read in a decision of the city


def test_the_limit_is_equal(pair):
    declared, row = pair
    told = row["time_limit"]["value"]
    told = told[0] if isinstance(told, list) else told
    assert declared.limit is not None
    if "number" in told:
        said = (told["number"], _UNITS[told["unit"]])
        assert (declared.limit.amount, declared.limit.unit) == said
        return
    assert (declared.limit.unit, declared.late_after.hour) == (Unit.SAME_DAY, 15)
    if declared.code not in _ELSEWHERE:
        assert re.match("Trong ngày.*nhận sau 15 giờ", told["text_2023_da_nang"])


def test_the_legal_basis_is_equal(pair):
    declared, row = pair
    told = {_MISPRINT.sub(r"\1", one) for one in row["legal_basis"]["value"]}
    assert {one.text for one in declared.legal_basis} == told
    assert len(declared.legal_basis) == len(told)


def test_every_fee_stands_in_the_catalogue(pair):
    declared, row = pair
    told = json.dumps(row["fee"]["value"], ensure_ascii=False).replace(",", ".")
    for fee in declared.fees:
        if fee.amount == 0:
            assert re.search("Không|Miễn phí", told)
        elif fee.amount is not None:
            assert f"{fee.amount:,}".replace(",", ".") in told


def test_what_the_catalogue_doubts_is_doubted_here(pair):
    declared, row = pair
    for name in ("name", "level", "decided_by", "result"):
        assert declared.sources[name].mark is _MARKS[row[name]["mark"]]
    invented = row["code"]["value"] is None
    code = Mark.SAMPLE if invented else _MARKS[row["code"]["mark"]]
    assert declared.sources["code"].mark is code
    if declared.code not in _ELSEWHERE:
        assert declared.sources["limit"].mark is _MARKS[row["time_limit"]["mark"]]


def test_no_paper_fee_or_law_is_surer_here_than_in_the_catalogue(pair):
    declared, row = pair
    said = {"evidence": declared.evidence, "fee": declared.fees}
    said["legal_basis"] = declared.legal_basis
    for name, values in said.items():
        if _MARKS[row[name]["mark"]] is Mark.UNCONFIRMED:
            assert all(one.source.mark is Mark.UNCONFIRMED for one in values)
