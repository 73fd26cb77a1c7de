"""Every address of the house and every operation of its API, found and never listed by hand.

What stands in the places of an address, and what a parameter may be, is told here by tables: an
address or a parameter that they do not know fails the walk with a sentence that says what to add.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.faces.api.urls import _schema
from motcua.kernel.codes import make_lookup
from tests.security.house import CODE, COMPLAINT, House, Planted
from tests.security.planned import EDITED, HANDED_IN, WRITTEN

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_API = "/api/v1/"

STANDS_FOR = {
    "ho-so/<code>": "dossier",
    "ho-so/<str:code>": "dossier",
    "dossiers/<code>": "dossier",
    "da-nhan/<code>": "dossier",
    "phieu-kiem-soat/<code>": "dossier",
    "danh-gia/<code>": "dossier",
    "thu-phi/<code>": "dossier",
    "nop/<str:step>": "filing_step",
    "nop/tep/<int:number>": "draft_file",
    "da-nop/<str:lookup>": "lookup",
    "qr/<str:lookup>": "link",  # drawn, and nothing is looked up
    "tep/<int:number>": "evidence",
    "giay/<int:number>": "paper",
    "chung-thuc/<int:seq>": "entry",
    "hien/<field>": "field",
    "<int:number>/hien/<field>": "record_field",
    "ban/ho-so/<code>/<key>": "move",
    "thu-tuc/<str:code>": "procedure",
    "procedures/<code>": "procedure",
    "catalogue/<key>": "listing",
    "giay-phep/<code>": "mast",
    "danh-muc/<key>": "listing",
    "dia-ban/<str:unit_id>": "area",
    "areas/<unit_id>": "area",
    "tiep-nhan/<procedure>": "procedure",
    "khieu-nai/<procedure>": "complaint",
    "khieu-nai/<str:procedure>": "complaint",
    "can-bo/<int:number>": "officer",
    "sap-xep/<int:number>": "reform",
    "lich/<int:number>": "calendar_change",
    "mau-van-ban/<address>": "letter",
    "reforms/<reform>": "reform",
    "calendars/<calendar>": "calendar",
    "calendar-changes/<change>": "calendar_change",
    "co-quan/<code>": "ending",
    "ban/co-quan/<code>": "agency",
    "tep-xuat/<code>": "export",
    "hang-loat/<code>": "bulk",
    "viec/ke/<code>": "dossier",
    "viec/ke/<code>/<way>": "way",
    "exports/<export>": "export",
    "van-ban/<int:number>": "document",
    "van-ban-den/<int:number>": "arrival",
    "official-documents/<document>": "document",
    "incoming-documents/<arrival>": "arrival",
    "so-dang-ky/<register>": "register",
    "so-dang-ky/<register>/<int:number>": "record",
    "nhap/<code>": "record_import",
    "so-quang-cao/anh/<int:number>": "sighting",
    "so-quang-cao/cong-van/<int:number>": "spam_letter",
    "registers/<register_key>": "register",
    "export/<form>": "form",
    "collections/<register>": "register",
    "items/<int:number>": "record",
    "records/<record>": "record",
    "receipts/<receipt>": "receipt",
    "officers/<officer>": "officer",
    "absences/<absence>": "absence",
    "delegations/<delegation>": "delegation",
    "interests/<interest>": "interest",
    "lay-so/<str:code>": "counter",
    "man-hinh/<str:code>": "counter",
    "lay-so/<str:code>/<int:number>": "ticket",
}
"""What a place stands for, by the end of the address up to it; the longest end that fits counts."""

OF_A_DOSSIER = frozenset({"dossier", "lookup", "evidence", "paper"})
_FIELDS = ("applicant.phone", "applicant.number", "fields.owner")
_MOVES = ("submit", "refuse", "receive")

WORDS = "words"  # answered alike whatever is hidden
PARAMETERS: dict[str, tuple[str, ...] | str] = {
    "q": WORDS,
    "ho-so": WORDS,
    "can-bo": WORDS,
    "so": WORDS,
    "page": ("1", "2"),
    "loai": (
        "cua-toi",
        "cua-vi-tri",
        "qua-han",
        "hom-nay",
        "sap-den-han",
        "cho-bo-sung",
        "cho-ky",
        "trong-tuan",
    ),
    "sap-xep": ("moi", "ma", "thu-tuc", "ten", "hen-tra", "khan"),
    "khan": ("1",),
    "urgent": ("true",),
    "mau": ("one_stop.document_notice",),
    "tra-loi": ("1",),
    "nguoi-giu": ("1",),
    "lam": ("giao", "chuyen", "phieu"),
    "chon": WORDS,
    "tat-ca": ("1",),
    "trang": ("unit_work", "list"),
    "nhap": ("1",),
    "nguoi": ("0",),
    "tinh-trang": ("processing", "returned", "supplement"),
    "thu-tuc": (CODE,),
    "co-quan": "agency_id",
    "dang-mo": ("1",),
    "qua-han": ("1",),
    "can-xin-loi": ("1",),
    "kieu": ("opened", "revealed", "listed"),
    "tu": ("2026-11-01",),
    "den": ("2026-11-30",),
    "ban": ("1",),
    "truoc": ("1",),
    "sau": ("1",),
    "goc": ("1",),
    "edition": ("1",),
    "ngay": ("2026-11-02", "2026-11-03"),
    "dang": ("csv", "csv2", "xlsx"),
    "nam": ("2026",),
    "cong-trinh": ("ducts", "cables", "sites", "streets"),
    "phuong": WORDS,
    "dn": WORDS,
    "subject": ("ducts", "cables", "sites", "streets"),
    "day": ("2026-11-02",),
    "area": WORDS,
    "operator": WORDS,
    "cua-toi": ("1",),
    "kind": ("CV",),
    "loi": ("incomplete", "broken", "stale"),
    "ngung": ("1",),
    "f.number": ("0900070001",),
    "f.operator": ("viettel",),
    "f.kind": ("advert",),
    "f.seen_on": ("2026-11-01",),
    "f.suspended_on": ("2026-11-01",),
    "failing": ("incomplete", "broken"),
    "retired": ("true",),
    "leg": ("1",),
    "next": ("/ban/viec",),
    "phone": ("0912340000",),  # nobody's: who knows number and phone is the applicant
    "format": ("csv", "xlsx"),
    "separator": ("semicolon",),
    "state": ("processing", "returned"),
    "procedure": (CODE,),
    "agency": ("H26.12", "H26.15"),
    "open": ("true",),
    "late": ("true",),
    "tier": ("department",),
    "since": ("2026-11-01",),
    "until": ("2026-11-30",),
    "daybook": ("true",),
    "province": ("01",),
    "ky": ("2026-11", "2026-Q4"),
    "theo": ("thu-tuc", "thang", "kind", "operator", "owner"),
    "khung": ("105.8,21.0,105.9,21.1", "106,20,106.1,20.1"),
    "lop": ("telecom_sites",),
    "dot": ("1",),
    "trang-thai": ("done", "late"),
    "toa-do": ("21.0285, 105.8542",),
    "khu-vuc": ("inner", "suburb"),
    "cao": ("20", "60"),
    "han-che": ("1",),
    "bbox": ("105.8,21.0,105.9,21.1",),
    "datetime": ("2026-11-02", "../2026-11-01"),
    "limit": ("1", "1000"),
    "after": ("0", "1"),
    "f": ("json",),
    "nhom": ("A",),
    "year": ("2026", "2027"),
    "thoi-han": ("3",),
    "vi-tri": ("specialist",),
    "bot": ("1",),
    "kiem-tra": ("1",),
    "xem": ("1",),
    "date": ("2027-06-01",),
    "on": ("2026-11-02", "2026-11-03"),
}
"""Values of each parameter of an address; a name tells that they are taken from the house."""

NEEDED = {"dang": "csv", "lam": "giao"}
"""Parameters without which an address answers nothing."""

PROPOSAL, AREAS = "/api/v1/reforms/proposal", "/api/v1/areas"
SPECIAL_DAYS = "/api/v1/calendars/<calendar>/days"
TOTALS = "/api/v1/telecom/totals"
LETTING_IN = "/ban/can-bo/<int:number>/tai-khoan"
WIDELY = {
    "/ban/hang-loat": {"trang": "unit_work", "tat-ca": "1"},
    "/ban/so-theo-doi": {"co-quan": "agency_id", "tu": "2026-11-01"},
    "/ban/neu-khac-di": {"co-quan": "agency_id", "tu": "2026-11-01", "den": "2026-11-02"},
    "/api/v1/daybook": {"agency": "H26.12", "since": "2026-11-01"},
    "/api/v1/takings": {"agency": "H26.12"},
    "/api/v1/ratings": {"agency": "H26.12"},
    PROPOSAL: {"date": "2027-06-01"},
    AREAS: {"q": "Cũ"},
    SPECIAL_DAYS: {"year": "2026"},
    TOTALS: {"subject": "ducts"},
}
"""Parameters with which an address shows what was planted, beside each of the others."""


class Untold(AssertionError):
    """Something new that the walk does not know how to ask for."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address with its places, and by which methods it is asked."""

    pattern: str
    places: tuple[tuple[str, str], ...] = ()  # the place as written, and what it stands for
    operations: tuple[str, ...] = ("GET", "POST")

    @property
    def is_api(self) -> bool:
        """Whether it is an operation of the API."""
        return self.pattern.startswith(_API)

    @property
    def kinds(self) -> frozenset[str]:
        """Give what its places stand for."""
        return frozenset(kind for _, kind in self.places)

    def filled(self, values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        """Give the addresses with each value in each place."""
        wanted = [values.get(kind, ()) for _, kind in self.places]
        for chosen in product(*wanted):
            address = self.pattern
            for (written, _), value in zip(self.places, chosen, strict=True):
                address = address.replace(written, value, 1)
            yield address


def routes() -> list[Route]:
    """Give every route once; raises `Untold` where a place is new."""
    found = {route.pattern: route for route in _below(get_resolver().url_patterns, "/")}
    for path, told in _paths().items():
        asked = tuple(one.upper() for one in told if one != "parameters")
        written = re.sub(r"{(\w+)}", r"<\1>", path)
        if written not in found:
            raise Untold(f"The API describes {path}, which no address serves.")
        found[written] = replace(found[written], operations=asked)
    return [found[one] for one in sorted(found)]


def _paths() -> Mapping[str, Mapping[str, dict]]:
    return _schema()["paths"]


def described(route: Route, method: str) -> dict:
    """Give what the API says of an operation."""
    return _paths().get(_PLACE.sub(r"{\1}", route.pattern), {}).get(method.lower(), {})


def _below(patterns, prefix: str) -> Iterator[Route]:
    for one in patterns:
        written = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, written)
        elif isinstance(one, URLPattern):
            yield Route(written, tuple(_places(written)))


