"""`motcua accounts …`: opens, invites, closes and lists accounts; and the table of sample ones.

The table is read without Django, so that `motcua up` stays a small process.
"""

from __future__ import annotations

import argparse
import unicodedata

from motcua.core.now import now
from motcua.site.authenticators import code_of, secret_of
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json
from motcua.site.sample.city import city, post_names

Row = tuple[str, ...]
_HEAD: Row = (
    *("Tên đăng nhập / user", "Họ tên / name", "Chức vụ / post", "Cơ quan / agency"),
    *("Khóa TOTP / secret", "Mã lúc này / code now"),
)
_ACTOR = "system:keeper"
_NOUNS = {
    "invite": "start an account's sign-in over: new password, factors, sessions and keys end",
    "unlock": "let somebody who guessed wrong too often try again at once",
    "close": "close an account; its sessions and keys end at once",
    "reopen": "open a closed account again, by an invitation",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    opening = nouns.add_parser("open", help="open an account for an officer and invite them")
    opening.add_argument("username")
    opening.add_argument("--staff-number", required=True, help="whose account it is")
    add_json(opening)
    for noun, text in _NOUNS.items():
        command = nouns.add_parser(noun, help=text, description=text)
        command.add_argument("username")
        add_json(command)
    add_json(nouns.add_parser("list", help="list accounts and how they sign in"))
    nouns.add_parser("sample", help="show the sample accounts with their present codes")


def run(options: argparse.Namespace) -> int:
    """Do what the noun says."""
    if options.noun == "sample":
        print_accounts()
        return 0
    ready()
    if options.noun == "list":
        return _list(options)
    return _open(options) if options.noun == "open" else _act(options)


def _open(options: argparse.Namespace) -> int:
    from django.contrib.auth.hashers import make_password

    from motcua.core.accounts.managing import NoSuchOfficer, invite, open_account
    from motcua.core.people.models import Officer
    from motcua.core.sql import act

    at = now()
    officer = Officer.objects.filter(staff_number=options.staff_number).first()
    if officer is None:
        raise NoSuchOfficer(number=options.staff_number)
    with act():
        account = open_account(
            actor=_ACTOR,
            at=at,
            username=options.username,
            officer=officer,
            password=make_password(None),
        )
        password = invite(actor=_ACTOR, at=at, account=account)
    answer(options, {"username": account.username, "password": password})
    return 0


def _act(options: argparse.Namespace) -> int:
    from motcua.core.accounts import managing, proving

    account = managing.by_username(options.username)
    told: dict[str, object] = {"username": account.username}
    match options.noun:
        case "invite":
            told["password"] = managing.invite(actor=_ACTOR, at=now(), account=account)
        case "reopen":
            told["password"] = managing.reopen_account(actor=_ACTOR, at=now(), account=account)
        case "close":
            managing.close_account(actor=_ACTOR, at=now(), account=account)
        case _:
            proving.unlock(account)
    answer(options, told)
    return 0


def _list(options: argparse.Namespace) -> int:
    from motcua.core.accounts.managing import listed

    rows = listed(now())
    if options.json:
        print(as_json({"accounts": rows}))
        return 0
    for row in rows:
        print("  ".join("–" if value is None else str(value) for value in row.values()))
    return 0


def print_accounts() -> None:
    """Print the main accounts of the sample city: the one password, each secret and its code."""
    rows = account_rows()
    widths = [max(_width(row[column]) for row in [_HEAD, *rows]) for column in range(len(_HEAD))]
    print("\nTài khoản dùng thử, người và hồ sơ đều hư cấu / Sample accounts, all people made up")
    print(f"Mật khẩu chung / password for all: {city().password}")
    print("Mã đổi mỗi 30 giây / codes change every 30 s: /sample/outbox, motcua accounts sample\n")
    for row in [_HEAD, tuple("─" * width for width in widths), *rows]:
        print(f"  {_line(row, widths)}", flush=True)
    print(flush=True)


def account_rows() -> list[Row]:
    """Give user name, name, post, agency, secret and code of those that `city.toml` shows."""
    names, at = post_names(), now()
    return [
        (
            officer.username,
            officer.name,
            " / ".join(names[officer.post]),
            f"{agency.short_name} / {agency.name_en}",
            secret_of(officer.username),
            code_of(officer.username, at),
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
