"""BPMN that foreign readers accept: the schema of the OMG, and an engine that runs it."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.util.task import TaskState

from motcua.core.procedures.bpmn import bpmn
from motcua.core.procedures.bpmn_graph import Shape, graph_of
from motcua.core.procedures.bpmn_layout import layout
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import systems
from motcua.kernel.flow.paths import main_moves

SHIPPED = [
    pytest.param(system, text, id=name)
    for system in systems()
    for name, text in system.procedures.items()
]


def told(system, text) -> Declaration:
    return read(text, system=system.declaration.key)


def written(system, text) -> bytes:
    return bpmn(told(system, text), system.declaration.posts)


def spec_of(file: bytes):
    """Let the foreign library read a file, and give what it understood."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_io(io.BytesIO(file))
    return parser.get_spec("process")


@pytest.mark.parametrize(("system", "text"), SHIPPED)
def test_it_obeys_the_schema_of_the_omg(system, text):
    BpmnValidator().validate(etree.fromstring(written(system, text)))


def test_what_breaks_the_schema_is_seen():
    (system, text), *_ = [one.values for one in SHIPPED]
    broken = written(system, text).replace(b"<bpmn:userTask ", b"<bpmn:desk ", 1)
    broken = broken.replace(b"</bpmn:userTask>", b"</bpmn:desk>", 1)
    with pytest.raises(Exception, match="desk"):
        BpmnValidator().validate(etree.fromstring(broken))


@pytest.mark.parametrize(("system", "text"), SHIPPED)
def test_a_foreign_reader_finds_every_step(system, text):
    found = spec_of(written(system, text)).task_specs
    flow = told(system, text).flow
    assert {f"step_{step.key}" for step in flow.steps} <= set(found)
    assert {f"end_{end.key}" for end in flow.ends} <= set(found)


@pytest.mark.parametrize(("system", "text"), SHIPPED)
def test_a_foreign_engine_runs_it_to_its_end(system, text):
    workflow = BpmnWorkflow(spec_of(written(system, text)))
    passed = []
    for move in main_moves(told(system, text).flow):
        workflow.do_engine_steps()
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        passed.append(task.task_spec.name)
        task.data["move"] = move.key
        task.run()
    workflow.do_engine_steps()
    assert workflow.is_completed()
    assert passed == [f"step_{move.sources[0]}" for move in main_moves(told(system, text).flow)]


@pytest.mark.parametrize(("system", "text"), SHIPPED)
def test_no_two_shapes_lie_upon_one_another(system, text):
    graph = graph_of(told(system, text), "vi")
    lanes = tuple(dict.fromkeys(node.lane for node in graph.nodes))
    boxes = layout(graph, lanes)
    nodes = [boxes[node.key] for node in graph.nodes]
    for one, other in combinations(nodes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        above = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert beside or above
    for node in graph.nodes:
        lane, box = boxes[f"lane_{node.lane}"], boxes[node.key]
        assert lane.y <= box.y
        assert box.y + box.height <= lane.y + lane.height
        assert box.x + box.width <= lane.width


def test_requests_and_consultations_are_drawn():
    postal = next(one.values for one in SHIPPED if one.id.startswith("1.003633"))
    shapes = [node.shape for node in graph_of(told(*postal), "vi").nodes]
    assert shapes.count(Shape.WAIT) == 2
    assert (shapes.count(Shape.FORK), shapes.count(Shape.JOIN)) == (1, 1)


def test_words_with_special_letters_stay_whole():
    postal = next(one.values for one in SHIPPED if one.id.startswith("1.003633"))
    root = etree.fromstring(written(*postal))
    assert "Cấp lại giấy phép bưu chính khi hết hạn (cấp tỉnh)" in root.xpath("//@name")
