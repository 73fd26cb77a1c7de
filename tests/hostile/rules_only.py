"""A check of its own for schemathesis: what fits the description is never refused for its form."""

from __future__ import annotations

import schemathesis
from schemathesis import CheckContext, GenerationMode

_FORMAL = ("input.", "api.media_type", "api.character", "api.not_json")


@schemathesis.check
def refused_by_rules_only(_ctx: CheckContext, response, case) -> None:
    """Compare the codes of a refusal with what the description promises."""
    if response.status_code not in {415, 422} or case.meta is None:
        return
    if case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    error = response.json()["error"]
    codes = [one["code"] for one in error["fields"].values()] or [error["code"]]
    formal = [code for code in codes if code.startswith(_FORMAL)]
    if formal:
        raise AssertionError(f"refused for its form: {formal}")
