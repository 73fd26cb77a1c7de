"""A made-up city with its procedures, and citizens before the portal."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.world import World
from motcua.core.procedures.actions import publish, seed
from motcua.core.procedures.models import Procedure, Version
from motcua.core.procedures.systems import systems
from motcua.faces.portal.views import account, catalogue, chosen, filed, filing, lookup, tracking
from motcua.faces.ui import context, views

POSTAL = "1.003633"
PDF = b"%PDF-1.4 made up"


@pytest.fixture(autouse=True)
def _doors(settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "motcua.faces.portal.tests.urls"
    with translation.override("vi"):
        yield


@pytest.fixture
def world(db) -> World:
    """The world of the dossiers, plus the real postal licence procedure."""
    found = made_up.make_world()
    _bring_in_shipped()
    return found


_shipped: list[Version] = []


def _bring_in_shipped() -> None:
    """Publish every shipped procedure: by the acts once, later as the rows that these wrote."""
    if _shipped:
        _write_again(copy.deepcopy(_shipped))
        return
    for system in (one for one in systems() if not one.declaration.on_demand):
        for text in system.procedures.values():
            drafted = seed(system=system.declaration.key, text=text, at=made_up.MONDAY)
            publish(version=drafted.version_id, actor="officer:1", at=made_up.MONDAY)
    _shipped.extend(Version.objects.exclude(source="").select_related("procedure"))


def _write_again(versions: list[Version]) -> None:
    for row in versions:
        row.pk = row.procedure.pk = None
    Procedure.objects.bulk_create([row.procedure for row in versions])
    for row in versions:
        row.procedure_id = row.procedure.pk
    Version.objects.bulk_create(versions)


class Clock:
    """The doors' clock, set by hand."""

    def __init__(self) -> None:
        self.at = made_up.MONDAY

    def __call__(self) -> datetime.datetime:
        return self.at

    def forward(self, **length) -> None:
        self.at += datetime.timedelta(**length)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    found = Clock()
    for module in (account, catalogue, chosen, filed, filing, lookup, tracking, context, views):
        monkeypatch.setattr(module, "now", found)
    return found


@pytest.fixture
def form(world):
    """Answers without faults for the postal licence; a file still has to be added."""
    return {
        "agency": str(world.department.pk),
        "applicant.kind": "person",
        "applicant.name": "Nguyễn Trường Đạt",
        "applicant.phone": "0912 345 678",
        "fields.enterprise": "Công ty TNHH Bưu chính Sông Hồng",
        "fields.tax_code": "0100109106",
        "fields.head_office": "12 ngõ 106 Hoàng Quốc Việt",
        "fields.representative": "Nguyễn Trường Đạt",
        "fields.phone": "0912345678",
        "fields.licence_number": "12/GP-BC",
        "fields.licence_date.day": "3",
        "fields.licence_date.month": "2",
        "fields.licence_date.year": "2020",
        "fields.licence_expiry.day": "3",
        "fields.licence_expiry.month": "12",
        "fields.licence_expiry.year": "2026",
        "fields.scope": "province",
        "fields.services": "Thư",
    }


def pdf(name: str = "don.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def full(form):
    """Answers without faults, with the two required papers."""
    return {**form, "evidence.request": pdf(), "evidence.accounts": pdf("bao-cao.pdf")}
