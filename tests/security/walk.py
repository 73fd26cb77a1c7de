"""The walk: every address, as one person, and what of the planted words came back."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from django.test import Client

from tests.security.house import House
from tests.security.routes import Route, routes

ABSENT = ("22222-22222", "H26.12-260101-9999")
"""A look-up number and a code as they are given out, which nobody has."""

_CHANGES = re.compile(
    r"""name="csrfmiddlewaretoken"\s+value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}"""
    r"""|name="key"\s+value="[^"]*"|"retry":\s*\w+"""
)
_UNTOLD = {"Date", "Expires"}  # they tell when it was asked
_LOG = "/ban/nhat-ky-truy-cap"
_ASKS = ("q", "so", "ho-so", "can-bo", "code", "tu-khoa")


@dataclass(frozen=True)
class Door:
    """One way in: how it is opened, and which addresses lie behind it."""

    open: Callable[[House, str], Client]
    programs: bool

    def routes(self) -> list[Route]:
        """Give the addresses behind it."""
        return [one for one in routes() if one.template.startswith("api/") is self.programs]


DOORS = {
    "browser": Door(House.browser, programs=False),
    "program": Door(House.program, programs=True),
}


@dataclass
class Walked:
    """What a walk saw."""

    leaks: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    answers: int = 0


def parts(house: House, route: Route | None = None) -> dict[str, list[str]]:
    """Give what the parts of addresses may be; of numbers so many that each planted one is met."""
    dossiers = [one.numbers[0] for one in house.planted.values()]
    officers = [str(house.world.officer_id(who)) for who in house.world.officers]
    return {
        "code": [*dossiers, "9.000001"],
        "lookup": [one.done.lookup for one in house.planted.values()],
        "number": ["1", "2"] if route and route.about_a_dossier else officers,
        "seq": ["1", "2", "3", "4"],
        "field": ["name", "phone", "email", "address"],
        "key": ["assign", "submit", "agree", "withdraw"],
        "procedure": ["9.000001"],
        "export": ["1"],
    }


def unfilled(house: House) -> list[str]:
    """Give the addresses that the walk cannot fill."""
    known = parts(house)
    return [one.template for one in routes() if not known.keys() >= {*one.parts}]


def walk(house: House, who: str, door: Door) -> Walked:
    """Ask every address of a door as somebody, and search each answer for words not for them."""
    found, client = Walked(), door.open(house, who)
    forbidden = {
        word: f"{one.tag}.{place}"
        for one in house.planted.values()
        for place, word in one.forbidden(who).items()
    }
    words = {word for one in house.planted.values() for word in one.words.values()}
    typed: set[str] = set()
    for address in addresses(house, door):
        said = asked(client, address)
        found.answers += 1
        own = {word for word in words | forbidden.keys() if word in unquote(address)}
        typed |= own
        # What they typed is said back to them: at once, and later by the log of what they read.
        echoed = typed if address.startswith(_LOG) else own
        read = {word for word in words | forbidden.keys() if word in said} - echoed
        found.seen |= read
        found.leaks += [f"{who} read {forbidden[one]} at {address}" for one in read & {*forbidden}]
    return found


def addresses(house: House, door: Door) -> Iterator[str]:
    """Give every address filled in every way, then lists asked for each planted word."""
    for route in door.routes():
        yield from route.filled(parts(house, route))
    for route in door.routes():
        if not route.about_one_thing:
            yield from _asking(house, f"/{route.template}")


def _asking(house: House, address: str) -> Iterator[str]:
    for one in house.planted.values():
        for word in (one.words["name"], one.words["phone"], *one.numbers):
            yield f"{address}?{'&'.join(f'{name}={quote(word)}' for name in _ASKS)}"
            yield f"{address}?q={quote(word)}"
    for form in ("csv", "xlsx"):
        yield f"{address}?kieu={form}&format={form}"


def asked(client: Client, address: str) -> str:
    """Give all that an answer says: its head, its body, and what a packed body holds."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{unquote(heads)}\n{html.unescape(_unpacked(body))}"


def _unpacked(body: bytes) -> str:
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def told_apart(house: House, who: str, door: Door) -> list[str]:
    """Give where a hidden dossier answers otherwise than one that never was: by GET and by POST."""
    found, client = [], door.open(house, who)
    hidden = [one for one in house.planted.values() if who not in one.readers]
    for route in (one for one in door.routes() if one.about_a_dossier):
        few = {name: values[:1] for name, values in parts(house, route).items()}
        for number in (number for one in hidden for number in one.numbers):
            absent = next(one for one in ABSENT if len(one) == len(number))
            (real,) = route.filled(few | {"code": [number], "lookup": [number]})
            (never,) = route.filled(few | {"code": [absent], "lookup": [absent]})
            found += _differences(client, route, real, never, (number, absent))
    return [f"{who} told apart {one}" for one in found]


def _differences(
    client: Client, route: Route, real: str, never: str, numbers: tuple[str, str]
) -> Iterator[str]:
    number, absent = numbers
    for method in ("get", "post"):
        one = _shape(client, method, real, number)
        other = _shape(client, method, never, absent)
        if one != other:
            yield f"{method.upper()} {route.template}: {_first_difference(one, other)}"


def _shape(client: Client, method: str, address: str, number: str) -> str:
    sent = {"data": "{}", "content_type": "application/json"} if "/api/" in address else {}
    cookies = deepcopy(client.cookies)  # what one page leaves for the next would tell them apart
    answer = client.post(address, **sent) if method == "post" else client.get(address)
    client.cookies = cookies
    if answer.headers.get("Content-Type") == "image/svg+xml":
        return str(answer.status_code)  # a symbol of the number itself, which the asker knows
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(
        f"{name}: {value}" for name, value in sorted(answer.headers.items()) if name not in _UNTOLD
    )
    whole = f"{answer.status_code}\n{heads}\n{body.decode('utf-8', 'replace')}"
    return _CHANGES.sub("…", whole.replace(number, "NUMBER").replace(quote(number), "NUMBER"))


def _first_difference(one: str, other: str) -> str:
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{a[:120]!r} and {b[:120]!r}" for a, b in lines if a != b), "longer or shorter")
