"""Who may ever be told which planted word: plain Python over rows, apart from the house's filter.

Nothing of `core.access` is asked here. It is written once more, from the sentences of the law of
access: an agency reads what it or one below it received, held, or was asked about; a person what
named them or was offered to their post; a restricted dossier is for persons and posts alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from motcua.core.agencies.models import Agency, Appointment, Delegation
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.people.models import Interest, Officer, Recusal
from tests.security.house import AT, House, Planted

PUBLIC = frozenset({"licence", "reason"})
PERSONAL = frozenset({"name", "phone", "mail", "street", "owner", "file", "bytes"})
SECRET = frozenset({"number", "identity"})
NAMES = frozenset({"code", "lookup"})
_HEADS = {"unit_head", "leader"}


@dataclass(frozen=True, slots=True)
class Told:
    """Places of a dossier whose words somebody may see: at once, and for a stated purpose."""

    seen: frozenset[str] = frozenset()
    revealed: frozenset[str] = frozenset()


NOTHING = Told()


class Rows:
    """The rows that decide, read once."""

    def __init__(self) -> None:
        self.above = dict(Agency.objects.values_list("pk", "parent_id"))
        self.posts = defaultdict(list)
        for row in Appointment.objects.filter(valid_from__lte=AT.date()):
            if row.valid_to is None or row.valid_to > AT.date():
                self.posts[row.officer_id].append(row)
        self.lent = defaultdict(list)
        for row in Delegation.objects.filter(valid_from__lte=AT.date(), valid_to__gt=AT.date()):
            self.lent[row.taker_id].append(row)
        self.left = set(Officer.objects.filter(left_on__lte=AT.date()).values_list("pk", flat=True))
        self.interests = {
            (row.officer_id, bytes(row.number_hash)) for row in Interest.objects.all()
        }
        self.recused = set(Recusal.objects.values_list("officer_id", "party_id"))
        self.dossiers = {one.pk: one for one in Dossier.objects.select_related("applicant")}
        self.work = defaultdict(list)
        for item in WorkItem.objects.all():
            self.work[item.dossier_id].append(item)

    def chain(self, agency: int) -> set[int]:
        """Give an agency and those above it."""
        found = set()
        step: int | None = agency
        while step is not None:
            found.add(step)
            step = self.above[step]
        return found

    def is_party(self, officer: int, dossier: int) -> bool:
        """Tell whether an officer has an interest in who asks, or is recused from them."""
        party = self.dossiers[dossier].applicant
        return party is not None and (
            (officer, bytes(party.number_hash)) in self.interests
            or (officer, party.pk) in self.recused
        )

    def has_right(self, officer: int, dossier: int) -> bool:
        """Tell whether an officer would read a dossier if they were no party to it."""
        return officer not in self.left and (
            self._by_name(officer, dossier) or self._by_agency(officer, dossier)
        )

    def reads(self, officer: int, dossier: int) -> bool:
        """Tell whether an officer reads a dossier."""
        return self.has_right(officer, dossier) and not self.is_party(officer, dossier)

    def _by_name(self, officer: int, dossier: int) -> bool:
        lent = self.lent[officer]
        names = {officer, *(one.giver_id for one in lent)}
        posts = {(one.agency_id, one.post) for one in [*self.posts[officer], *lent]}
        row = self.dossiers[dossier]
        if row.channel == "counter" and (row.receiving_agency_id, "counter") in posts:
            return True
        return any(
            item.officer_id in names
            if item.officer_id is not None
            else (item.agency_id, item.post) in posts
            for item in self.work[dossier]
        )

    def _by_agency(self, officer: int, dossier: int) -> bool:
        row = self.dossiers[dossier]
        if row.confidentiality == "restricted":
            return False
        whole = {one.agency_id for one in self.posts[officer] if one.reads_agency}
        if whole & self.chain(row.receiving_agency_id):
            return True
        return any(
            whole & ({item.agency_id} if item.leg is not None else self.chain(item.agency_id))
            for item in self.work[dossier]
        )

    def deals(self, officer: int, dossier: int) -> bool:
        """Tell whether an officer works where the dossier is held, was received, or is asked."""
        row = self.dossiers[dossier]
        there = {row.receiving_agency_id, row.holding_agency_id}
        there |= {one.agency_id for one in self.work[dossier] if one.ended_at is None}
        mine = {one.agency_id for one in [*self.posts[officer], *self.lent[officer]]}
        return bool(there & mine)

    def watches(self, officer: int, dossier: int) -> bool:
        """Tell whether an officer is a head who may be told why others looked at a dossier."""
        row = self.dossiers[dossier]
        above = self.chain(row.receiving_agency_id) | self.chain(row.holding_agency_id)
        return any(one.post in _HEADS and one.agency_id in above for one in self.posts[officer])

    def answers_for(self, officer: int, other: int) -> bool:
        """Tell whether an officer is another one, or a head where that one holds a post."""
        above = {agency for one in self.posts[other] for agency in self.chain(one.agency_id)}
        heads = {one.agency_id for one in self.posts[officer] if one.post in _HEADS}
        return bool(self.posts[other]) and (officer == other or bool(heads & above))

    def audits(self, officer: int) -> bool:
        """Tell whether an officer reads the whole access log."""
        return self._holds(officer, "auditor")

    def keeps_the_house(self, officer: int) -> bool:
        """Tell whether an officer keeps the house, and so opens and closes accounts."""
        return self._holds(officer, "system_keeper")

    def _holds(self, officer: int, post: str) -> bool:
        return officer not in self.left and any(one.post == post for one in self.posts[officer])


def officer_told(rows: Rows, officer: int, one: Planted) -> Told:
    """Give what an officer may be told of a dossier."""
    seen: set[str] = set()
    revealed: set[str] = set()
    if rows.reads(officer, one.id):
        seen, revealed = set(NAMES | PUBLIC), set(PERSONAL)
        if rows.deals(officer, one.id):
            seen, revealed = seen | PERSONAL, revealed | SECRET
    if rows.audits(officer):
        seen |= NAMES | {"purpose"}
    if officer not in rows.left and rows.watches(officer, one.id):
        seen.add("purpose")
    return Told(frozenset(seen), frozenset(revealed))


def applicant_told() -> Told:
    """Give what an applicant may be told of a dossier of theirs."""
    return Told(NAMES | PUBLIC | PERSONAL | {"comment"})


def all_told(house: House, officer: int) -> dict[str, Told]:
    """Give what an officer may be told, by dossier."""
    rows = Rows()
    return {name: officer_told(rows, officer, one) for name, one in house.dossiers.items()}
