"""The values of the three procedures are those of the catalogue, with its doubts."""

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
_MISPRINTS = {"264/2016/TT-BTCV": "264/2016/TT-BTC", "257/2016/TT-BTCN": "257/2016/TT-BTC",
              "01/2020/TT-BTPT": "01/2020/TT-BTP"}  # fmt: skip

pytestmark = pytest.mark.reference


@pytest.fixture(params=sorted(_FILES))
def pair(request, reference_data):
    """Give a declared procedure and its row of the catalogue."""
    declared = read(_FILES[request.param], system="one_stop")
    lines = (reference_data / "procedures/catalogue.jsonl").read_text(encoding="utf-8")
    rows = (json.loads(line) for line in lines.splitlines())
    return declared, next(row for row in rows if row["code"]["value"] == declared.code)


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
    declared, row = pair
    told = [one for one in row["evidence"]["value"] if "name" in one]
    counts = [(one.get("originals", 0), one.get("copies", 0)) for one in told]
    assert [(one.originals, one.copies) for one in declared.evidence] == counts
    for rule, one in zip(declared.evidence, told, strict=True):
        assert squeezed(one["name"]).startswith(squeezed(rule.name.vi))


def test_the_limit_is_equal(pair):
    declared, row = pair
    told = row["time_limit"]["value"]
    assert declared.limit is not None
    if "number" in told:
        assert told["unit"] == "ngày làm việc"
        assert (declared.limit.amount, declared.limit.unit) == (told["number"], Unit.WORKING_DAY)
    else:
        assert told["text_2023_da_nang"].startswith("Trong ngày; nhận sau 15 giờ")
        assert (declared.limit.unit, declared.late_after.hour) == (Unit.SAME_DAY, 15)


def test_the_legal_basis_is_equal(pair):
    declared, row = pair
    told = {_MISPRINTS.get(one, one) for one in row["legal_basis"]["value"]}
    assert {one.text for one in declared.legal_basis} == told
    assert len(declared.legal_basis) == len(told)


def test_every_fee_stands_in_the_catalogue(pair):
    declared, row = pair
    told = json.dumps(row["fee"]["value"], ensure_ascii=False)
    for fee in declared.fees:
        assert (f"{fee.amount:,}".replace(",", ".") if fee.amount else "Không") in told


def test_what_the_catalogue_doubts_is_doubted_here(pair):
    declared: Declaration = pair[0]
    for name in ("code", "name", "level", "decided_by", "result"):
        assert declared.sources[name].mark is _MARKS[pair[1][name]["mark"]]
    assert declared.sources["limit"].mark is Mark.CONFIRMED
    assert all(one.source.mark is Mark.CONFIRMED for one in (*declared.evidence, *declared.fees))