def _places(pattern: str) -> Iterator[tuple[str, str]]:
    for found in _PLACE.finditer(pattern):
        upto = pattern[: found.end()]
        ends = [end for end in STANDS_FOR if upto.endswith(end)]
        if not ends:
            raise Untold(
                f"The walk does not know what {found[0]} of {pattern} stands for: add the end of"
                " its address to STANDS_FOR in tests/security/routes.py."
            )
        yield found[0], STANDS_FOR[max(ends, key=len)]


def values_of(one: Planted, *, hidden: bool = False) -> dict[str, tuple[str, ...]]:
    """Give what the places of a planted dossier's addresses take; fewer where it is hidden."""
    fields = (*_FIELDS, f"evidence.{one.evidence}", f"paper.{one.paper}")
    return {
        "dossier": (one.code,),
        "lookup": (one.lookup,),
        "evidence": (str(one.evidence),),
        "paper": (str(one.paper),),
        "entry": ("1",),
        "receipt": (str(one.receipt),),
        "complaint": (COMPLAINT,),
        "field": fields[:1] if hidden else fields,
        "move": _MOVES[:1] if hidden else _MOVES,
    }


def by_lookup(one: Planted) -> Planted:
    """Give a dossier that is asked for by its look-up number."""
    return replace(one, code=one.lookup)


