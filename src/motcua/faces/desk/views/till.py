"""Quầy thu: the fees of a dossier at the counter, and a day's takings."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.agencies.queries import agency
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.fees.models import Method
from motcua.core.fees.rules import Due, Wish, shown_exemptions
from motcua.core.till.actions import repay, take, till_post, void
from motcua.core.till.queries import Account, Takings, account_of, takings, tills
from motcua.core.till.rules import NotTheTill
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.words import language
from motcua.kernel.errors import Refused

_UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class _Counter:
    """The till as one request meets it: whose page, of which dossier, with which form."""

    visit: Visit
    snapshot: Snapshot
    account: Account
    sent: QueryDict


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def fees(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show what a dossier owes and holds; a POST takes fees, voids a receipt or pays it back."""
    snapshot = find_one(visit.actor, code)
    counter = _Counter(visit, snapshot, account_of(visit.actor, snapshot), request.POST)
    if request.method != "POST":
        return _show(request, counter, None)
    told = _ACTS.get(request.POST.get("do", ""), _take)
    try:
        said = told(counter)
    except Refused as refusal:
        return _show(request, counter, refusal)
    messages.success(request, said)
    return redirect("desk:fees", shown_code(snapshot))


def _take(counter: _Counter) -> str:
    sent = counter.sent
    take(
        actor=counter.visit.actor,
        at=counter.visit.at,
        dossier_id=counter.snapshot.id,
        wishes=[_wish(sent, key) for key in sent.getlist("fee")],
        method=_method(sent),
        key=sent.get("key", ""),
    )
    return _("Đã thu. Biên lai đang được lập.")


def _void(counter: _Counter) -> str:
    sent = counter.sent
    void(
        actor=counter.visit.actor,
        at=counter.visit.at,
        dossier_id=counter.snapshot.id,
        receipt_id=number(sent, "receipt") or 0,
        reason=sent.get("reason", ""),
        key=sent.get("key", ""),
    )
    return _("Đã hủy biên lai.")


def _repay(counter: _Counter) -> str:
    sent = counter.sent
    repay(
        actor=counter.visit.actor,
        at=counter.visit.at,
        dossier_id=counter.snapshot.id,
        receipt_id=number(sent, "receipt") or 0,
        method=_method(sent),
        reason=sent.get("reason", ""),
        key=sent.get("key", ""),
    )
    return _("Đã hoàn trả.")


_ACTS: dict[str, Callable[[_Counter], str]] = {"take": _take, "void": _void, "repay": _repay}


def _wish(sent: QueryDict, key: str) -> Wish:
    exempt = sent.get(f"{key}.exempt", "")
    return Wish(key, number(sent, f"{key}.each"), number(sent, f"{key}.times"), exempt)


def _method(sent: QueryDict) -> Method:
    return Method.TRANSFER if sent.get("method") == Method.TRANSFER else Method.CASH


@dataclass(frozen=True, slots=True)
class _Owed:
    """A fee that is open, as a line of the form."""

    due: Due
    name: str
    per: str
    exemptions: tuple[tuple[str, str], ...]
    chosen: bool
    each: str
    times: str
    exempt: str


def _owed(counter: _Counter, due: Due) -> _Owed:
    rule, sent = due.rule, counter.sent
    return _Owed(
        due=due,
        name=rule.name.text(language()),
        per=rule.per.text(language()) if rule.per else "",
        exemptions=tuple((one.key, one.name.text(language())) for one in shown_exemptions(rule)),
        chosen=not sent or rule.key in sent.getlist("fee"),
        each=sent.get(f"{rule.key}.each", ""),
        times=sent.get(f"{rule.key}.times", ""),
        exempt=sent.get(f"{rule.key}.exempt", ""),
    )


def _show(request: HttpRequest, counter: _Counter, refusal: Refused | None) -> HttpResponse:
    snapshot, visit = counter.snapshot, counter.visit
    declaration = declaration_of(snapshot)
    post = till_post(visit.actor, declaration.system, snapshot.desk_agency_id)
    names = {rule.key: rule.name.text(language()) for rule in declaration.fees}
    receipts = [
        (one, [(names.get(line.fee, line.fee), line) for line in one.lines])
        for one in reversed(counter.account.receipts)
    ]
    context = {
        "code": shown_code(snapshot),
        "procedure": declaration.name.text(language()),
        "owed": [_owed(counter, due) for due in counter.account.open],
        "nothing_owed": not counter.account.owed,
        "receipts": receipts,
        "may_take": post is not None,
        "is_open": snapshot.now.code is not None and not snapshot.now.closed,
        "methods": _methods(),
        "method": counter.sent.get("method", Method.CASH),
        "key": str(uuid.uuid4()),
        "refusal": refusal.text(language()) if refusal else "",
        "at": visit.at,
    }
    return page(request, "fees.html", context, status=_UNPROCESSABLE if refusal else 200)


def _methods() -> list[tuple[str, str]]:
    return [(Method.CASH.value, _("Tiền mặt")), (Method.TRANSFER.value, _("Chuyển khoản"))]


@require_safe
@desk
def day(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a day's takings of a counter; the sums are those of the rows."""
    chosen, on, taken = asked_day(request, visit)
    context = {
        "agencies": [agency(one) for one in tills(visit.actor)],
        "chosen": agency(chosen),
        "on": on,
        "takings": taken,
        "sums": [(name, taken.by(Method(value))) for value, name in _methods()],
        "methods": methods(),
    }
    return page(request, "takings.html", context)


def asked_day(request: HttpRequest, visit: Visit) -> tuple[int, datetime.date, Takings]:
    """Read the counter and the day of an address; give what came in. Raises `NotTheTill`."""
    found = tills(visit.actor)
    if not found:
        raise NotTheTill
    wanted = number(request.GET, "co-quan")
    chosen = wanted if wanted in found else found[0]
    on = _day(request.GET.get("ngay", ""), visit.on)
    return chosen, on, takings(visit.actor, chosen, on)


def methods() -> dict[str, str]:
    """Name the ways in which fees are paid."""
    return dict(_methods())


def _day(text: str, otherwise: datetime.date) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return otherwise
