"""The walk: an actor knocks at every door, and whatever is told there is held against the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from tests.security.actors import Knocker
from tests.security.asking import Answer, ask, fresh_key, noting
from tests.security.forms import bodies_for, headers_for, sent_to, with_key
from tests.security.house import USED, House, Planted
from tests.security.routes import (
    AREAS,
    LETTING_IN,
    NEEDED,
    NEVER,
    OF_A_DOSSIER,
    PARAMETERS,
    PROPOSAL,
    SPECIAL_DAYS,
    TOTALS,
    WIDELY,
    WORDS,
    Route,
    by_lookup,
    described,
    needed_for,
    routes,
    values_beside,
    values_for,
    values_of,
)

_REDIRECTS, _FAULTS, _OTHER_METHOD = 300, 400, 405
_NEVER_ASKED = "0" * 32
_NOWHERE = {
    "name": "zqnothing",
    "number": "079203009999",
    "phone": "0912349999",
    "licence": "zqnowhere",
    "code": NEVER.code,
    "lookup": NEVER.lookup,
}
"""A word that stands nowhere for each place where one might look for a hidden one."""
COMMON_WORDS = ("nguyen", "H26", "zq")
"""Words that many dossiers have."""
_NOBODY = "987654"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent; `purpose` tells that it states what a look behind a mask is for."""

    method: str
    address: str
    data: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    form: str = "application/json"

    @property
    def purpose(self) -> bool:
        """Whether a purpose is stated."""
        return isinstance(self.data, dict) and bool(self.data.get("purpose"))

    def with_(self, parameters: Mapping[str, str]) -> Request:
        """Give the same request with parameters in its address."""
        return self.at(f"{self.address}?{urlencode(parameters)}" if parameters else self.address)

    def at(self, address: str) -> Request:
        """Give the same request to another address, under a key of its own."""
        headers = dict(self.headers)
        if headers.get("Idempotency-Key", USED) != USED:
            headers["Idempotency-Key"] = fresh_key()
        data = with_key(self.data) if isinstance(self.data, dict) else self.data
        return replace(self, address=address, data=data, headers=headers)