_LOOKUP = make_lookup(b"never such a number")
NEVER = Planted("never", 0, "H26.12-261102-9999", _LOOKUP, {}, 987_654, 987_654)
"""A dossier that never was, with numbers of the same form."""


def values_beside(house: House) -> dict[str, tuple[str, ...]]:
    """Give what places take that stand for no dossier: some of each kind."""
    officers = ("specialist", "other_specialist", "leaver", "interested")
    return {
        "procedure": (CODE,),
        "listing": (CODE, EDITED, HANDED_IN),
        "letter": ("one_stop.form02", WRITTEN),
        "officer": tuple(str(house.world.officer_id(who)) for who in officers),
        "link": (_LOOKUP,),
        "counter": ("H26.12",),
        "way": ("sau", "truoc"),
        "agency": ("H26.12", "H26.15"),
        "calendar": ("national",),
        "filing_step": ("noi-nhan", "nguoi-nop", "noi-dung", "giay-to", "kiem-tra"),
        "form": ("ofds", "ofds-geojson"),
        "area": ("old",),  # a fact that everybody may read
        "export": tuple(code for codes in house.exports.values() for code in codes),
        **{kind: tuple(str(row) for row in rows) for kind, rows in house.rows.items()},
    }


def needed_for(route: Route, names: Collection[str], house: House) -> dict[str, str]:
    """Give the parameters that go beside each of the others."""
    needed = {name: value for name, value in NEEDED.items() if name in names}
    for name, value in WIDELY.get(route.pattern, {}).items():
        needed[name] = str(house.world.department.pk) if value == "agency_id" else value
    return needed


def values_for(name: str, house: House) -> tuple[str, ...]:
    """Give the values of a parameter, words aside; raises `Untold` where it is new."""
    found = PARAMETERS.get(name)
    if found is None:
        raise Untold(
            f"The walk does not know what ?{name}= may be: add it to PARAMETERS in"
            " tests/security/routes.py."
        )
    if found == "agency_id":
        return (str(house.world.department.pk), str(house.other.pk))
    return () if isinstance(found, str) else found
