"""The planted house: dossiers of two agencies and both grades, each with words of its own.

Every place where words of a person or of a restricted dossier may lie holds a word that stands
nowhere else, so that whatever an answer tells can be traced to its dossier and its place.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.test import Client

from motcua.core.access import actors, log
from motcua.core.access.actors import Actor
from motcua.core.accounts.tests.doors import account_of, bearer, key_for, signed_in
from motcua.core.agencies.models import Agency
from motcua.core.catalogue.tests.conftest import brought_out
from motcua.core.catalogue.tests.samples import facts
from motcua.core.complaints.actions import Complaint, complain
from motcua.core.complaints.tests.conftest import CODE as COMPLAINT
from motcua.core.complaints.tests.conftest import FLOW as COMPLAINT_FLOW
from motcua.core.daybook.reading import Extract
from motcua.core.dossiers.grading import regrade
from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.orders import Done, Handed
from motcua.core.dossiers.queries import Filter, find_one
from motcua.core.dossiers.revealing import reveal
from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.world import DAY, FLOW, MONDAY, World, declaration, publish
from motcua.core.exports.asking import ask
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish
from motcua.core.exports.models import Export
from motcua.core.fees.models import Method
from motcua.core.fees.rows import receipts_of
from motcua.core.fees.rules import Wish as Taken
from motcua.core.figures.counting import count
from motcua.core.files.models import Evidence
from motcua.core.files.store import keep
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.ledger.sealing import seal
from motcua.core.migrating.publishing import publish_map
from motcua.core.migrating.tests.conftest import add_version
from motcua.core.people.models import Party
from motcua.core.procedures.declaration import Declaration, FeeRule, FieldType
from motcua.core.procedures.mapping import draft_of
from motcua.core.ratings.actions import rate
from motcua.core.ratings.criteria import criteria
from motcua.core.redating.deciding import propose
from motcua.core.redating.preview import show
from motcua.core.redating.rules import Order as Announced
from motcua.core.redating.rules import days_of
from motcua.core.reform.drafting import draw
from motcua.core.reform.planning import plan
from motcua.core.reform.rules import Order, Succession
from motcua.core.sql import reading
from motcua.core.staff.interests import declare_interest
from motcua.core.staff.leaving import leave
from motcua.core.staff.standing_in import Lending, be_away, delegate
from motcua.core.till.actions import take
from tests.security.planned import (
    ORDERING,
    advertising_numbers,
    drafts,
    mast,
    network,
    number_of_today,
    order_for_many,
    papers,
    people,
    records,
    reminders,
    street,
    ward_that_ends,
    workshop,
)

CODE = "9.000007"
AT = datetime.datetime(2027, 1, 11, 2, tzinfo=datetime.UTC)
"""When the walk is made: ratings of the days of the dossiers are final by then."""


USED = "used"
"""The request key under which the officers of the department have acted before."""

_ENDS = datetime.date(2027, 12, 31)
_LETTERS = "abcdefghij"
_MARKS = {one.key: 2 for one in criteria().criteria if not one.of_agency}


@dataclass(frozen=True, slots=True)
class Planted:
    """A dossier and the words in it, by the place where they lie."""

    name: str
    id: int
    code: str
    lookup: str
    words: Mapping[str, str]
    evidence: int
    paper: int
    receipt: int = 2  # its fee was taken by the entry after that of its reception

    @property
    def all_words(self) -> dict[str, str]:
        """Give every word of the dossier, its numbers too."""
        return {**self.words, "code": self.code, "lookup": self.lookup}


@dataclass(slots=True)
class House:
    """The made-up city with its planted dossiers and the exports that were asked for."""

    world: World
    other: Agency
    dossiers: dict[str, Planted]
    exports: dict[str, list[str]]
    rows: dict[str, list[int | str]] = field(default_factory=dict)
    left: tuple[Client, dict[str, str]] | None = None

    def actor(self, who: str) -> Actor:
        """Give an officer with what they hold when the walk is made."""
        return actors.officer(self.world.officer_id(who), who, AT.date())


def rich() -> Declaration:
    """Give a procedure with fields of each grade, and with fees."""
    plain = declaration(CODE, FLOW)
    words = made_up._text("Thử")
    fields = (
        *plain.fields,
        replace(made_up._field("owner", FieldType.TEXT, required=False), personal=True),
        made_up._field("identity", FieldType.PERSONAL_NUMBER, required=False),
    )
    fees = tuple(FeeRule(key, words, 8000, None, None, None) for key in ("copy", "permit", "seal"))
    return replace(plain, fields=fields, fees=fees)


def complaining() -> Declaration:
    """Give a procedure of complaints with the questions that the API's example answers."""
    plain = declaration(COMPLAINT, COMPLAINT_FLOW)
    questions = tuple(made_up._field(key, FieldType.TEXT) for key in ("about", "content"))
    return replace(
        plain, channels=("dossier",), complaint=True, evidence=(), messages={}, fields=questions
    )


