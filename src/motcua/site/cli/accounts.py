"""The table of people to sign in as, shown when the sample city starts (read without Django)."""

from __future__ import annotations

import unicodedata

from motcua.site.sample.city import city, post_names

Row = tuple[str, ...]
_HEAD: Row = ("Tên đăng nhập / user", "Họ tên / name", "Chức vụ / post", "Cơ quan / agency")


def print_accounts() -> None:
    """Print the main accounts of the sample city and the one password of them all."""
    rows = account_rows()
    widths = [max(_width(row[column]) for row in [_HEAD, *rows]) for column in range(len(_HEAD))]
    print("\nTài khoản dùng thử, người và hồ sơ đều hư cấu / Sample accounts, all people made up")
    print(f"Mật khẩu chung / password for all: {city().password}\n")
    for row in [_HEAD, tuple("─" * width for width in widths), *rows]:
        print(f"  {_line(row, widths)}", flush=True)
    print(flush=True)


def account_rows() -> list[Row]:
    """Give user name, name, post and agency of those that `city.toml` shows."""
    names = post_names()
    return [
        (
            officer.username,
            officer.name,
            " / ".join(names[officer.post]),
            f"{agency.short_name} / {agency.name_en}",
        )
        for agency in city().agencies
        for officer in agency.officers
        if officer.shown
    ]


def _line(row: Row, widths: list[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(not unicodedata.combining(sign) for sign in text)
