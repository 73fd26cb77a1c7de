"""Papers of one name are told apart."""

from __future__ import annotations

from motcua.faces.ui.papers import told_apart


def test_the_second_of_a_name_says_so():
    assert told_apart(["Giấy hẹn", "Giấy phép", "Giấy hẹn", "Giấy hẹn"]) == [
        "Giấy hẹn",
        "Giấy phép",
        "Giấy hẹn (lần 2)",
        "Giấy hẹn (lần 3)",
    ]