@dataclass(slots=True)
class Walk:
    """What one actor was told: the leaks, and how often which dossier was shown."""

    house: House
    who: Knocker
    leaks: list[str] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    _known: dict[str, set[str]] = field(default_factory=dict)

    def everywhere(self) -> Walk:
        """Knock at every door there is; a program with a key is a stranger to the pages."""
        for route in routes():
            if self.who.headers and not route.is_api:
                self._once(route)
            else:
                self.at(route)
        return self

    def overview(self) -> dict[str, tuple[object, ...]]:
        """Give what is answered wherever no dossier stands in the address, by the address."""
        found = {}
        for route in (one for one in routes() if not one.places and "GET" in one.operations):
            names = self._names(route, "GET")
            needed = needed_for(route, names, self.house)
            for name in ("", *sorted(names)):
                for value in values_for(name, self.house) or COMMON_WORDS if name else ("",):
                    told = {**needed, **({name: value} if name else {})}
                    answer = self.send(Request("GET", route.pattern).with_(told))
                    found[answer.address] = answer.plain({})
        return found

    def answers(self, route: Route) -> bool:
        """Tell whether some door of a route opens to this actor."""
        beside = values_beside(self.house)
        mine = [one for one in self.house.dossiers.values() if one.name in self.who.knows]
        for method in route.operations:
            for one in mine or [NEVER]:
                for address in route.filled({**beside, **values_of(one)}):
                    for request in self._requests(route, method, address):
                        answer = self.send(request.with_(_needed_by(route)))
                        if _opened(answer):
                            return True
                        if answer.status == _OTHER_METHOD:
                            break
        return False

    def _once(self, route: Route) -> None:
        for one in (self.house.dossiers["open"], self.house.dossiers["restricted"]):
            address = next(route.filled({**values_beside(self.house), **values_of(one)}))
            self.send(Request("GET", address))

    def at(self, route: Route) -> None:
        """Knock at the doors of one route."""
        if not route.places:
            self._plain(route)
        elif route.kinds & OF_A_DOSSIER:
            self._of(route)
        else:
            self._beside(route)

    def send(self, request: Request) -> Answer:
        """Send a request and look at its answer."""
        self.asked += 1
        answer = ask(
            self.who,
            request.method,
            request.address,
            request.data,
            headers=request.headers,
            form=request.form,
        )
        self._look(request, answer)
        return answer

    def _look(self, request: Request, answer: Answer) -> None:
        """Search an answer for every planted word that this actor may not be told."""
        told = answer.told
        if answer.status >= 500:
            self.leaks.append(f"{answer}: broken")
        dossiers = self.house.dossiers.values()
        theirs = {one.name: self.who.words(one, revealing=request.purpose) for one in dossiers}
        may = frozenset().union(*theirs.values())  # one person may ask for several things
        for one in dossiers:
            for place, word in one.all_words.items():
                if word.lower() not in told:
                    continue
                if word in may:
                    self.shown[one.name] += answer.status == 200 and word in theirs[one.name]
                elif word not in request.address:
                    self.leaks.append(f"{answer}: {place} of “{one.name}”")

    def _plain(self, route: Route) -> None:
        """Knock where nothing stands in the address; then with each of its parameters."""
        for method in route.operations:
            for number, request in enumerate(self._requests(route, method, route.pattern)):
                answer = self.send(request)
                if number == 0 and method in _asks(route):
                    self._with_parameters(route, request, answer)

    def _with_parameters(self, route: Route, request: Request, answer: Answer) -> None:
        """Give each parameter each value, beside those without which there is no answer."""
        names = self._names(route, request.method)
        needed = needed_for(route, names, self.house)
        if answer.status >= _REDIRECTS and needed:
            answer = self.send(request.with_(needed))
        if answer.status >= _REDIRECTS:
            return
        for name in sorted(names):
            for value in values_for(name, self.house):
                self.send(request.with_({**needed, name: value}))
            if PARAMETERS[name] == WORDS:
                self._by_words(request, needed, name)

    def _names(self, route: Route, method: str) -> set[str]:
        """Give the parameters of an address: described, or looked for by its view."""
        if route.is_api:
            told = described(route, method).get("parameters", [])
            return {one["name"] for one in told if one["in"] == "query"}
        if route.pattern not in self._known:
            with noting() as found:
                ask(self.who, "GET", route.pattern)
                for name in NEEDED.keys() & found:
                    ask(self.who, "GET", f"{route.pattern}?{name}={NEEDED[name]}")
            self._known[route.pattern] = set(found)
        return self._known[route.pattern]

    def _by_words(self, request: Request, needed: Mapping[str, str], name: str) -> None:
        """Ask for words of what is hidden: the answer is that to words that stand nowhere."""
        plain: dict[str, tuple[object, ...]] = {}

        def ask_for(word: str) -> Answer:
            return self.send(request.with_({**needed, name: word}))

        for place, word in hidden_words(self.house, self.who):
            other = _NOWHERE[place]
            if other not in plain:
                plain[other] = ask_for(other).plain({other: "§"})
            told = ask_for(word)
            if told.plain({word: "§"}) != plain[other]:
                self.leaks.append(f"{told}: unlike what nobody's {place} is answered")

    def _of(self, route: Route) -> None:
        """Knock with the numbers of dossiers; where one is hidden, as if it had never been."""
        for method in route.operations:
            spelt = by_lookup if method == "POST" else lambda one: one
            never = list(self._answers(route, method, spelt(NEVER), hidden=True))
            for one in self.house.dossiers.values():
                hidden = one.name not in self.who.knows | self.who.own
                told = self._answers(route, method, spelt(one), hidden=hidden)
                if not hidden:
                    list(told)
                    continue
                for answer, other in zip(told, never, strict=True):
                    if answer.plain(echoes(one)) != other.plain(echoes(NEVER)):
                        self.leaks.append(f"{answer}: unlike what never was ({other.status})")
        if route.kinds & {"evidence", "paper"}:
            self._with_rows_of_another(route)

    def _answers(
        self, route: Route, method: str, one: Planted, *, hidden: bool
    ) -> Iterator[Answer]:
        for address in route.filled(values_of(one, hidden=hidden)):
            for request in self._requests(route, method, address):
                answer = self.send(request)
                yield answer
                if answer.status == _OTHER_METHOD:
                    return

    def _with_rows_of_another(self, route: Route) -> None:
        """Ask a dossier that one sees for the files of one that one does not see."""
        dossiers = self.house.dossiers.values()
        mine = next((one for one in dossiers if one.name in self.who.knows), None)
        if mine is None:
            return

        def ask_for(other: Planted) -> tuple[object, ...]:
            mixed = replace(mine, evidence=other.evidence, paper=other.paper)
            address = next(route.filled(values_of(mixed)))
            return self.send(Request("GET", address)).plain(echoes(mixed))

        nothing = ask_for(NEVER)
        for other in dossiers:
            if other.name not in self.who.knows and other.paper and ask_for(other) != nothing:
                self.leaks.append(f"{route.pattern} tells of a file of “{other.name}”")

    def _beside(self, route: Route) -> None:
        """Knock where procedures, officers or exports stand in the address."""
        kind = route.places[0][1]
        none = {"officer": _NOBODY, "export": _NEVER_ASKED}.get(kind)
        for value in values_beside(self.house)[kind]:
            may = self.who.lets_in if route.pattern == LETTING_IN else self.who.officers
            theirs = none is None or value in self.who.exports or value in may
            for method in route.operations:
                for request in self._requests(route, method, self._with(route, value)):
                    request = request.with_(_needed_by(route))  # noqa: PLW2901
                    answer = self.send(request)
                    if none is not None and not theirs:
                        other = self.send(request.at(self._with(route, none)))
                        if answer.plain({f"/{value}": "§"}) != other.plain({f"/{none}": "§"}):
                            self.leaks.append(f"{answer}: unlike what never was ({other.status})")
                    if answer.status == _OTHER_METHOD:
                        break

    def _with(self, route: Route, value: str) -> str:
        return next(route.filled({**values_beside(self.house), route.places[0][1]: (value,)}))

    def _requests(self, route: Route, method: str, address: str) -> Iterator[Request]:
        """Give everything that is sent to an address by a method."""
        if not route.is_api:
            bodies = [None] if method == "GET" else bodies_for(self.house, route)
            for form in bodies:
                yield Request(method, address, with_key(form) if form else None)
            return
        body, media = sent_to(self.house, route) if method == "POST" else (None, "")
        for headers in headers_for(route, method):
            if method == "POST":
                headers.setdefault("Idempotency-Key", fresh_key())
            yield Request(method, address, body, headers, media)