def words_of(number: int) -> dict[str, str]:
    """Give the words of a dossier: letters and digits that nothing else in the house has."""
    sign = _LETTERS[number]
    places = ("name", "mail", "street", "owner", "licence", "file", "bytes", "reason", "comment")
    words = {place: f"zq{place}{sign}x" for place in (*places, "purpose")}
    numbers = {"number": f"07920300{4560 + number}", "identity": f"07920300{7650 + number}"}
    return {**words, **numbers, "phone": f"91234{5670 + number}"}


def filing_of(words: Mapping[str, str], agency_id: int) -> dict[str, object]:
    """Give what World.filing changes, so that each word lies in its place."""
    file = keep([f"%PDF-1.4 {words['bytes']}".encode()])
    return {
        "procedure": CODE,
        "agency_id": agency_id,
        "applicant": {
            "name": f"Nguyễn {words['name']}",
            "number": words["number"],
            "phone": f"0{words['phone']}",
            "email": f"{words['mail']}@example.org",
            "address": f"12 phố {words['street']}",
        },
        "fields": {
            "licence": words["licence"],
            "expires": "2027-12-01",
            "owner": words["owner"],
            "identity": words["identity"],
        },
        "evidence": (Handed("request", file, f"{words['file']}.pdf"),),
    }


def make() -> House:
    """Plant the house."""
    discover()
    world = made_up.make_world()
    publish(rich())
    publish(complaining())
    brought_out(facts(code=CODE))
    other = Agency.objects.get(code="H26.15")
    people(world, other)
    workshop(world)
    house = House(world, other, {}, {})
    _before_leaving(house)
    for number, plant in enumerate((_open, _restricted, _foreign, _foreign_restricted, _own)):
        plant(house, words_of(number))
    _rated(house, words_of(5))
    _waiting(house, words_of(6))
    _complaint(house, words_of(7))
    _street(house, {**words_of(8), "phone": "912345698"})  # the eighth is everybody's example
    _newer_version(house)
    work_off()
    _settle(house)
    seal(at=MONDAY + datetime.timedelta(hours=41))
    _powers(house)
    ward_that_ends(house.other.pk, house.world.department.pk)
    _receipt_of_the_day(house)
    _drafts(house)
    _ask_for_exports(house)
    made = records(world.officers["specialist"], world.department.pk, AT)
    papers_of = papers(world, house.dossiers["open"].id, lambda: work_off(AT))
    house.rows["document"], house.rows["arrival"] = papers_of
    network(world.officers["specialist"], world.department.pk)
    house.rows["mast"] = [mast(world.officers["counter"], world.department.pk)]
    house.rows["register"] = ["advert_numbers", "telecom_spans"]
    house.rows["record_field"] = ["owner", "owner_number"]
    house.rows["record"], house.rows["record_import"] = made
    made = advertising_numbers(world.officers["specialist"], world.department.pk)
    house.rows["sighting"], house.rows["spam_letter"] = made
    ids = [one.id for one in house.dossiers.values()]
    reminders(ids, AT)
    house.rows["bulk"] = [order_for_many(house.actor(who), ids, AT) for who in ORDERING]
    work_off(AT)
    count(at=AT)
    return house


def work_off(at: datetime.datetime = MONDAY + datetime.timedelta(hours=40)) -> None:
    """Do every job that is due."""
    while run_one("walk", at):
        pass


def _before_leaving(house: House) -> None:
    """Let an officer who is about to leave sign in and make a key."""
    account = account_of("leaver", house.world.officer_id("leaver"))
    client = signed_in(Client(raise_request_exception=False), account, at=MONDAY)
    house.left = (client, bearer(key_for(account, at=AT)))


