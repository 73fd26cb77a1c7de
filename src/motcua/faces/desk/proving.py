"""Chứng minh lại: the code that a form asks for beside a weighty act, where no proof is fresh."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from motcua.faces.desk.doors import Visit
from motcua.faces.ui import signed
from motcua.kernel.errors import Invalid, Refused


def proven(request: HttpRequest, visit: Visit) -> Visit:
    """Take the code in the box `proof`; whoever has proven themselves lately is asked for none.

    Raises `Invalid` that names the box.
    """
    if visit.actor.proven:
        return visit
    try:
        signed.prove(request, request.POST.get("proof", ""), at=visit.at)
    except Refused as refusal:
        raise Invalid({"proof": refusal}) from refusal
    return replace(visit, actor=replace(visit.actor, proven=True))
