"""A row that was read can be given back whole, whatever its form."""

from __future__ import annotations

import copy
import json

import pytest

from motcua.core.catalogue.content import body_of, content_of
from motcua.core.catalogue.facts import written_facts
from motcua.core.catalogue.faults import NotImportable
from motcua.core.catalogue.importing import rows_of
from motcua.core.catalogue.national import written_national
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, content, facts, file_of


def kept(one):
    """Give a content as the database gives it back."""
    return content_of(body_of(one))


def test_facts_come_back_as_they_were():
    assert written_facts(kept(content(FACTS))) == FACTS


def test_a_national_page_comes_back_as_it_was():
    assert written_national(kept(content(NATIONAL))) == NATIONAL


def test_letters_keep_their_form():
    row = facts(name="Cấp giấy")  # decomposed: another spelling of the same words
    assert written_facts(kept(content(row)))["name"]["value"] == "Cấp giấy"


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(NotImportable) as told:
        rows_of(text)
    return [(one.where, one.code) for one in told.value.faults]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ((), "mới"),
        (("metadata",), "mới"),
        (("content",), "mới"),
        (("tables",), "mới"),
        (("tables", "hinh_thuc_nop", 0), "mới"),
    ],
)
def test_a_key_that_would_be_lost_refuses_the_row(path, key):
    row = copy.deepcopy(NATIONAL)
    part = row
    for step in path:
        part = part[step]
    part[key] = "x"
    assert [code for _, code in refused(file_of(row))] == ["catalogue.unknown_key"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "catalogue.json"),
        ("[1]", "catalogue.json"),
        ('{"a": 1}', "catalogue.unknown_form"),
        (file_of(facts() | {"fee": {"value": 1}}), "catalogue.wrong_type"),
        (
            file_of(facts() | {"fee": {"value": 1, "mark": "?", "source": ""}}),
            "catalogue.unknown_mark",
        ),
        (file_of(facts(name="")), "catalogue.missing_key"),
        (file_of(facts(name="x\0y")), "catalogue.broken_text"),
        (file_of(facts(name="x" * 1001)), "catalogue.too_long"),
        ('{"thu_tuc_id": "1.000001"}', "catalogue.missing_key"),
        (json.dumps(facts(result="\ud800")), "catalogue.broken_text"),
    ],
)
def test_a_line_that_cannot_be_kept_says_why(line, code):
    assert code in {found for _, found in refused(line)}


def test_every_fault_of_every_line_is_told_with_its_place():
    text = file_of(facts(), facts(), {"a": 1})
    assert refused(text) == [("2:code", "catalogue.twice"), ("3:", "catalogue.unknown_form")]


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "written"),
    [("procedures.jsonl", written_national), ("catalogue.jsonl", written_facts)],
)
def test_no_field_of_the_real_files_is_lost(reference_data, name, written):
    text = (reference_data / "procedures" / name).read_text("utf-8")
    given_back = [written(kept(row.content)) for row in rows_of(text, "nguồn")]
    assert given_back == [json.loads(line) for line in text.splitlines()]
