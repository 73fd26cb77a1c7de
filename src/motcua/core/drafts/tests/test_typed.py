"""What officers leave half-written: kept whole, sealed, gone with the act and at sign-out."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.drafts import keeping, typed
from motcua.core.drafts.models import Draft
from motcua.core.people.models import Account

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
FORM = "ho-so/X-1/supplement/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def account() -> int:
    return made("specialist")


def made(name) -> int:
    return Account.objects.create(username=name).pk


def keep(account, pairs=(("reason", "Thiếu đơn"),), *, form=FORM, key="k1", at=AT):
    return typed.keep(account, form, key=key, pairs=pairs, at=at)


def test_the_last_words_count_and_what_was_unticked_is_gone(account):
    keep(account, [("legs", "police"), ("legs", "fire"), ("reason", "Hỏi")])
    keep(account, [("legs", "fire"), ("reason", "")])
    found = typed.find(account, FORM, at=AT)
    assert found == typed.Typed((("legs", "fire"), ("reason", "")), AT)
    assert Draft.objects.count() == 1


def test_no_other_account_and_no_other_form_finds_it(account):
    keep(account)
    assert typed.find(made("second"), FORM, at=AT) is None
    assert typed.find(account, "ho-so/X-1/submit/", at=AT) is None


def test_no_word_of_it_can_be_read_in_the_row(account):
    keep(account, [("applicant.number", "001088004242")])
    assert b"001088004242" not in bytes(Draft.objects.get().sealed)


def test_what_arrives_after_the_act_stays_out(account):
    keep(account)
    typed.done(account, FORM, key="k1", at=AT, dossier_id=7)
    assert keep(account) is False
    assert typed.find(account, FORM, at=AT) is None
    assert keep(account, key="k2") is True  # the form opened anew


def test_leaving_wipes_every_form_and_lets_no_late_word_in(account):
    keep(account)
    keep(account, form="tiep-nhan/9.000007", key="k2")
    typed.done(account, FORM, key="k1", at=AT)
    typed.wipe(account)
    assert typed.find(account, "tiep-nhan/9.000007", at=AT) is None
    assert keep(account) is False


def test_its_days_end_it(account, settings):
    keep(account)
    typed.done(account, "tiep-nhan/9.000007", key="k9", at=AT)
    end = AT + (settings.MOTCUA_DRAFT_DAYS + 1) * DAY
    assert typed.find(account, FORM, at=end) is None
    assert keeping.sweep(at=end) == 2


def test_it_is_bounded_in_length_and_number(account, monkeypatch):
    with pytest.raises(keeping.DraftTooLong):
        keep(account, [("reason", "ễ" * 65_000)])
    monkeypatch.setattr(typed, "MAX_FORMS", 1)
    keep(account)
    keep(account)
    with pytest.raises(typed.TooManyForms):
        keep(account, form="tiep-nhan/9.000007")
