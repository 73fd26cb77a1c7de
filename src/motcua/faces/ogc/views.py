"""OGC API – Features, Part 1: what is here, which layers, and their features as GeoJSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.placing import around
from motcua.core.registers.rights import day_of
from motcua.faces.api.auth import Caller, also_anybody
from motcua.faces.api.schemas import written
from motcua.faces.ogc.asked import Asked, asked, only
from motcua.faces.ogc.before import Page, past
from motcua.faces.ogc.describing import openapi
from motcua.faces.ogc.layers import (
    NoSuchFeature,
    features_of,
    layer_of,
    layers,
    narrowed,
    told,
)

CLASSES = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_JSON, _GEOJSON = "application/json", "application/geo+json"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CALENDAR = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"

_WAYS = also_anybody("read")


def _caller(request: HttpRequest) -> Caller:
    """Give who asks: by a key, by the session of the pages, or anybody."""
    found = next(caller for way in _WAYS if (caller := way(request)) is not None)
    assert isinstance(found, Caller)
    return found


def _link(
    rel: str, name: str, *places: object, kind: str = _JSON, query: str = ""
) -> dict[str, str]:
    path = reverse(name, args=places)
    href = f"{settings.MOTCUA_PUBLIC_ADDRESS}{path}{f'?{query}' if query else ''}"
    return {"rel": rel, "type": kind, "href": href}


def _answer(body: dict[str, Any], kind: str = _JSON) -> JsonResponse:
    return JsonResponse(body, content_type=kind, json_dumps_params={"ensure_ascii": False})


@require_safe
def landing(request: HttpRequest) -> JsonResponse:
    """Say what this is and where everything lies."""
    only(request)
    _caller(request)
    return _answer(
        {
            "title": "Một Cửa",
            "description": "Các lớp bản đồ của thành phố / Layers of the city's registers",
            "links": [
                _link("self", "ogc"),
                _link("service-desc", "ogc-api", kind=_OPENAPI),
                _link("conformance", "ogc-conformance"),
                _link("data", "ogc-collections"),
            ],
        }
    )


@require_safe
def conformance(request: HttpRequest) -> JsonResponse:
    """Name what of the standard this keeps to."""
    only(request)
    _caller(request)
    return _answer({"conformsTo": list(CLASSES)})


@require_safe
def api(request: HttpRequest) -> JsonResponse:
    """Describe the addresses in OpenAPI 3.0, as the standard has it."""
    only(request)
    found = layers(_caller(request).actor)
    return _answer(openapi([one.key for one in found]), _OPENAPI)


@require_safe
def collections(request: HttpRequest) -> JsonResponse:
    """List the layers that the caller may read."""
    only(request)
    caller = _caller(request)
    return _answer(
        {
            "links": [_link("self", "ogc-collections")],
            "collections": [_collection(caller, one) for one in layers(caller.actor)],
        }
    )


@require_safe
def collection(request: HttpRequest, register: str) -> JsonResponse:
    """Tell one layer."""
    only(request)
    caller = _caller(request)
    return _answer(_collection(caller, layer_of(caller.actor, register)))


def _collection(caller: Caller, declaration: RegisterDeclaration) -> dict[str, Any]:
    frame = around(features_of(caller.actor, declaration))
    extent = {"spatial": {"bbox": [list(frame.degrees())], "crs": CRS}} if frame else {}
    return {
        "id": declaration.key,
        "title": declaration.name.vi,
        "description": declaration.about.vi,
        "itemType": "feature",
        "crs": [CRS],
        "extent": {**extent, "temporal": {"interval": [[None, None]], "trs": _CALENDAR}},
        "links": [
            _link("self", "ogc-collection", declaration.key),
            _link("items", "ogc-items", declaration.key, kind=_GEOJSON),
        ],
    }


@require_safe
def items(request: HttpRequest, register: str) -> JsonResponse:
    """Give the features of a layer, a page at a time; each page names the next."""
    caller, wanted = _caller(request), asked(request)
    declaration = layer_of(caller.actor, register)
    pages = past if wanted.is_past(day_of(caller.at)) else _page
    page = pages(caller, declaration, wanted)
    query = request.GET.copy()
    links = [_link("self", "ogc-items", register, kind=_GEOJSON, query=query.urlencode())]
    if page.more:
        query["after"] = str(page.features[-1]["id"])
        links.append(_link("next", "ogc-items", register, kind=_GEOJSON, query=query.urlencode()))
    return _answer(
        {
            "type": "FeatureCollection",
            "features": page.features,
            "links": [*links, _link("collection", "ogc-collection", register)],
            "timeStamp": written(caller.at),
            "numberMatched": page.total,
            "numberReturned": len(page.features),
        },
        _GEOJSON,
    )


def _page(caller: Caller, declaration: RegisterDeclaration, wanted: Asked) -> Page:
    rows = narrowed(features_of(caller.actor, declaration), wanted)
    page = list(rows.filter(pk__gt=wanted.after).order_by("pk")[: wanted.limit + 1])
    features = told(caller.actor, declaration, page[: wanted.limit])
    return Page(features, len(page) > wanted.limit, rows.count())


@require_safe
def item(request: HttpRequest, register: str, number: int) -> JsonResponse:
    """Give one feature. Raises `NoSuchFeature`."""
    only(request)
    caller = _caller(request)
    declaration = layer_of(caller.actor, register)
    rows = narrowed(features_of(caller.actor, declaration), Asked())
    row = rows.filter(pk=min(number, 2**63 - 1)).first()
    if row is None:
        raise NoSuchFeature(number=number)
    (feature,) = told(caller.actor, declaration, [row])
    links = [
        _link("self", "ogc-item", register, row.pk, kind=_GEOJSON),
        _link("collection", "ogc-collection", register),
    ]
    return _answer({**feature, "links": links}, _GEOJSON)
