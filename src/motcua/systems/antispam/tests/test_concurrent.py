"""Officers at once: one round of a number, one line of a case, every sighting in one case."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.sharing import together
from motcua.core.registers.models import Record
from motcua.systems.antispam.models import Case, CaseSighting, Letter, LetterItem
from motcua.systems.antispam.rules import CasesMoved, Opened
from motcua.systems.antispam.tests.test_reports import take


@pytest.mark.django_db(transaction=True)
def test_many_who_open_cases_open_each_once(shared):
    for number in ("0912345678", "0912345679"):
        shared.see(number)
    answers = together(*[shared.open] * 4)
    assert all(isinstance(one, Opened | CasesMoved) for one in answers)
    assert sum(one.cases for one in answers if isinstance(one, Opened)) == 2
    assert (Case.objects.count(), Dossier.objects.count(), CaseSighting.objects.count()) == (
        2,
        2,
        2,
    )


@pytest.mark.django_db(transaction=True)
def test_many_who_draft_make_one_letter(shared):
    shared.to_ask("0912345678", "0912345679")
    answers = together(*[shared.draft] * 4)
    assert all(isinstance(one, list | CasesMoved) for one in answers)
    assert (Letter.objects.count(), LetterItem.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_several_times_at_once_is_one_report(shared):
    answers = together(*[lambda: take(shared.actor)] * 4)
    assert len({one.record_id for one in answers}) == 1
    assert Record.objects.filter(register="spam_reports").count() == 1
