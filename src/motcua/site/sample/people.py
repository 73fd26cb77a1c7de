"""Made-up people and firms, from small lists of our own and a given source of chance.

Numbers are valid in shape and meant to be nobody's: telephone numbers lie in one low block, tax
codes and personal numbers are drawn at random.
"""

from __future__ import annotations

from random import Random

from stdnum.vn import mst

_SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Ông"
).split()
_MIDDLE = {
    "male": "Văn Minh Đức Quốc Gia Hữu Công Trọng Anh Khánh".split(),
    "female": "Thị Thu Ngọc Phương Bảo Khánh Hồng Minh Mỹ Quỳnh".split(),
}
_GIVEN = {
    "male": "Khôi Huy Long Đạt Kiệt Hùng Vinh Nghĩa Ẩn Phúc Sơn Tùng Ước Duy".split(),
    "female": "Anh Châu Hà Lan Ly Nhung Thư Trang Vy Yến Ưởng Ngân Chi Duyên".split(),
}
_FIRMS = "Sao Khuê|Cánh Én|Hoa Gạo|Đồng Xanh|Sông Trăng|Lá Bàng|Gió Hồ|Ngõ Nhỏ|Mây Trắng".split("|")
_TRADES = "Chuyển phát|Giao nhận|Bưu chính|Thư tín".split("|")
_STREETS = "Hoa Sữa|Cầu Mây|Ao Sen|Bến Nước|Vườn Dâu|Đình Làng".split("|")
_WARDS = ("phường Ba Đình", "phường Hoàn Kiếm", "phường Đống Đa")
# Registered in Hanoi; the digit of the century is that of 1900–1999.
_PROVINCE = "001"
_CENTURY = {"male": "0", "female": "1"}


def person(chance: Random) -> dict[str, object]:
    """Give a citizen as a form states one."""
    sex = chance.choice(("male", "female"))
    return {
        "kind": "person",
        "name": _name(chance, sex),
        "number": personal_number(chance, sex),
        "phone": phone(chance),
        "address": address(chance),
    }


def enterprise(chance: Random) -> dict[str, object]:
    """Give a firm as a form states one."""
    return {
        "kind": "enterprise",
        "name": firm_name(chance),
        "tax_code": tax_code(chance),
        "phone": phone(chance),
        "address": address(chance),
    }


def name(chance: Random) -> str:
    """Give the name of somebody."""
    return _name(chance, chance.choice(("male", "female")))


def firm_name(chance: Random) -> str:
    """Give the name of a firm."""
    return f"Công ty TNHH {chance.choice(_TRADES)} {chance.choice(_FIRMS)}"


def address(chance: Random) -> str:
    """Give an address in a real ward, in a street that is not there."""
    street, ward = chance.choice(_STREETS), chance.choice(_WARDS)
    return f"Số {chance.randint(1, 180)} phố {street}, {ward}, Hà Nội"


def phone(chance: Random) -> str:
    """Give a mobile number."""
    return f"09000{chance.randrange(100_000):05}"


def tax_code(chance: Random) -> str:
    """Give a tax code with a check digit that fits."""
    while True:
        digits = f"01{chance.randrange(1, 10_000_000):07}"
        code = digits + mst.calc_check_digit(digits)
        if mst.is_valid(code):
            return code


def personal_number(chance: Random, sex: str) -> str:
    """Give a personal number of somebody grown up."""
    year = chance.randint(55, 99)
    return f"{_PROVINCE}{_CENTURY[sex]}{year:02}{chance.randrange(1_000_000):06}"


def _name(chance: Random, sex: str) -> str:
    words = (chance.choice(_SURNAMES), chance.choice(_MIDDLE[sex]), chance.choice(_GIVEN[sex]))
    return " ".join(words)
