"""The data of a letter: one JSON object with the same names for every template.

`head` (superior, agency, desk, place, day, month, year), `letter` (key, name), `code`, `lookup`,
`qr` (SVG), `sample`, `applicant` (name, address, phone, email), `procedure` (code, name, group,
limit, result, basis, sets), `papers` (name, forms, note), `received`, `completed`, `due`,
`promised`, `asked`, `pick_up`, `words` (lines of the act's remark), `defects` (words, originals,
certified, copies: what a line asks for), `officer` (name, post, capacity, phone, email), `holder`
(agency: the one that holds the dossier after the act), `contact` (office, address, phone),
`fields` (label, value), `steps` (see `steps`), `fee` (see `fees`), `of` (code, procedure: the
dossier on which this one hangs) and `book` (volume, number: where it stands in form06). Instants
are in words; what is not known is empty text.
"""

from __future__ import annotations

import datetime

from motcua.core.agencies.heirs import both_names
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import agency, tree
from motcua.core.daybook.numbering import Numbering
from motcua.core.documents.facts import Facts, facts_of
from motcua.core.documents.fees import fee_of
from motcua.core.documents.steps import steps_of
from motcua.core.documents.wording import (
    asked_of,
    desk_of,
    forms_of,
    heading_day,
    lines_of,
    moment,
    place_of,
)
from motcua.core.dossiers.models import Paper, Tie
from motcua.core.letters.answers import shown_answers
from motcua.core.letters.declared import letters_of
from motcua.core.letters.qr import lookup_link, qr_svg
from motcua.core.procedures.queries import declared
from motcua.core.sql import reading
from motcua.kernel.vietnamese import citation, format_weekday

# The papers of the desk carry the receiving agency's heading and the name of who acted; a result
# those of who decided.
RECEIPT, RESULT, ANSWER = "form01", "result", "answer"


def context_of(paper: Paper) -> dict[str, object]:
    """Build the data of a letter as of the entry that asked for it."""
    return assemble(facts_of(paper))


def assemble(facts: Facts) -> dict[str, object]:
    """Put the data of a letter together from its facts."""
    dossier, letter = facts.dossier, facts.paper.letter
    return {
        "letter": {"key": letter, "name": _letter_name(facts)},
        "head": _head(facts),
        "code": facts.after["code"] or "",
        "lookup": dossier.lookup,
        "qr": qr_svg(lookup_link(dossier.lookup)),
        "sample": dossier.origin == "sample",
        "applicant": _applicant(facts),
        "procedure": _procedure(facts),
        "papers": _papers(facts),
        "received": moment(facts.told("received")),
        "completed": _completed(facts),
        "due": moment(facts.told("due")),
        "promised": _promised(facts),
        "asked": moment(facts.local(facts.paper.asked_at)),
        "pick_up": _pick_up(facts),
        "words": lines_of(facts.remark),
        "defects": [asked_of(line) for line in lines_of(facts.remark)],
        "officer": _officer(facts),
        "holder": {"agency": agency(facts.after["holding"]).name_vi},
        "contact": _contact(facts),
        "fields": shown_answers(facts.declaration, dossier.fields),
        "steps": steps_of(facts),
        "fee": fee_of(facts),
        "of": _of(facts),
        "book": _book(facts),
    }


def _letter_name(facts: Facts) -> str:
    """Give the name the procedure declares, unless the law names the form itself."""
    key = facts.paper.letter
    letter = letters_of(facts.dossier.system).get(key)
    if letter is not None and letter.by_law:
        return letter.told.vi
    return next((rule.name.vi for rule in facts.declaration.letters if rule.key == key), key)


def _of(facts: Facts) -> dict[str, str]:
    """Name the dossier on which this one hangs."""
    tie = Tie.objects.select_related("of").filter(dossier=facts.dossier).first()
    if tie is None:
        return {"code": "", "procedure": ""}
    name = declared(tie.of.version_id).name.vi
    return {"code": tie.of.code or tie.of.lookup, "procedure": name}


def _book(facts: Facts) -> dict[str, str]:
    """Tell where the dossier stands in the book of the one-stop, once it has a code."""
    code = facts.after["code"]
    if not code:
        return {"volume": "", "number": ""}
    place = Numbering(reading()).of(facts.dossier.receiving_agency_id, code)
    return {"volume": f"{place.volume:02}", "number": f"{place.number:02}"}


