"""Two drafts of one form are put together when their holder says so, and never before."""

from __future__ import annotations

import pytest

from motcua.core.accounts import citizens
from motcua.core.accounts.tokens import new_token
from motcua.core.drafts import keeping, merging, papers
from motcua.core.drafts.holders import Holder
from motcua.core.drafts.models import Draft
from motcua.core.drafts.tests.test_keeping import AT, CODE, DAY, pdf, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> Holder:
    """Somebody whose session ended in the midst of a form, and who signed in again."""
    holder = Holder(new_token(), citizens.arrive(phone="+84912345678", at=AT).pk)
    save(
        Holder(account_id=holder.account_id), {"agency": "1", "applicant.name": "An"}, part="where"
    )
    later = {"applicant.name": "An Bình", "agency": "", "fields.note": "Gấp"}
    save(Holder(holder.secret), later, handed=[pdf()], at=AT + DAY)
    return holder


def answers(holder, at=AT + DAY):
    return dict(keeping.find(holder, CODE, at=at).written.answers)


def test_nothing_is_merged_unasked(both):
    assert answers(both) == {"agency": "1", "applicant.name": "An"}
    assert merging.beside(both, CODE, at=AT + DAY).saved_at == AT + DAY


def test_the_later_answer_counts_and_a_blank_takes_nothing_away(both):
    assert merging.merge(both, CODE, at=AT + DAY)
    kept = keeping.find(Holder(account_id=both.account_id), CODE, at=AT + DAY)
    assert kept.written.answers == {
        "agency": "1",
        "applicant.name": "An Bình",
        "fields.note": "Gấp",
    }
    assert kept.written.seen == {"where", "who"}
    assert [one.name for one in kept.files] == ["a.pdf"]
    assert Draft.objects.count() == 1


def test_the_account_was_saved_later(both):
    save(Holder(account_id=both.account_id), {"applicant.name": "Bùi An"}, at=AT + 2 * DAY)
    merging.merge(both, CODE, at=AT + 2 * DAY)
    assert answers(both, AT + 2 * DAY)["applicant.name"] == "Bùi An"


def test_merging_twice_merges_once(both):
    assert merging.merge(both, CODE, at=AT + DAY)
    assert not merging.merge(both, CODE, at=AT + DAY)


def test_the_other_one_is_dropped(both):
    merging.drop_beside(both, CODE, at=AT + DAY)
    assert answers(both) == {"agency": "1", "applicant.name": "An"}
    assert Draft.objects.count() == 1


def test_too_many_files_in_all_leave_both(both, monkeypatch):
    monkeypatch.setattr(papers, "MAX_FILES", 0)
    with pytest.raises(papers.TooManyInAll):
        merging.merge(both, CODE, at=AT + DAY)
    assert Draft.objects.count() == 2


@pytest.mark.parametrize("signed_in", [True, False])
def test_one_alone_stands_beside_nothing(signed_in):
    account = citizens.arrive(phone="+84912345678", at=AT).pk
    holder = Holder(new_token(), account if signed_in else None)
    save(Holder(holder.secret))
    assert merging.beside(holder, CODE, at=AT) is None
    assert not merging.merge(holder, CODE, at=AT)
    merging.drop_beside(holder, CODE, at=AT)
    assert Draft.objects.count() == 1
