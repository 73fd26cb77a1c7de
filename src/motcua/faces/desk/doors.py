"""Who may open a page of the desk: officers, signed in; and how a page says no."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.core.access.actors import Actor
from motcua.core.desks import keys
from motcua.core.now import now
from motcua.faces.ui.actors import actor_of
from motcua.faces.ui.signed import signed_in
from motcua.kernel.errors import Refused

P = ParamSpec("P")
KEYS_OFF = "keys_off"
"""The name under which the session knows it."""


class OfficersOnly(Refused):
    """Somebody signed in who is no officer asks for a page of the desk."""

    code = "desk.officers_only"
    vi = "Trang này dành cho cán bộ. Hãy đăng nhập bằng tài khoản cán bộ."
    en = "This page is for officers. Sign in with an officer's account."
    status = 403


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of an officer: who asks, and the instant at which everything is told."""

    actor: Actor
    at: datetime.datetime

    @property
    def on(self) -> datetime.date:
        """The day of the request where the city is."""
        return timezone.localtime(self.at).date()


R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
DeskView = Callable[Concatenate[HttpRequest, Visit, P], R]


def desk(view: DeskView[P, R]) -> View[P]:
    """Let officers in, with the time read once; strangers are sent to sign in and come back."""

    @never_cache
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        at = now()
        actor = actor_of(request, at)
        if actor.officer_id is not None:
            _know_keys(request, actor.officer_id)
            return view(request, Visit(actor, at), *args, **kwargs)
        if signed_in(request, at) is not None:
            raise OfficersOnly
        if request.method == "POST":
            messages.warning(request, _("Chưa có gì được ghi nhận: phiên làm việc đã hết."))
        return redirect_to_login(request.get_full_path())

    return update_wrapper(guarded, view)


def visit_of(request: HttpRequest) -> Visit | None:
    """Give the visit of an officer who signed in; None for anybody else, who is sent nowhere."""
    at = now()
    actor = actor_of(request, at)
    return Visit(actor, at) if actor.officer_id is not None else None


def prove_first(request: HttpRequest) -> HttpResponse:
    """Lead to a fresh proof of who sits there, and from there back to the page."""
    return redirect(f"{reverse('prove_again')}?{urlencode({'next': request.path})}")


def _know_keys(request: HttpRequest, officer_id: int) -> None:
    """Keep in the session whether the officer switched the keys of the desk off."""
    if KEYS_OFF not in request.session:
        request.session[KEYS_OFF] = not keys.are_on(officer_id)
