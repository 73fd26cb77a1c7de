"""Two versions side by side."""

from __future__ import annotations

from motcua.core.catalogue.comparing import Difference, differences, of_contents
from motcua.core.catalogue.tests.samples import FACTS, content, facts


def test_equal_things_do_not_differ():
    assert differences({"a": [1, {"key": "x"}]}, {"a": [1, {"key": "x"}]}) == ()


def test_what_was_changed_added_and_left_out():
    before = {"limit": "15 ngày", "fee": None, "old": "x"}
    after = {"limit": "10 ngày", "fee": None, "new": True}
    assert differences(before, after) == (
        Difference("limit", "15 ngày", "10 ngày"),
        Difference("old", "x", None),
        Difference("new", None, "true"),
    )


def test_tables_are_matched_by_their_name():
    before = {"papers": [{"name": "A", "copies": 1}, {"name": "B", "copies": 1}]}
    after = {"papers": [{"name": "C", "copies": 1}, {"name": "A", "copies": 2}]}
    assert differences(before, after) == (
        Difference("papers › A.copies", "1", "2"),
        Difference("papers › B.name", "B", None),
        Difference("papers › B.copies", "1", None),
        Difference("papers › C.name", None, "C"),
        Difference("papers › C.copies", None, "1"),
    )


def test_equal_names_are_told_apart():
    before, after = (
        {"x": [{"name": "A", "n": 1}]},
        {"x": [{"name": "A", "n": 1}, {"name": "A", "n": 2}]},
    )
    assert [one.where for one in differences(before, after)] == ["x › A (2).name", "x › A (2).n"]


def test_names_in_two_languages_match_too():
    before = [{"name": {"vi": "Một", "en": "One"}, "hours": 4}]
    after = [{"name": {"vi": "Một", "en": "One"}, "hours": 2}]
    assert differences(before, after) == (Difference(" › Một.hours", "4", "2"),)


def test_limits_are_compared_as_they_read():
    after = facts(time_limit={"number": 5, "unit": "ngày"})
    assert [(one.before, one.after) for one in of_contents(content(FACTS), content(after))] == [
        ("10 ngày làm việc, Hà Nam 04 ngày làm việc", None),
        (None, "5 ngày"),
    ]


def test_what_reads_alike_and_is_not_the_same_is_seen():
    after = facts(evidence=[{"name": "Đơn", "originals": 1, "copies": 2}, {"set_count": "03 bộ"}])
    found = of_contents(content(FACTS), content(after))
    assert [(one.before, one.after) for one in found] == [("02 bộ", None), (None, "03 bộ")]


def test_another_source_is_a_difference():
    after = facts()
    after["fee"]["source"] = "trang B"
    (found,) = of_contents(content(FACTS), content(after))
    assert (found.where, found.before, found.after) == ("fee.nguồn", "trang A", "trang B")
