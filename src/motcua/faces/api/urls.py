"""The addresses of API version 1. There is no docs page: the usual ones load foreign scripts."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI

from motcua import __version__
from motcua.faces.api import (
    agencies,
    areas,
    calendars,
    catalogue,
    daybook,
    dossiers,
    editions,
    errors,
    exported,
    exporting,
    fees,
    files,
    given,
    grading,
    officers,
    official,
    procedures,
    ratings,
    reforms,
    registers,
    revealing,
    standing_in,
    talk,
    worklist,
)
from motcua.faces.api.body import StrictParser
from motcua.faces.api.description import complete
from motcua.faces.api.door import everything_else, guarded

api = NinjaAPI(
    title="Motcua",
    version="1",
    description=(
        f"One-stop dossiers (Motcua {__version__}). Instants are UTC with Z; every error has one"
        " shape with a stable code and a sentence in Vietnamese and in English."
    ),
    urls_namespace="api-1",
    docs_url=None,
    openapi_url=None,
    parser=StrictParser(),
)
errors.install(api)
for module in (
    dossiers,
    talk,
    worklist,
    files,
    procedures,
    catalogue,
    editions,
    agencies,
    areas,
    exporting,
    exported,
    revealing,
    daybook,
    fees,
    officers,
    standing_in,
    ratings,
    grading,
    reforms,
    calendars,
    registers,
    given,
    official,
):
    api.add_router("", module.router)
for _name in settings.MOTCUA_SYSTEMS:  # a system with operations of its own has them in `api.py`
    if find_spec(f"{_name}.api"):
        api.add_router("", import_module(f"{_name}.api").router)


@cache
def _schema() -> dict[str, object]:
    return complete(dict(api.get_openapi_schema(path_prefix="api/v1/")))


def openapi(request: HttpRequest) -> HttpResponse:
    """Answer the OpenAPI 3.1 description of this API."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return JsonResponse(_schema())


_operations = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
urlpatterns: list[URLPattern | URLResolver] = [
    *(guarded(one) for one in _operations),
    guarded(path("openapi.json", openapi, name="api-openapi")),
    re_path("", everything_else, name="api-else"),
]
