"""What a message says, whom it is about, and which adverts belong together: pure."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.systems.antispam.rules import (
    Advert,
    Draft,
    ListOrder,
    Range,
    Report,
    Row,
    Source,
    campaigns,
    letters_of,
    links_in,
    near_same,
    operator_by_range,
    printable,
    read_message,
    source_of,
)

ON, OFF = True, False


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("S [0912345678][Mua nhà giá rẻ]", Report("sms", "0912345678", "Mua nhà giá rẻ")),
        ("S (0912345678)(mua nha)", Report("sms", "0912345678", "mua nha")),
        ("s[ 9029 ] , (vay tien)", Report("sms", "9029", "vay tien")),
        ("V [ABC BANK](moi vay\n lai thap)", Report("call", "ABC BANK", "moi vay\nlai thap")),
        ("LD (01681234567)(giả danh công an)", Report("fraud", "01681234567", "giả danh công an")),
        ("LĐ(0912)(x (y) z)", Report("fraud", "0912", "x (y) z")),
        (
            "Fwd: toi bao cao\r\n\tV(0912345678) (goi 3 lan",
            Report("call", "0912345678", "goi 3 lan"),
        ),
        ("Ｓ［0912345678］［quang cao］", Report("sms", "0912345678", "quang cao")),
    ],
)
def test_a_report_is_read_however_it_is_typed(text, report):
    assert read_message(text) == report


@pytest.mark.parametrize(
    "text", ["", "xin chao", "S [] [x]", "S [0912]", "ADS (x)(y)", "S0912 rac"]
)
def test_what_follows_no_syntax_is_kept_for_somebody_to_read(text):
    assert read_message(text) == Report("unread", "", text)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("DK_DNC_S", ListOrder(ON, sms=True, call=False)),
        ("DK_DNC_V", ListOrder(ON, sms=False, call=True)),
        ("DK DNC", ListOrder(ON, sms=True, call=True)),
        ("HUY_DNC_S", ListOrder(OFF, sms=True, call=False)),
        ("HUY_DNC_V", ListOrder(OFF, sms=False, call=True)),
        ("HUY DNC", ListOrder(OFF, sms=True, call=True)),
        ("  đk dnc s. ", ListOrder(ON, sms=True, call=False)),
        ("Kính gửi\nHủy_DNC\nxin cảm ơn", ListOrder(OFF, sms=True, call=True)),
    ],
)
def test_orders_to_the_list(text, order):
    assert read_message(text) == order


@given(st.text(max_size=300))
def test_no_message_is_too_strange(text):
    read = read_message(text)
    assert isinstance(read, Report | ListOrder)
    kept = printable(text)
    assert printable(kept) == kept


@given(
    st.sampled_from(["S", "s", "V", "v", "LD", "ld", "Lđ"]),
    st.sampled_from(["[]", "()"]),
    st.sampled_from(["[]", "()"]),
    st.text("0123456789 .+", min_size=1, max_size=15).filter(str.strip),
    st.text("abc đêẽ 019.,!", min_size=1, max_size=40).filter(str.strip),
)
def test_whatever_brackets_and_case_the_parts_are_read_back(word, first, second, source, content):
    read = read_message(f" {word} {first[0]}{source}{first[1]} {second[0]}{content}{second[1]}\n")
    assert isinstance(read, Report)
    assert (read.source.split(), read.content.split()) == (source.split(), content.split())


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("01681234567", Source("phone", "0381234567")),
        ("+84 912 345 678", Source("phone", "0912345678")),
        ("0912.345.678", Source("phone", "0912345678")),
        ("5656", Source("short", "5656")),
        ("9029", Source("short", "9029")),
        ("Abc  Bank", Source("name", "ABC BANK")),
        ("  ", None),
    ],
)
def test_whom_it_is_about_has_one_spelling(text, source):
    assert source_of(text) == source


def test_the_operator_of_a_range_is_the_one_of_that_day():
    ranges = [Range("09", "x"), Range("091", "vnpt"), Range("091", "viettel", "2027-01-01")]
    assert operator_by_range("+84912345678", ranges, on="2026-11-27") == "vnpt"
    assert operator_by_range("0912345678", ranges, on="2027-01-01") == "viettel"
    assert operator_by_range("0812345678", ranges, on="2026-11-27") == ""


def test_links_have_one_spelling():
    text = "Vay tại https://www.Vay-nhanh.vn/a?x=1. hoặc vay-nhanh.vn/a, gọi 0912.345.678"
    assert links_in(text) == {"vay-nhanh.vn/a"}


def test_adverts_belong_together_by_number_link_or_words():
    adverts = [
        Advert(1, "0900000001", "Khoan cắt bê tông giá rẻ, gọi 0900000001"),
        Advert(2, "0900000002", "KHOAN CAT BE TONG gia re goi 0900000002"),
        Advert(3, "0900000002", "Xem vay-nhanh.vn"),
        Advert(4, "0900000004", "Cho vay lãi thấp https://vay-nhanh.vn/"),
        Advert(5, "0900000005", "Thông tắc cống"),
    ]
    [found] = campaigns(adverts)
    assert found.keys == (1, 2, 3, 4)
    assert found.numbers == ("0900000001", "0900000002", "0900000004")
    assert found.links == ("vay-nhanh.vn",)


def test_texts_of_no_words_are_alone():
    assert near_same(["", "0912345678", "?"]) == [0, 1, 2]


@given(st.permutations(["mua xe may cu", "thong tac cong", "thông tắc cống 24h", "mua xe máy cũ!"]))
def test_the_order_of_adverts_decides_nothing(texts):
    found = campaigns([Advert(index, "", text) for index, text in enumerate(texts)])
    assert sorted(len(one.keys) for one in found) == [2, 2]


def test_ten_thousand_texts_are_grouped_in_seconds():
    chance = random.Random(1)
    words = [f"{a}{b}{c}" for a in "bcdghklmn" for b in "aeiou" for c in "mntpc"]
    firsts = [" ".join(chance.choices(words, k=14)) for _ in range(2000)]
    texts = [f"{chance.choice(firsts)} 09{chance.randrange(10**8):08}" for _ in range(10_000)]
    assert len(set(near_same(texts))) <= 2000


ROWS = st.builds(
    Row,
    case=st.integers(1, 50),
    operator=st.sampled_from(["", "viettel", "vnpt"]),
    number=st.sampled_from(["0900000001", "0900000002"]),
    kind=st.just("advert"),
    text=st.just(""),
    place=st.just(""),
    day=st.just(""),
    photo=st.just(""),
)


@given(st.lists(ROWS))
def test_every_row_with_an_operator_stands_in_one_letter(rows):
    letters = letters_of(rows)
    assert [one.operator for one in letters] == sorted({one.operator for one in rows} - {""})
    listed = [row for one in letters for row in one.rows]
    assert sorted(map(repr, listed)) == sorted(repr(one) for one in rows if one.operator)
    assert all(row.operator == one.operator for one in letters for row in one.rows)


def test_letters_are_the_same_however_rows_come():
    row = Row(1, "vnpt", "0900000001", "advert", "", "", "", "")
    other = Row(2, "vnpt", "0900000002", "advert", "", "", "", "")
    assert letters_of([other, row]) == letters_of([row, other]) == [Draft("vnpt", (row, other))]
