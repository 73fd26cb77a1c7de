"""Every kind of actor, as a client that knocks at the doors, and what each may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client

from motcua.core.accounts import citizens
from motcua.core.accounts.models import Binding
from motcua.core.accounts.scopes import SCOPES
from motcua.core.accounts.tests.doors import account_of, bearer, key_for, signed_in
from tests.security import naive
from tests.security.house import AT, House, Planted, party_of
from tests.security.naive import NAMES, NOTHING, Told


@dataclass(slots=True)
class Knocker:
    """An actor at the doors: a client, headers of every request, and what may be told.

    `knows` names the dossiers that are there for them; `own` those that they would read if they
    were no party to them; `exports` the files that they asked for, `officers` those they answer
    for, `lets_in` those whose accounts they open and close.
    """

    client: Client
    told: dict[str, Told]
    headers: dict[str, str] = field(default_factory=dict)
    knows: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    exports: list[str] = field(default_factory=list)
    officers: frozenset[str] = frozenset()
    lets_in: frozenset[str] = frozenset()

    def sees(self, name: str) -> bool:
        """Tell whether they read a dossier at all: more than its names and why it was read."""
        return bool(self.told.get(name, NOTHING).seen & naive.PUBLIC)

    def words(self, one: Planted, *, revealing: bool = False) -> frozenset[str]:
        """Give the words of a dossier that they may be told."""
        told = self.told.get(one.name, NOTHING)
        places = told.seen | told.revealed if revealing else told.seen
        return frozenset(word for place, word in one.all_words.items() if place in places)


OFFICERS = (
    "counter",
    "unit_head",
    "specialist",
    "leader",
    "police",
    "other_head",
    "other_specialist",
    "other_counter",
    "keeper",
    "auditor",
    "system_keeper",
    "deputy",
    "interested",
    "signer",
)


def _client() -> Client:
    return Client(raise_request_exception=False)


def _officer(who: str) -> Callable[[House], Knocker]:
    def come(house: House) -> Knocker:
        number = house.world.officer_id(who)
        rows = naive.Rows()
        right = {name for name, one in house.dossiers.items() if rows.has_right(number, one.id)}
        knows = {name for name in right if rows.reads(number, house.dossiers[name].id)}
        client = signed_in(_client(), account_of(who, number), at=AT)
        told = naive.all_told(house, number)
        exports = house.exports.get(who, [])
        others = {one.officer_id for one in house.world.officers.values() if one.officer_id}
        officers = frozenset(str(one) for one in others if rows.answers_for(number, one))
        lets_in = others if rows.keeps_the_house(number) else ()
        return Knocker(
            client,
            told,
            knows=frozenset(knows),
            own=frozenset(right - knows),
            exports=exports,
            officers=officers,
            lets_in=frozenset(map(str, lets_in)),
        )

    return come


def _key(who: str, *scopes: str) -> Callable[[House], Knocker]:
    """A program with a key of an officer: what its scopes leave of what the officer is told."""

    def come(house: House) -> Knocker:
        officer = _officer(who)(house)
        token = key_for(account_of(who, house.world.officer_id(who)), *scopes, at=AT)
        officer.client, officer.headers = _client(), bearer(token)
        officer.told = {name: _narrowed(told, scopes) for name, told in officer.told.items()}
        officer.exports = officer.exports if "export" in scopes else []
        return officer

    return come


def _narrowed(told: Told, scopes: tuple[str, ...]) -> Told:
    if not told.seen & naive.PUBLIC:
        return NOTHING  # a program reads no access log
    seen = frozenset(told.seen - {"purpose"}) if {"read", "export"} & {*scopes} else frozenset()
    if {"move", "till", "rate", "staff"} & {*scopes}:  # their answers name the dossier
        seen |= NAMES & told.seen
    return Told(seen, told.revealed if "reveal" in scopes else frozenset())


def _nobody(_house: House) -> Knocker:
    return Knocker(_client(), {})


def _left(house: House) -> Knocker:
    """The session of an officer who has left since, kept in a browser."""
    assert house.left is not None
    return Knocker(house.left[0], {})


def _left_key(house: House) -> Knocker:
    """The key of an officer who has left since."""
    assert house.left is not None
    return Knocker(_client(), {}, house.left[1])


def _citizen(house: House) -> Knocker:
    """Signed in by telephone: bound to one dossier, while its telephone hints at another.

    Of the hinted one a masked name, a procedure and a day are told, nothing that is planted.
    """
    bound = house.dossiers["open"]
    account = citizens.arrive(phone=f"+84{house.dossiers['foreign'].words['phone']}", at=AT)
    party = party_of(bound)
    citizens.bind(account_id=account.pk, party_id=party.pk, reason=Binding.Reason.NUMBER, at=AT)
    client = signed_in(_client(), account, at=AT)
    own = naive.applicant_told()
    told = {"open": own, "complaint": own, "foreign": Told(frozenset({"phone"}))}
    knows = frozenset({"open", "complaint"})
    return Knocker(client, told, knows=knows)


def _visitor(name: str) -> Callable[[House], Knocker]:
    """Who looked a dossier up by number and telephone, without an account."""

    def come(house: House) -> Knocker:
        client, one = _client(), house.dossiers[name]
        sent = {"so": one.lookup, "phone": f"0{one.words['phone']}"}
        assert client.post("/tra-cuu", sent).status_code == 302
        told = {name: naive.applicant_told()}
        knows = frozenset({name})
        return Knocker(client, told, knows=knows)

    return come


ACTORS: dict[str, Callable[[House], Knocker]] = {
    "nobody": _nobody,
    "citizen": _citizen,
    "visitor": _visitor("foreign"),
    "visitor_of_a_restricted_one": _visitor("restricted"),
    "visitor_who_rated": _visitor("rated"),
    "visitor_who_may_rate": _visitor("own"),
    **{who: _officer(who) for who in OFFICERS},
    "left": _left,
    "left_key": _left_key,
    **{f"key_{scope}": _key("unit_head", scope) for scope in SCOPES},
    "key_of_above": _key("leader", *SCOPES),
    "key_of_another": _key("other_head", *SCOPES),
}
