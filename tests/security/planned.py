"""What stands beside the dossiers of the planted house: editions, an area that ends, orders."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from io import BytesIO

from PIL import Image

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.accounts import citizens
from motcua.core.accounts.tokens import new_token
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.areas.models import Area, Province
from motcua.core.areas.models import Succession as Becoming
from motcua.core.bulk.asking import Piece, ask
from motcua.core.bulk.models import Bulk
from motcua.core.catalogue.proposing import prepare, submit
from motcua.core.catalogue.tests.conftest import taken_in
from motcua.core.catalogue.tests.samples import facts
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.orders import Done, Filing, Handed
from motcua.core.dossiers.tests.world import DAY, MONDAY, World, publish
from motcua.core.drafts import keeping
from motcua.core.drafts.holders import Holder
from motcua.core.drafts.keeping import Kept
from motcua.core.erasure.rules import KEEPER
from motcua.core.files.store import keep
from motcua.core.letters.declared import letter_at
from motcua.core.letters.keeping import begin as begin_letter
from motcua.core.now import now
from motcua.core.official.content import Annex, Content, written
from motcua.core.official.drafting import Order as Wanted
from motcua.core.official.drafting import To, draft
from motcua.core.official.incoming import Arrival, assign, register
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.moving import move as make_move
from motcua.core.official.signing import sign_with
from motcua.core.official.tests.authority import Authority
from motcua.core.people.models import Officer
from motcua.core.procedures.reading import read as read_procedure
from motcua.core.procedures.systems import load
from motcua.core.queueing.actions import take_number
from motcua.core.registers.acts import enter, retire
from motcua.core.registers.importing import look
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order
from motcua.core.talks.models import Mention
from motcua.core.upkeep.rules import KEEPER as SYSTEM_KEEPER
from motcua.faces.portal.sheet import PAPERS, WHAT, WHERE, WHO
from motcua.systems.antispam.actions import note_sighting
from motcua.systems.antispam.models import Letter as SpamLetter
from motcua.systems.antispam.queries import CASES
from motcua.systems.telecom.queries import PERMITS, STREETS
from motcua.systems.telecom.tests.test_permits import MAST
from motcua.systems.telecom.tests.test_permits import PAPERS as PAPERS_OF_A_MAST

ORDERING = ("counter", "unit_head", "leader", "other_head")
"""Who asks for one act on many dossiers."""

WRITTEN = "one_stop.form03"
"""A letter template of which an edition is being written."""

EDITED, HANDED_IN = "1.900010", "1.900011"
"""Procedures of the catalogue of which an edition is being prepared, or waits for a head."""


def people(world: World, other: Agency) -> None:
    """More posts than the small world has, in both agencies and beside them."""
    posts = {
        "other_counter": (other, "counter", True),
        "keeper": (world.department, KEEPER, True),
        "auditor": (world.city, "auditor", False),
        "system_keeper": (world.city, SYSTEM_KEEPER, False),
        "deputy": (world.department, "specialist", False),
        "interested": (world.department, "unit_head", True),
        "leaver": (world.department, "unit_head", True),
    }
    for who, (agency, post, reads) in posts.items():
        row = Officer.objects.create(name=who, staff_number=who)
        Appointment.objects.create(
            officer=row,
            agency=agency,
            post=post,
            valid_from=datetime.date(2020, 1, 1),
            reads_agency=reads,
        )
        world.officers[who] = actors.officer(row.pk, who, DAY)
    _also(world, "keeper", "clerk")


def _also(world: World, who: str, post: str) -> None:
    """Let an officer hold another post in the department."""
    number = world.officer_id(who)
    began = datetime.date(2020, 1, 1)
    agency = world.department
    Appointment.objects.create(officer_id=number, agency=agency, post=post, valid_from=began)
    world.officers[who] = actors.officer(number, who, DAY)


def workshop(world: World) -> None:
    """Let an officer prepare two editions and hand one of them in, and a keeper write a letter."""
    for key in (EDITED, HANDED_IN):
        taken_in(facts(code=key))
        act = {"actor": world.officers["specialist"], "at": MONDAY, "key": key, "request": None}
        prepare(**act)
    submit(**act, revision=1)
    begin_letter(
        actor=world.officers["system_keeper"],
        at=MONDAY,
        letter=letter_at(WRITTEN),
        number=None,
        request=None,
    )


def number_of_today(agency_id: int) -> int:
    """Take a number at a counter today, whatever day that is."""
    return take_number(agency_id=agency_id, at=now(), key="planted")


def ward_that_ends(old_agency: int, new_agency: int) -> None:
    """Let an area pass to another, so that a plan of a reform can be proposed from it."""
    on = datetime.date(2027, 6, 1)
    province = Province.objects.create(code="01", name_vi="Hà Nội", agency_code="H26")
    told = {"province": province, "tier": "commune", "kind": "phường"}
    old = Area.objects.create(**told, unit_id="old", name="Cũ", valid_to=on)
    new = Area.objects.create(**told, unit_id="new", name="Mới", valid_from=on)
    Becoming.objects.create(date=on, old=old, new=new, share="whole", main=True)
    Agency.objects.filter(pk=old_agency).update(area=old.unit_id)
    Agency.objects.filter(pk=new_agency).update(area=new.unit_id)
    forget_tree()


def drafts(
    code: str, agency: str, phone: str, hidden: Mapping[str, str], at: datetime.datetime
) -> list[int]:
    """Let the citizen of a telephone, and a browser nobody has, begin a form; give their files.

    The latter's answers and file are words of a dossier that hardly anybody may read.
    """
    citizen = citizens.arrive(phone=f"+84{phone}", at=MONDAY)
    plain = dict.fromkeys(hidden, "Thử") | {"number": "", "identity": "", "phone": phone}
    made = (
        _drafted(Holder(account_id=citizen.pk), code, agency, plain, at),
        _drafted(Holder(new_token()), code, agency, hidden, at),
    )
    return [row.pk for one in made for row in one.files]


def order_for_many(actor: Actor, dossiers: Iterable[int], at: datetime.datetime) -> str:
    """Let an officer order a move of all they read, which nothing can make; give its code."""
    return ask(
        actor=actor,
        at=at,
        what=Bulk.What.MOVE,
        order={"move": "zqnothing", "reason": ""},
        pieces=[Piece(one) for one in dossiers],
        key=f"bulk-{actor.officer_id}",
    ).code


def _photo(words: str) -> bytes:
    out = BytesIO()
    Image.new("L", (8, 8)).save(out, "JPEG", comment=words)
    return out.getvalue()


def _drafted(
    holder: Holder, code: str, agency: str, words: Mapping[str, str], at: datetime.datetime
) -> Kept:
    answers = {
        "agency": agency,
        "applicant.name": f"Nguyễn {words['name']}",
        "applicant.number": words["number"],
        "applicant.phone": f"0{words['phone']}",
        "applicant.address": words["street"],
        "fields.licence": words["licence"],
        "fields.owner": words["owner"],
        "fields.expires.day": "1",
        "fields.expires.month": "12",
        "fields.expires.year": "2027",
    }
    for part in (WHERE, WHO, WHAT):
        keeping.save(holder, code, part=part, answers=answers, at=at)
    file = Handed("request", keep([_photo(words["bytes"])]), f"{words['file']}.jpg")
    return keeping.save(holder, code, part=PAPERS, answers={}, handed=[file], at=at)


def records(
    actor: Actor, agency_id: int, at: datetime.datetime
) -> tuple[list[int | str], list[int | str]]:
    """Enter two records, retire one, and look at a file; give their numbers and its code."""
    declaration = register_of("advert_numbers")
    told = {"actor": actor, "at": MONDAY, "declaration": declaration, "agency_id": agency_id}
    values = {"number": "0900070001", "kind": "advert", "owner": "Nguyễn Chủ Số"}
    done = enter(**told, order=Order(values, "21.0285, 105.8542"), key=None)
    gone = enter(**told, order=Order({"number": "0900070003"}), key=None)
    named = {"record_id": gone.record_id, "revision": 1, "reason": "Thử", "key": None}
    retire(actor=actor, at=MONDAY, declaration=declaration, **named)
    file = look(**{**told, "at": at}, name="so.csv", body=b"number\n0900070002\n")
    return [done.record_id, gone.record_id], [file.code]


def network(actor: Actor, agency_id: int) -> None:
    """Enter a duct with a cable in it, of an operator whose contact is personal."""
    owner = {"name": "Hạ tầng Mẫu", "contact": "Phạm Liên Hệ Mẫu", "phone": "0912345670"}
    told = (
        ("telecom_operators", owner, None),
        (
            "telecom_spans",
            {"code": "D-1", "kind": "duct", "ducts": 2, "owner": "Hạ tầng Mẫu"},
            "21.02, 105.85\n21.03, 105.85",
        ),
        ("telecom_cables", {"code": "C-1", "kind": "fibre", "span": "D-1"}, None),
    )
    for register_key, values, shape in told:
        enter(
            actor=actor,
            at=MONDAY,
            declaration=register_of(register_key),
            agency_id=agency_id,
            order=Order(values, shape),
            key=None,
        )


def mast(received_by: Actor, agency_id: int) -> str:
    """Let somebody ask for the permit of a mast; give the code."""
    text = load("motcua.systems.one_stop").procedures[f"{PERMITS}.toml"]
    publish(read_procedure(text.replace('tiers = ["commune"]', "tiers = []"), system="one_stop"))
    filing = Filing(
        procedure=PERMITS,
        agency_id=agency_id,
        applicant={"name": "Trần Xin Phép", "phone": "0912345600"},
        fields=MAST,
        evidence=tuple(Handed(key, originals=1) for key in PAPERS_OF_A_MAST),
        channel="counter",
    )
    return file(actor=received_by, at=MONDAY, filing=filing, key=None, take_in=True).code or ""


def advertising_numbers(actor: Actor, agency_id: int) -> tuple[list[int], list[int]]:
    """Note a sighting with its photo and draft a letter; give the numbers of both."""
    text = load("motcua.systems.antispam").procedures[f"{CASES}.toml"]
    publish(read_procedure(text, system="antispam"))
    file = Handed("photo", keep([_photo("zqadvert")]), "anh.jpg")
    values = {
        "number": "0900070009",
        "kind": "advert",
        "place": "Cột điện",
        "seen_on": "2026-11-01",
    }
    act = {"actor": actor, "at": MONDAY, "agency_id": agency_id}
    done = note_sighting(**act, values=values, photo=file)
    document = OutgoingDocument.objects.create(
        agency_id=agency_id,
        kind="CV",
        abstract="đề nghị tạm ngừng",
        content=written(Content(("Thử",))),
        search="",
        signer_id=actor.officer_id,
        position="GIÁM ĐỐC",
        drafted_by=actor.key,
        drafted_at=MONDAY,
    )
    letter = SpamLetter.objects.create(
        document=document, agency_id=agency_id, operator="viettel", made_at=MONDAY
    )
    return [done.record_id], [letter.pk]


def street(filing: Filing, listed_by: Actor) -> Done:
    """Let a specialist list a street whose lines go underground; it is called by its licence."""
    text = load("motcua.systems.telecom").procedures[f"{STREETS}.toml"]
    publish(read_procedure(text, system="telecom"))
    values = {
        "year": 2026,
        "phase": 1,
        "phase_end": "2026-11-30",
        "decision": "1/UBND",
        "decided_on": "2026-11-01",
        "street": filing.fields["licence"],
        "ward": "Phường Thử",
        "length": 100,
        "enterprise": "Công ty Thử",
    }
    photos = [replace(one, component="before") for one in filing.evidence]
    told = replace(
        filing, procedure=STREETS, fields=values, evidence=tuple(photos), channel="office"
    )
    return file(actor=listed_by, at=MONDAY, filing=told, key=None, take_in=True)


def papers(
    world: World, dossier_id: int, work: Callable[[], None]
) -> tuple[list[int | str], list[int | str]]:
    """Draft a document, issue one that belongs to a dossier, and register one that came in.

    Gives the numbers of the outgoing ones, and of those that came in: the second is assigned.
    """
    sign_with(Authority())
    signer = Officer.objects.create(name="Người Ký", staff_number="signer")
    people, agency_id = world.officers, world.department.pk
    Appointment.objects.create(
        officer=signer, agency_id=agency_id, post="leader", valid_from=datetime.date(2020, 1, 1)
    )
    people["signer"] = actors.officer(signer.pk, signer.name, DAY)
    told = {"at": MONDAY, "agency_id": agency_id, "key": None}
    order = Wanted(
        kind="CV",
        abstract="đề nghị phối hợp",
        content=Content(["Đề nghị phối hợp."], (), [Annex("Bảng", ["A"], [["1"]])]),
        signer_id=signer.pk,
        position="GIÁM ĐỐC",
        recipients=[To("Công ty Mẫu", "mau@example.vn")],
    )
    begun = draft(actor=people["specialist"], order=order, **told)
    out = draft(actor=people["unit_head"], order=replace(order, dossiers=[dossier_id]), **told)
    by = {"review": people["interested"], "sign": people["signer"]}
    for name, actor in {**by, "issue": people["keeper"]}.items():
        named = {"document_id": out.document_id, "name": name, "revision": None, "key": None}
        make_move(actor=actor, at=MONDAY, **named)
        work()
    file = keep([b"%PDF-1.4 came in"])
    arrival = Arrival(author="Bộ Mẫu", signs="1/BM", abstract="báo cáo", file=file)
    came = register(actor=people["keeper"], arrival=arrival, **told)
    given = register(actor=people["keeper"], arrival=arrival, **told)
    assign(
        actor=people["unit_head"],
        at=MONDAY,
        arrival_id=given.document_id,
        officer_id=world.officer_id("specialist"),
        due_on=None,
        revision=None,
        key=None,
    )
    return [begun.document_id, out.document_id], [came.document_id, given.document_id]


def reminders(dossiers: Iterable[int], at: datetime.datetime) -> None:
    """Remind every officer in every dossier, as if rows outlived the right to read it."""
    officers = list(Officer.objects.values_list("pk", flat=True))
    Mention.objects.bulk_create(
        Mention(dossier_id=dossier, seq=1, officer_id=one, at=at)
        for dossier in dossiers
        for one in officers
    )