def _needed_by(route: Route) -> Mapping[str, str]:
    if route.pattern in {PROPOSAL, AREAS, SPECIAL_DAYS, TOTALS}:
        return WIDELY[route.pattern]
    if route.pattern == "/ban/hang-loat":
        return {"lam": NEEDED["lam"]}
    return NEEDED if route.pattern.endswith("/xuat") else {}


def _opened(answer: Answer) -> bool:
    """Tell whether a door opened, or led on to what it did; not to a door before it."""
    aim = dict(answer.headers).get("Location", "")
    before = aim.startswith(("/dang-nhap", "/tra-cuu"))
    return answer.status < _REDIRECTS or (answer.status < _FAULTS and not before)


def _asks(route: Route) -> tuple[str, ...]:
    """Give the methods by which an address takes parameters."""
    return route.operations if route.is_api else ("GET",)


def hidden_words(house: House, who: Knocker) -> Iterator[tuple[str, str]]:
    """Give words by which somebody might look for what they may not be told, by their place."""
    may = frozenset().union(*(who.words(one) for one in house.dossiers.values()))
    for one in house.dossiers.values():
        for place in _NOWHERE if one.name == "restricted" else ("name", "licence"):
            word = one.all_words[place]
            if word not in may and one.name not in who.own:
                yield place, f"0{word}" if place == "phone" else word


def echoes(one: Planted) -> dict[str, str]:
    """Give what of a request an answer repeats, and the sign that stands for it."""
    rows = {"tep/": one.evidence, "evidence.": one.evidence, "giay/": one.paper}
    rows["paper."] = one.paper
    signs = {one.code: "§", one.lookup: "§"}
    return {**signs, **{f"{part}{row}": f"{part}#" for part, row in rows.items()}}