def _powers(house: House) -> None:
    """Lend, declare and leave, once the dossiers are where they are."""
    world = house.world
    lending = Lending(
        giver_id=world.officer_id("specialist"),
        agency_id=world.department.pk,
        post="specialist",
        taker_id=world.officer_id("deputy"),
        capacity="TUQ.",
        document="12/QĐ-UQ",
        valid_from=DAY,
        valid_to=_ENDS,
    )
    lent = delegate(actor=world.officers["specialist"], at=MONDAY, lending=lending, key=None)
    away = be_away(
        actor=world.officers["specialist"],
        at=MONDAY,
        officer_id=world.officer_id("specialist"),
        stand_in_id=None,
        days=(datetime.date(2027, 6, 1), _ENDS),
        key=None,
    )
    declared = declare_interest(
        actor=world.officers["interested"],
        at=MONDAY,
        officer_id=world.officer_id("interested"),
        kind="relative",
        number=house.dossiers["own"].words["number"],
        key=None,
    )
    succession = Succession("H26.20", "H26.09")
    planned = plan(
        actor=actors.house("reform"),
        at=MONDAY,
        order=Order(datetime.date(2027, 6, 1), "12/NQ-HĐND", (succession,)),
    )
    house.rows = {"delegation": [lent], "absence": [away], "interest": [declared]}
    drawn = draw(
        actor=world.officers["leader"],
        at=MONDAY,
        order=Order(datetime.date(2027, 6, 2), "13/NQ-HĐND", (Succession("H26.15", "H26.12"),)),
    )
    house.rows["reform"] = [planned.pk, drawn.pk]
    house.rows["ending"] = ["H26.15"]
    days = days_of([datetime.date(2027, 6, 3)], [], vi="Nghỉ", en="Off")
    announced = propose(
        actor=world.officers["leader"],
        at=MONDAY,
        order=Announced("national", datetime.date(2027, 6, 1), "14/TB", days),
    )
    house.rows["ticket"] = [number_of_today(house.world.department.pk)]
    house.rows["calendar_change"] = [show(at=MONDAY, change_id=announced.pk).pk]
    leave(
        actor=world.officers["leader"],
        at=MONDAY,
        officer_id=world.officer_id("leaver"),
        on=DAY + datetime.timedelta(days=1),
        successor_id=None,
        to_post=True,
        key=None,
    )


def _drafts(house: House) -> None:
    """A form of the citizen who signs in, and one of a browser that is not among the actors."""
    hidden = house.dossiers["foreign_restricted"].words
    phone = house.dossiers["foreign"].words["phone"]
    house.rows["draft_file"] = drafts(CODE, str(house.world.department.pk), phone, hidden, AT)


def _receipt_of_the_day(house: House) -> None:
    """Take another fee on the day of the walk: a receipt is voided on its own day."""
    one = house.dossiers["open"]
    take(
        actor=house.actor("counter"),
        at=AT,
        dossier_id=one.id,
        wishes=[Taken("seal")],
        method=Method.CASH,
        key=None,
    )
    made = receipts_of(reading(), one.id)[-1]
    house.dossiers["open"] = replace(one, receipt=made.seq)


def _plant(house: House, name: str, done: Done, words: Mapping[str, str]) -> None:
    row = Dossier.objects.get(pk=done.dossier_id)
    evidence = Evidence.objects.filter(dossier_id=row.pk).order_by("id").first()
    file = evidence.pk if evidence else 0
    house.dossiers[name] = Planted(name, row.pk, row.code or row.lookup, row.lookup, words, file, 0)


def _settle(house: House) -> None:
    """Note the papers, which the jobs have made meanwhile."""
    for name, one in house.dossiers.items():
        made = Paper.objects.filter(dossier_id=one.id).order_by("id").values_list("pk", flat=True)
        house.dossiers[name] = replace(one, paper=made.first() or 0)


def received(house: House, words: Mapping[str, str]) -> Done:
    """Take a dossier of the department in and let its specialist ask the police."""
    world = house.world
    done = world.take_in(**filing_of(words, world.department.pk), key=words["name"])
    take(
        actor=world.officers["counter"],
        at=MONDAY + datetime.timedelta(hours=1),
        dossier_id=done.dossier_id,
        wishes=[Taken("copy")],
        method=Method.CASH,
        key=None,
    )
    specialist = world.officer_id("specialist")
    key = words["name"] if house.dossiers else USED  # by each of them once
    done = world.move(done, "unit_head", "assign", officer_id=specialist, key=key)
    return world.move(
        done, "specialist", "consult", legs=("police",), reason=words["reason"], hours=2, key=key
    )


def _open(house: House, words: Mapping[str, str]) -> None:
    done = received(house, words)
    _plant(house, "open", done, words)
    _look(house, "leader", house.dossiers["open"])


def _restricted(house: House, words: Mapping[str, str]) -> None:
    done = received(house, words)
    _plant(house, "restricted", done, words)
    _look(house, "specialist", house.dossiers["restricted"])
    restrict(house, done, "specialist")


def restrict(house: House, done: Done, who: str) -> None:
    """Keep a dossier to those whom its work names."""
    regrade(
        actor=house.world.officers[who],
        at=MONDAY + datetime.timedelta(hours=3),
        dossier_id=done.dossier_id,
        grade="restricted",
        reason="Nhạy cảm.",
        key=None,
    )


