"""The description of the API: OpenAPI 3.1, and answers that keep it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from pydantic import BaseModel

OPERATIONS = {
    "takeSpamMessage",
    "issueMastPermit",
    "addUpTelecomWorks",
    "readTalk",
    "sayInDossier",
    "listDocuments",
    "getDocument",
    "getDocumentFile",
    "draftDocument",
    "moveDocument",
    "copyDocument",
    "copyArrival",
    "reportReturn",
    "refuseArrival",
    "listArrivals",
    "getArrival",
    "registerArrival",
    "assignArrival",
    "finishArrival",
    "listRegisters",
    "listRecords",
    "getRecord",
    "listRecordVersions",
    "getRegisterQuality",
    "exportRecords",
    "exportRecordsAs",
    "enterRecord",
    "changeRecord",
    "confirmRecord",
    "retireRecord",
    "restoreRecord",
    "listReforms",
    "proposeReform",
    "getReform",
    "drawReform",
    "decideReform",
    "undoReform",
    "listCalendars",
    "listSpecialDays",
    "listCalendarChanges",
    "getCalendarChange",
    "proposeCalendarChange",
    "previewCalendarChange",
    "decideCalendarChange",
    "undoCalendarChange",
    "listProcedures",
    "getProcedure",
    "getListing",
    "listCatalogue",
    "getProposal",
    "prepareEdition",
    "reviseEdition",
    "submitEdition",
    "giveEditionUp",
    "sendEditionBack",
    "signEdition",
    "listAgencies",
    "fileDossier",
    "moveDossier",
    "complainAboutDossier",
    "migrateDossier",
    "listDossiers",
    "readDaybook",
    "askForExport",
    "getExport",
    "fetchExport",
    "exportDossiers",
    "revealValue",
    "revealRecordValue",
    "askForRecords",
    "getDossier",
    "listWork",
    "uploadFile",
    "readFees",
    "takeFees",
    "voidReceipt",
    "repayReceipt",
    "readTakings",
    "listOfficers",
    "getOfficer",
    "reassignWork",
    "recordLeaving",
    "recordAbsence",
    "endAbsence",
    "lendPowers",
    "takePowersBack",
    "declareInterest",
    "endInterest",
    "listCriteria",
    "readRatings",
    "rateDossier",
    "gradeDossier",
    "findAreas",
    "getArea",
}


def models(above: type[BaseModel] = BaseModel) -> list[type[BaseModel]]:
    """Give every model of the API, however deep it hangs."""
    below = [one for each in above.__subclasses__() for one in (each, *models(each))]
    return [one for one in below if one.__module__.startswith("motcua.faces.api.")]


def test_no_two_models_of_the_description_share_a_name(schema):
    """It knows a model by its name alone: the last one would stand for both."""
    told = schema["components"]["schemas"].keys()
    names = Counter(one.__name__ for one in set(models()) if one.__name__ in told)
    assert len(names) > 50
    assert [name for name, number in names.items() if number > 1] == []


@pytest.fixture
def schema(api):
    return api.get("/openapi.json").json()


def operations(schema):
    return [one for path in schema["paths"].values() for one in path.values()]


def test_it_is_openapi_3_1_with_stable_names(schema):
    assert schema["openapi"] == "3.1.0"
    assert {one["operationId"] for one in operations(schema)} == OPERATIONS


def test_every_operation_declares_its_errors(schema):
    for one in operations(schema):
        for status in ("400", "422", "500"):
            told = one["responses"][status]["content"]["application/json"]["schema"]
            assert told == {"$ref": "#/components/schemas/Error"}


def test_every_reference_leads_somewhere(schema):
    def references(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else [])
            value = list(value.values())
        for item in value if isinstance(value, list) else ():
            yield from references(item)

    named = {ref.removeprefix("#/components/schemas/") for ref in references(schema)}
    assert named
    assert named <= schema["components"]["schemas"].keys()


def test_what_may_be_called_by_anybody_says_so(schema):
    filing = schema["paths"]["/api/v1/dossiers"]["post"]
    assert filing["security"] == [{"Bearer": []}, {"Session": []}, {}]
    assert schema["paths"]["/api/v1/worklist"]["get"]["security"] == [
        {"Bearer": []},
        {"Session": []},
    ]
    assert schema["components"]["securitySchemes"].keys() == {"Bearer", "Session"}


def test_the_request_key_is_required(schema):
    told = schema["paths"]["/api/v1/dossiers"]["post"]["parameters"]
    key = next(one for one in told if one["name"] == "Idempotency-Key")
    assert (key["in"], key["required"]) == ("header", True)


HEADERS = {"ETag", "Location", "Idempotency-Replayed"}


def test_the_headers_of_an_answer_are_those_described(api, schema):
    def told(response, path: str, method: str) -> tuple[set[str], set[str]]:
        one = schema["paths"][f"/api/v1{path}"][method]["responses"][str(response.status_code)]
        return HEADERS & response.headers.keys(), set(one["headers"])

    replayed = {"Idempotency-Replayed"}  # of a repeat alone
    filed = api.post("/dossiers", api.filing(), key="one")
    sent, described = told(filed, "/dossiers", "post")
    assert described == sent | replayed == HEADERS
    sent, described = told(api.post("/dossiers", api.filing(), key="one"), "/dossiers", "post")
    assert described == sent == HEADERS
    lookup = filed.json()["lookup"]
    sent, described = told(api.get(f"/dossiers/{lookup}", "counter"), "/dossiers/{code}", "get")
    assert described == sent == {"ETag"}
    moved = api.move(lookup, "counter", "receive")
    sent, described = told(moved, "/dossiers/{code}/moves", "post")
    assert described == sent | replayed == {"ETag"} | replayed


def test_a_worker_never_loads_the_api():
    script = (
        "import sys, django; django.setup(); import motcua.site.cli.worker;"
        " print([name for name in ('ninja', 'pydantic') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
