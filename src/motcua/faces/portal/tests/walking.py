"""Walking through the form as a citizen does: part by part, check, submit."""

from __future__ import annotations

import re

from motcua.core.procedures.queries import current
from motcua.faces.portal.sheet import PAPERS, WHAT, WHERE, WHO

CHECK = "kiem-tra"


def address(code, part):
    return f"/thu-tuc/{code}/nop/{part}"


def asked(code):
    """Give the parts in which the questions of a form stand: one, or one a section."""
    return [f"{WHAT}-{one.key}" for one in current(code).declaration.sections] or [WHAT]


def parts(code):
    """Give every part of a form."""
    return [WHERE, WHO, *asked(code), PAPERS]


def send(client, code, part, answers, **more):
    """Send one part; files go with the papers alone."""
    told = {
        name: value
        for name, value in answers.items()
        if name.startswith("evidence.") is (part == PAPERS) or name == "language"
    }
    return client.post(address(code, part), {**told, **more})


def fill(client, code, answers):
    """Send every part; give the answer to the last."""
    for part in parts(code):
        page = send(client, code, part, answers)
    return page


def inputs(page) -> dict[str, list[str]]:
    """Give the hidden inputs and ticked boxes of a page by name."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        attrs = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attrs.get("type") == "hidden" or tag.endswith(" checked>"):
            found.setdefault(attrs["name"], []).append(attrs["value"])
    return found


def check(client, code):
    """Give what the check page would send; empty where it does not open."""
    return inputs(client.get(address(code, CHECK)))


def submit(client, code, **changes):
    """Submit what was filled in."""
    return client.post(address(code, CHECK), {**check(client, code), **changes})


def file(client, code, answers):
    """Fill in everything and submit."""
    fill(client, code, answers)
    return submit(client, code)
