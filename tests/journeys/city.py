"""The sample city as its people meet it: pages asked for with Django's client, a clock by hand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.test import Client

from motcua.core.accounts.tests.doors import signed_in
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import Dossier, Paper, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import verify
from motcua.core.people.models import Account
from motcua.core.procedures.queries import current
from motcua.core.sql import reading
from motcua.faces.portal.tests import walking
from motcua.site.sample.pdf import page

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=HANOI)
TELEPHONE = "0912345678"
APPLICANT = {
    "applicant.kind": "enterprise",
    "applicant.name": "Công ty TNHH Bưu chính Sông Hồng",
    "applicant.tax_code": "0100109106",
    "applicant.phone": TELEPHONE,
}


@dataclass
class City:
    """Everybody's browser, and the time of all their clocks."""

    at: datetime.datetime = MONDAY
    citizen: Client = field(default_factory=Client)
    _pages: int = 0

    def now(self) -> datetime.datetime:
        """Give the time that the doors read."""
        return self.at.astimezone(datetime.UTC)

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.at += datetime.timedelta(**length)

    def officer(self, username: str) -> Client:
        """Give the browser of an officer who has signed in."""
        return signed_in(Client(), Account.objects.get(username=username), at=self.now())

    def file(self, procedure: str, agency: str, fields: dict[str, str]) -> str:
        """File online as a citizen does; give the look-up number."""
        sent = {
            "agency": str(agency_by_code(agency).id),
            **self._form(procedure, fields),
        }
        answer = walking.file(self.citizen, procedure, sent)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].rsplit("/", 1)[-1]

    def take_in(self, username: str, procedure: str, fields: dict[str, str]) -> str:
        """Take a dossier in at a counter, with its originals; give its code."""
        sent = self._form(procedure, fields)
        for rule in current(procedure).declaration.evidence:
            sent[f"sheets.{rule.key}.originals"] = "1"
        answer = self.officer(username).post(f"/ban/tiep-nhan/{procedure}", sent)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].rsplit("/", 1)[-1]

    def do(self, username: str, code: str, move: str, **sent: object) -> Dossier:
        """Make a move on the form that an officer was shown; give the dossier after it."""
        told = {"key": self._key(), "revision": dossier(code).revision, **sent}
        answer = self.officer(username).post(f"/ban/ho-so/{code}/{move}", told)
        assert answer.status_code == 302, answer.content.decode()
        return dossier(code)

    def answers(self, code: str, **sent: object) -> Dossier:
        """Let the citizen look up their dossier and send what was asked for."""
        self.citizen.post("/tra-cuu", {"so": code, "phone": TELEPHONE})
        told = {"key": self._key(), "revision": dossier(code).revision, **sent}
        answer = self.citizen.post(f"/ho-so/{code}/bo-sung", told)
        assert answer.status_code == 302, answer.content.decode()
        return dossier(code)

    def reads(self, code: str) -> str:
        """Give what the citizen reads of their dossier."""
        self.citizen.post("/tra-cuu", {"so": code, "phone": TELEPHONE})
        return self.citizen.get(f"/ho-so/{code}").content.decode()

    def _form(self, procedure: str, fields: dict[str, str]) -> dict[str, object]:
        papers = {
            f"evidence.{rule.key}": paper(f"{rule.key}.pdf")
            for rule in current(procedure).declaration.evidence
            if rule.required
        }
        told = {f"fields.{name}": value for name, value in fields.items()}
        return {"key": self._key(), **APPLICANT, **told, **papers}

    def _key(self) -> str:
        self._pages += 1
        return f"page-{self._pages}"


def paper(name: str) -> SimpleUploadedFile:
    """Give a paper scanned as PDF."""
    return SimpleUploadedFile(name, page(name))


def date(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """Give the three boxes of a date."""
    return {f"{name}.day": str(day), f"{name}.month": str(month), f"{name}.year": str(year)}


def dossier(code: str) -> Dossier:
    """Give the row of a dossier by its code or its look-up number."""
    return Dossier.objects.get(Q(code=code) | Q(lookup=code))


def holders(code: str) -> set[tuple[str, str]]:
    """Give agency code and post of everybody who holds a piece of the work now."""
    open_items = WorkItem.objects.filter(dossier=dossier(code), ended_at=None)
    return set(open_items.values_list("agency__code", "post"))


def letters(code: str) -> list[str]:
    """Give the papers asked for so far, oldest first."""
    asked = Paper.objects.filter(dossier=dossier(code)).order_by("seq", "id")
    return list(asked.values_list("letter", flat=True))


def in_hanoi(instant: datetime.datetime | None) -> str:
    """Write an instant as the clock on the wall shows it."""
    assert instant is not None
    return instant.astimezone(HANOI).strftime("%d/%m %H:%M")


def faults(city: City) -> list[object]:
    """Give everything that is wrong in the ledger, or between it and the rows."""
    assert Entry.objects.exists()
    report = verify(tx=reading(), at=city.now(), state_checks=[check_state], to=[])
    return list(report.findings)
