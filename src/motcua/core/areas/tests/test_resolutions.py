"""Real units of Hanoi against what press and government pages said of the resolutions."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.areas.models import Area, Succession
from motcua.core.areas.queries import areas_on, steps_from, steps_to

JANUARY, JULY = datetime.date(2025, 1, 1), datetime.date(2025, 7, 1)
RIVERSIDE = (
    "Nhật Tân, Tứ Liên, Yên Phụ, Bạch Đằng, Thanh Lương, Phú Thượng, Quảng An, Ngọc Thụy, Bồ Đề"
)
IN_CAU_GIAY = ("Yên Hòa", "Dịch Vọng", "Dịch Vọng Hậu", "Nghĩa Đô", "Nghĩa Tân", "Quan Hoa")


def came_from(unit, on):
    """Give the communes that went whole into a unit on a day, and those of which a part did."""
    rows = [one for one in steps_to(unit) if one.date == on and one.old.tier == "commune"]
    whole = {one.old.name for one in rows if one.share == Succession.WHOLE}
    return whole, {one.old.name for one in rows} - whole


def of(text):
    return {one for one in text.split(", ") if one}


def test_resolution_1286_rearranged_109_units_into_56(hanoi):
    """A boundary that moved counts on both sides, and so do the six wards of Cầu Giấy."""
    rows = Succession.objects.filter(date=JANUARY).select_related("old", "new")
    there = areas_on(JANUARY).filter(parent__code="005", name__in=IN_CAU_GIAY)
    six = set(there.values_list("pk", flat=True))
    before = {one.old_id for one in rows if one.kind != "boundary"} | six
    before |= {one.new_id for one in rows if one.new.valid_from is None}
    assert len(six) == 6
    assert (len(before), len({one.new_id for one in rows} | six)) == (109, 56)


def test_resolution_1286_leaves_53_communes_fewer(hanoi):
    eve = JANUARY - datetime.timedelta(days=1)
    communes = [areas_on(day).filter(tier="commune").count() for day in (eve, JANUARY)]
    assert communes == [579, 526]
    assert 579 - 526 == 109 - 56


@pytest.mark.parametrize(
    ("name", "whole", "part"),
    [
        (
            "Hoàn Kiếm",
            "Hàng Bạc, Hàng Bồ, Hàng Buồm, Hàng Đào, Hàng Gai, Hàng Mã, Lý Thái Tổ",
            "Cửa Đông, Cửa Nam, Điện Biên, Đồng Xuân, Hàng Bông, Hàng Trống, Tràng Tiền",
        ),
        (
            "Cửa Nam",
            "Hàng Bài, Phan Chu Trinh, Trần Hưng Đạo",
            "Cửa Nam, Nguyễn Du, Phạm Đình Hổ, Hàng Bông, Hàng Trống, Tràng Tiền",
        ),
        (
            "Ba Đình",
            "Quán Thánh, Trúc Bạch",
            "Cửa Nam, Điện Biên, Đội Cấn, Kim Mã, Ngọc Hà, Thụy Khuê, Cửa Đông, Đồng Xuân",
        ),
        (
            "Ngọc Hà",
            "Vĩnh Phúc, Liễu Giai",
            "Cống Vị, Kim Mã, Ngọc Khánh, Nghĩa Đô, Đội Cấn, Ngọc Hà",
        ),
        (
            "Hai Bà Trưng",
            "Đồng Nhân, Phố Huế",
            "Bạch Đằng, Lê Đại Hành, Nguyễn Du, Thanh Nhàn, Phạm Đình Hổ",
        ),
        (
            "Thanh Xuân",
            "",
            "Nhân Chính, Thanh Xuân Bắc, Thanh Xuân Trung, Thượng Đình, Trung Hòa, Trung Văn",
        ),
        (
            "Khương Đình",
            "",
            "Hạ Đình, Khương Đình, Khương Trung, Đại Kim, Tân Triều, Thanh Xuân Trung, Thượng Đình",
        ),
        (
            "Hồng Hà",
            "Chương Dương, Phúc Tân, Phúc Xá",
            RIVERSIDE,
        ),
        ("Ứng Thiên", "Hoa Viên, Quảng Phú Cầu, Trường Thịnh, Liên Bạt", ""),
        ("Hòa Xá", "Thái Hòa, Hòa Phú, Phù Lưu, Bình Lưu Quang", ""),
        (
            "Phúc Thọ",
            "Tích Lộc, Trạch Mỹ Lộc, Phúc Hòa, Phụng Thượng, Long Thượng, Phúc Thọ",
            "",
        ),
        ("Phúc Lộc", "Võng Xuyên, Xuân Đình, Sen Phương, Vân Phúc, Nam Hà", ""),
        (
            "Hát Môn",
            "Hát Môn, Thanh Đa, Tam Thuấn, Ngọc Tảo, Tam Hiệp, Liên Hiệp, Hiệp Thuận",
            "",
        ),
    ],
)
def test_resolution_1656_made_the_communes_of_july_2025(hanoi, name, whole, part):
    unit = areas_on(JULY).get(name=name, tier="commune")
    assert came_from(unit, JULY) == (of(whole), of(part))


@pytest.mark.parametrize(
    ("code", "name", "first", "last"),
    [
        ("00004", "Trúc Bạch", None, JULY),  # took in Nguyễn Trung Trực and went on
        ("09973", "Canh Nậu", None, JANUARY),
        ("09973", "Lam Sơn", JANUARY, JULY),
        ("00004", "Ba Đình", JULY, None),
        ("00070", "Hoàn Kiếm", JULY, None),
    ],
)
def test_a_code_belongs_to_a_unit_for_its_days(hanoi, code, name, first, last):
    found = Area.objects.filter(code=code, name=name)
    assert [(one.valid_from, one.valid_to) for one in found] == [(first, last)]


def test_tu_liem_became_two_districts_in_2014(hanoi):
    old = Area.objects.get(name="Từ Liêm", tier="district")
    heirs = {one.new.full_name for one in steps_from(old) if one.new.tier == "district"}
    assert heirs == {"Quận Bắc Từ Liêm", "Quận Nam Từ Liêm"}
