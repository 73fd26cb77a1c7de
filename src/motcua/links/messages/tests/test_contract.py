"""What both sides of the link promise."""

from __future__ import annotations

import pytest

from motcua.links.messages.port import Undelivered
from motcua.links.messages.tests.conftest import notice


def refusal(side, message):
    with pytest.raises(Undelivered) as caught:
        side.carrier.send(message)
    return caught.value


def test_a_notice_arrives_in_plain_text(side):
    side.carrier.send(notice(link="https://motcua.example.vn/ho-so/7"))
    [(key, to, subject, text)] = side.arrived()
    assert (key, to, subject) == ("1", "binh@example.vn", "Đã nhận hồ sơ")
    assert text.startswith(
        "Hồ sơ của bà đã được nhận.\n\nhttps://motcua.example.vn/ho-so/7\n\n-- \n"
    )


def test_a_repeat_is_recognised_by_its_key(side):
    for number in (1, 1, 2):
        side.carrier.send(notice(number))
    assert {key for key, *_ in side.arrived()} == {"1", "2"}


def test_a_line_that_is_a_dot_arrives_whole(side):
    side.carrier.send(notice(text="Một\n.\n..Hai"))
    assert side.arrived()[0][3].startswith("Một\n.\n..Hai\n")


def test_a_subject_adds_no_header(side):
    side.carrier.send(notice(subject="Tin\r\nBcc: khac@example.vn"))
    assert side.arrived()[0][2] == "Tin Bcc: khac@example.vn"


@pytest.mark.parametrize("receiver", ["party:2", "party:3"])
def test_an_address_that_does_not_exist_is_refused_for_good(side, receiver):
    assert refusal(side, notice(receiver=receiver)).permanent
    assert side.arrived() == []


@pytest.mark.parametrize("missing", ["subject", "text"])
def test_a_notice_without_words_is_refused_for_good(side, missing):
    error = refusal(side, notice(**{missing: " "}))
    assert error.permanent
    assert missing in error.text("vi")


def test_a_closed_way_is_worth_another_try(side):
    side.close()
    assert not refusal(side, notice()).permanent
    side.open()
    side.carrier.send(notice())
    assert len(side.arrived()) == 1


def test_an_open_way_is_found_well_without_sending(side):
    findings = side.carrier.check()
    assert [f.code for f in findings if not f.ok] == []
    assert all(f.vi and f.en for f in findings)
    assert side.arrived() == []
