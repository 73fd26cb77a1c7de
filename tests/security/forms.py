"""What is sent: the forms of the pages as they are drawn, and bodies as the API describes them."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from motcua.faces.api.urls import _schema
from tests.security.actors import ACTORS
from tests.security.asking import ask, fresh_key
from tests.security.house import USED, House
from tests.security.routes import Route, Untold, described, routes, values_beside, values_of

Form = dict[str, str]

PLAIN: Form = {
    "key": "",
    "revision": "1",
    "reason": "Thử",
    "purpose": "Thử",
    "do": "x",
    "form": "x",
}
"""What is sent to an address for which no page draws a form."""

_WHO = {
    "counter": ("own", "waiting"),
    "specialist": ("open",),
    "unit_head": ("rated",),
    "leader": ("rated",),
    "visitor_who_may_rate": ("own",),
    "visitor": ("foreign",),
    "citizen": ("open",),
    "nobody": ("open",),
}
"""Who is shown the forms, of which dossiers."""
HEADERS: dict[str, tuple[str, ...]] = {
    "Idempotency-Key": (USED,),
    "If-Match": ('"1"', '"7"'),
    "X-Phone": ("0912340000",),
}
"""Values of each header of an operation, beside none (and a fresh key)."""
_PDF = b"%PDF-1.4 handed in"


class _Forms(HTMLParser):
    """Collects the forms of a page that are sent by POST: one for each of its buttons."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[tuple[str, Form]] = []
        self._form: Form | None = None
        self._buttons: list[tuple[str, str]] = []
        self._elsewhere: list[str] = []  # where buttons send the form instead
        self._aim = ""
        self._select = ""

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "form" and told.get("method", "").lower() == "post":
            self._form, self._buttons, self._elsewhere = {}, [], []
            self._aim = urlsplit(told.get("action") or self.address).path
        elif self._form is None:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._form.setdefault(self._select, value)
            self._form[self._select] = self._form[self._select] or value
        elif tag == "button" and "formaction" in told:
            self._elsewhere.append(urlsplit(told["formaction"]).path)
        elif tag == "button" and name:
            self._buttons.append((name, value))
        elif tag in {"input", "textarea"} and name and told.get("type") != "file":
            self._form.setdefault(name, value or ("1" if "revision" in name else "Thử"))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        if tag == "form" and self._form is not None:
            for name, value in self._buttons or [("", "")]:
                self.found.append((self._aim, {**self._form, **({name: value} if name else {})}))
            self.found += [(aim, self._form) for aim in self._elsewhere]
            self._form = None


def forms_on(address: str, page: str) -> list[tuple[str, Form]]:
    """Give the forms of a page: where each is sent, and what."""
    reader = _Forms(address)
    reader.feed(page)
    for _, form in reader.found:
        form.pop("csrfmiddlewaretoken", None)
    return reader.found


_known: dict[str, list[Form]] = {}


def drawn(house: House) -> dict[str, list[Form]]:
    """Give the forms that the pages draw for those who see them, by the route they are sent to.

    They are collected once: what names are sent is the same in every planted house.
    """
    if not _known:
        for who in _WHO:
            _collect(house, who)
    return _known


def _collect(house: House, who: str) -> None:
    knocker = ACTORS[who](house)
    values = [{**values_beside(house), **values_of(house.dossiers[one])} for one in _WHO[who]]
    for route in (one for one in routes() if not one.is_api and "export" not in one.kinds):
        for address in dict.fromkeys(a for value in values for a in route.filled(value)):
            answer = ask(knocker, "GET", address)
            if answer.status == 200 and dict(answer.headers)["Content-Type"].startswith("text/htm"):
                for aim, form in forms_on(address, answer.body.decode()):
                    _note(aim, form)


def _note(aim: str, form: Form) -> None:
    try:
        pattern = f"/{resolve(aim).route}"
    except Resolver404:
        return
    known = _known.setdefault(pattern, [])
    same = [one for one in known if one.keys() == form.keys() and one.get("do") == form.get("do")]
    if not same:
        known.append(form)


def bodies_for(house: House, route: Route) -> list[Form]:
    """Give what is sent to a page."""
    return drawn(house).get(route.pattern) or [PLAIN]


def with_key(form: Form) -> Form:
    """Give a form under a key that nobody used."""
    return {**form, "key": fresh_key()} if "key" in form else form


@cache
def example_of(route: Route) -> tuple[object, str]:
    """Give a body that an operation takes, as its description shows it, and its media type."""
    content = described(route, "POST").get("requestBody", {}).get("content", {})
    if not content:
        return None, "application/json"
    if "application/pdf" in content:
        return _PDF, "application/pdf"
    schema = content["application/json"]["schema"]
    model = _schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "examples" in model:
        return model["examples"][0], "application/json"
    told = {name: model["properties"][name].get("examples") for name in model.get("required", [])}
    missing = [name for name, examples in told.items() if not examples]
    if missing:
        raise Untold(f"{route.pattern} takes {missing} without an example: give one in its schema.")
    return {name: examples[0] for name, examples in told.items()}, "application/json"


_OFFICERS = {"taker": "second", "officer": "specialist"}
"""Whose number stands where a body names an officer."""


def sent_to(house: House, route: Route) -> tuple[object, str]:
    """Give the body of an example, with an officer of this house where it names one."""
    body, media = example_of(route)
    if not isinstance(body, dict):
        return body, media
    ours = {name: house.world.officer_id(who) for name, who in _OFFICERS.items() if name in body}
    return {**body, **ours}, media


def headers_for(route: Route, method: str) -> list[dict[str, str]]:
    """Give the headers with which an operation is asked: none, then each value of each."""
    found: list[dict[str, str]] = [{}]
    for one in described(route, method).get("parameters", []):
        if one["in"] != "header":
            continue
        if one["name"] not in HEADERS:
            raise Untold(
                f"The walk does not know the header {one['name']} of {route.pattern}: add it to"
                " HEADERS in tests/security/forms.py."
            )
        found += [{one["name"]: value} for value in HEADERS[one["name"]]]
    return found
