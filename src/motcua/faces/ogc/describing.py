"""The OpenAPI 3.0 description of the layers, which map programs read before they ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from motcua import __version__
from motcua.faces.ogc.asked import MOST, USUAL

_JSON, _GEOJSON = "application/json", "application/geo+json"


def openapi(layers: Sequence[str]) -> dict[str, Any]:
    """Describe the addresses; `layers` are those that the caller may read."""
    layer = _in_path("register", {"type": "string", **({"enum": list(layers)} if layers else {})})
    number = _in_path("number", {"type": "integer"})
    return {
        "openapi": "3.0.3",
        "info": {"title": "Motcua: OGC API – Features", "version": __version__},
        "servers": [{"url": f"{settings.MOTCUA_PUBLIC_ADDRESS}/ogc"}],
        "paths": {
            "/": _get("getLandingPage", "Where everything lies"),
            "/conformance": _get("getConformance", "What of the standard this keeps to"),
            "/api": _get("getApi", "This description"),
            "/collections": _get("getCollections", "The layers"),
            "/collections/{register}": _get("describeCollection", "One layer", layer),
            "/collections/{register}/items": _get(
                "getFeatures", "Features of a layer", layer, *_NARROWING, kind=_GEOJSON
            ),
            "/collections/{register}/items/{number}": _get(
                "getFeature", "One feature", layer, number, kind=_GEOJSON
            ),
        },
    }


def _get(name: str, summary: str, *parameters: dict[str, Any], kind: str = _JSON) -> dict[str, Any]:
    content = {kind: {"schema": {"type": "object"}}}
    refused = {"description": "refused", "content": {_JSON: {"schema": {"type": "object"}}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "the answer", "content": content},
                "400": refused,
                "404": refused,
            },
        }
    }


def _in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(name: str, schema: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, **more}


_NARROWING = (
    _in_query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
    _in_query(
        "bbox",
        {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
        style="form",
        explode=False,
    ),
    _in_query("datetime", {"type": "string"}),
    _in_query("after", {"type": "integer", "minimum": 0}),
)