def of_the_other(house: House, words: Mapping[str, str]) -> Done:
    """Take a dossier in at the other agency and give it to the specialist there."""
    world = house.world
    filing = world.filing(channel="counter", **filing_of(words, house.other.pk))
    done = made_up.file(
        actor=world.officers["other_counter"], at=MONDAY, filing=filing, key=None, take_in=True
    )
    specialist = world.officer_id("other_specialist")
    done = world.move(done, "other_head", "assign", officer_id=specialist, key=words["name"])
    return world.move(
        done, "other_specialist", "supplement", reason=words["reason"], hours=2, key=words["name"]
    )


def _foreign(house: House, words: Mapping[str, str]) -> None:
    _plant(house, "foreign", of_the_other(house, words), words)
    _look(house, "other_head", house.dossiers["foreign"])


def _foreign_restricted(house: House, words: Mapping[str, str]) -> None:
    done = of_the_other(house, words)
    _plant(house, "foreign_restricted", done, words)
    _look(house, "other_specialist", house.dossiers["foreign_restricted"])
    restrict(house, done, "other_specialist")


def _own(house: House, words: Mapping[str, str]) -> None:
    """Of somebody in whom an officer of the department has an interest; handed out, not rated."""
    filing = filing_of(words, house.world.department.pk)
    _plant(house, "own", house.world.to("returned", **filing), words)


def _rated(house: House, words: Mapping[str, str]) -> None:
    world = house.world
    done = world.to("returned", **filing_of(words, world.department.pk))
    _plant(house, "rated", done, words)
    rate(
        actor=world.applicant(done),
        at=MONDAY + datetime.timedelta(hours=24),
        dossier_id=done.dossier_id,
        marks=_MARKS,
        comment=words["comment"],
        key=None,
    )


def _waiting(house: House, words: Mapping[str, str]) -> None:
    """Filed online and not received: it has a look-up number alone."""
    world = house.world
    _plant(house, "waiting", world.file(**filing_of(words, world.department.pk)), words)


def _complaint(house: House, words: Mapping[str, str]) -> None:
    """Of the applicant of the open dossier, answered by the agency above: nobody else is fit."""
    of = house.dossiers["open"]
    party = party_of(of)
    fields = {"about": "late", "content": words["licence"]}
    done = complain(
        actor=actors.applicant(party.pk, party.name),
        at=MONDAY + datetime.timedelta(hours=8),
        dossier_id=of.id,
        complaint=Complaint(procedure=COMPLAINT, fields=fields),
        key=None,
    )
    done = house.world.move(done, "leader", "accept", hours=9)
    _plant(house, "complaint", done, {**of.words, "licence": words["licence"]})


def _street(house: House, words: Mapping[str, str]) -> None:
    """List a street of the other agency, which nobody of the department may count or read."""
    filing = house.world.filing(channel="counter", **filing_of(words, house.other.pk))
    _plant(house, "street", street(filing, house.world.officers["other_specialist"]), words)


def _newer_version(house: House) -> None:
    """Bring a second version of the procedure into force, with a map to it."""
    add_version(rich(), 2)
    publish_map(
        actor=house.world.officers["leader"],
        at=MONDAY,
        text=draft_of(CODE, 1, 2, rich()),
        document="12/QĐ-UBND",
    )


def _look(house: House, who: str, one: Planted) -> None:
    """Let somebody look behind a mask, for a purpose that the access log keeps."""
    reader = log.Reader(house.world.officers[who], MONDAY + datetime.timedelta(hours=4))
    snapshot = find_one(reader.actor, one.code)
    reveal(reader=reader, snapshot=snapshot, field="applicant.phone", purpose=one.words["purpose"])


def _ask_for_exports(house: House) -> None:
    """Let a job make a file of each kind for some officers."""
    for who in ("counter", "leader", "other_head"):
        reader = log.Reader(house.actor(who), AT)
        for form in Format:
            book = _book(house) if form is Format.PDF else None
            wish = Wish(reader=reader, wanted=Filter(), form=form, zone=ZoneInfo("UTC"), book=book)
            house.exports.setdefault(who, []).append(ask(wish).code)
    work_off(AT)
    assert set(Export.objects.values_list("state", flat=True)) == {Export.State.READY}


def _book(house: House) -> Extract:
    """Give the whole book of the agency that receives what is planted."""
    first, last = MONDAY.date(), AT.date()
    return Extract(agency_id=house.world.department.pk, first=first, last=last)


def party_of(one: Planted) -> Party:
    """Give the applicant of a planted dossier."""
    found = Dossier.objects.select_related("applicant").get(pk=one.id).applicant
    assert found is not None
    return found
