"""SpiffWorkflow: six user tasks in a row, the state saved to SQLite after each.

The case carries what the dossier of the other contestant carries (applicant, form values, code)
and each task adds what a step leaves behind (who, in which post and agency, from when, due when).
With `BENCH_KEEP` the workflow stays in memory between tasks; without it each task begins, as a
request to a server does and as Motcua's acts do, by loading the state from the database.
"""

from __future__ import annotations

import gc
import io
import itertools
import json
import os
import sqlite3
import sys
import time

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_STEPS = 6


def _process() -> str:
    tasks = "".join(f'<userTask id="t{n}" name="t{n}"/>' for n in range(_STEPS))
    nodes = ["start", *(f"t{n}" for n in range(_STEPS)), "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(itertools.pairwise(nodes))
    )
    return (
        f'<definitions xmlns="{_MODEL}" id="d"><process id="six" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


def _filed(case: int) -> dict[str, object]:
    return {
        "lookup": f"K7M3N-9QX{case:02}",
        "code": f"H26.901-261123-{case:04}",
        "procedure": "9.000006",
        "agency": "H26.901",
        "channel": "counter",
        "applicant": {
            "name": "Nguyễn Văn Thử",
            "kind": "person",
            "phone": "+84912345678",
            "email": "",
            "address": "",
        },
        "fields": {"subject": f"Hồ sơ {case}"},
        "received": "2026-11-23T02:00:00+00:00",
        "due": "2026-11-30T02:00:00+00:00",
        "work": [],
    }


def _left(step: int) -> dict[str, object]:
    return {
        "step": f"s{step}",
        "post": "counter",
        "agency": "H26.901",
        "officer": 1,
        "began": f"2026-11-23T02:{step:02}:00+00:00",
        "due": "2026-11-24T02:00:00+00:00",
    }


def main() -> None:
    """Run the cases; each task is completed, serialised, written and committed."""
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(_process().encode()))
    specification = parser.get_spec("six")
    serializer = BpmnWorkflowSerializer()
    connection = sqlite3.connect(os.environ["BENCH_FILE"], isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS c (id INTEGER PRIMARY KEY, state TEXT)")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)  # as Motcua's processes do
    spent, cases, keep = 0.0, int(sys.argv[2]), "BENCH_KEEP" in os.environ
    for case in range(cases):
        workflow = BpmnWorkflow(specification)
        workflow.task_tree.data.update(_filed(case))
        workflow.do_engine_steps()
        state = serializer.serialize_json(workflow)
        row = connection.execute("INSERT INTO c (state) VALUES (?)", (state,)).lastrowid
        began = time.perf_counter()
        for step in range(_STEPS):
            if not keep:
                (state,) = connection.execute("SELECT state FROM c WHERE id = ?", (row,)).fetchone()
                workflow = serializer.deserialize_json(state)
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data["work"].append(_left(step))
            task.run()
            workflow.do_engine_steps()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE c SET state = ? WHERE id = ?", (serializer.serialize_json(workflow), row)
            )
            connection.execute("COMMIT")
        spent += time.perf_counter() - began
        assert workflow.completed
    print(json.dumps(cases * _STEPS / spent))


main()