def _head(facts: Facts) -> dict[str, str]:
    result = facts.paper.letter == RESULT
    decision = facts.decision if result else None
    issuer = decision.agency if decision else facts.desk
    head = heading(issuer.pk, facts.local(facts.paper.asked_at).date())
    head["agency"] = _both_names(facts, issuer)
    return {**head, "desk": ""} if facts.paper.letter in {RESULT, ANSWER} else head


def _both_names(facts: Facts, now: Agency) -> str:
    """Name an agency; where it took the applicant over from one that ended, that one too."""
    before = facts.dossier.receiving_agency_id if now == facts.desk else now.pk
    return both_names(now.pk, before)


def heading(agency_id: int, on: datetime.date) -> dict[str, str]:
    """Give the heading of a paper that an agency's desk writes on a day."""
    known = agency(agency_id)  # reads the tree anew where it does not hold the issuer yet
    chain = [agency(one) for one in tree().chain(known.id)]
    return {
        "superior": chain[1].name_vi if len(chain) > 1 else "",
        "agency": known.name_vi,
        "desk": desk_of(known.name_vi),
        "place": place_of([one.name_vi for one in chain]),
        **heading_day(on),
    }


def _applicant(facts: Facts) -> dict[str, str]:
    party = facts.dossier.applicant
    if party is None:
        return dict.fromkeys(("name", "address", "phone", "email"), "")
    return {
        "name": party.name,
        "address": party.address,
        "phone": party.phone_as_given or party.phone,
        "email": party.email,
    }


def _procedure(facts: Facts) -> dict[str, object]:
    declaration = facts.declaration
    return {
        "code": declaration.code,
        "name": declaration.name.vi,
        "group": declaration.group.vi,
        "sets": f"{declaration.sets:02}" if declaration.sets else "",
        "limit": declaration.limit.text("vi") if declaration.limit else "Không quy định",
        "result": declaration.result.vi,
        "basis": [citation(one.text.strip().rstrip(".;")) for one in declaration.legal_basis],
    }


def _papers(facts: Facts) -> list[dict[str, str]]:
    rows = []
    for rule in facts.declaration.evidence:
        given = [one for one in facts.evidence if one.component == rule.key]
        if given:
            counts = (
                sum(one.originals for one in given),
                sum(one.copies for one in given),
                sum(one.file_id is not None for one in given),
            )
            rows.append({"name": rule.name.vi, "forms": forms_of(*counts), "note": ""})
    return rows


def _completed(facts: Facts) -> str:
    """When the last paper had come in: the limit of a receipt given anew counts from there."""
    received, asked = facts.told("received"), facts.local(facts.paper.asked_at)
    given_anew = facts.paper.letter == RECEIPT and received is not None and asked > received
    return moment(asked) if given_anew else ""


def _promised(facts: Facts) -> str:
    """A promise names its weekday too."""
    at = facts.told("promised")
    if at is None:
        return ""
    return f"{at.hour:02} giờ {at.minute:02} phút, {format_weekday(at.date())}"


def _pick_up(facts: Facts) -> str:
    if facts.dossier.channel == "online":
        return "trang tra cứu hồ sơ trực tuyến (bản điện tử)"
    contact = _contact(facts)
    return ", ".join(part for part in (contact["office"], contact["address"]) if part)


def _officer(facts: Facts) -> dict[str, str]:
    if facts.paper.letter == RESULT:
        person = facts.decision.ended_by if facts.decision else None
    else:
        person = facts.officer
    if person is None:
        return dict.fromkeys(("name", "post", "phone", "email", "capacity"), "")
    capacity = facts.capacity if facts.paper.letter == RESULT else ""
    contact = {"phone": person.phone, "email": person.email}
    return {"name": person.name, "post": facts.post, "capacity": capacity, **contact}


def _contact(facts: Facts) -> dict[str, str]:
    receiver = facts.desk
    desk, name = desk_of(receiver.name_vi), _both_names(facts, receiver)
    office = f"{desk}, {name}" if desk else name
    return {"office": office, "address": receiver.address, "phone": receiver.phone}
