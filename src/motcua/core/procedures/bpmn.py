"""A procedure as BPMN 2.0 (ISO/IEC 19510), for readers and drawing tools elsewhere.

Steps are user tasks in the lanes of their posts, moves the flows out of them; a request to the
applicant is a message awaited, a consultation tasks side by side. What BPMN has no place for
(limits, once-only moves, giving a step to a named officer, reopening an end) is written as
documentation: the file is a view of the procedure, never the source of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from motcua.core.procedures.bpmn_graph import Flow, Graph, Node, Shape, graph_of
from motcua.core.procedures.bpmn_layout import Box, edge, layout
from motcua.core.procedures.declaration import Declaration, Text

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TAGS = {
    Shape.START: "startEvent",
    Shape.END: "endEvent",
    Shape.TASK: "userTask",
    Shape.CHOICE: "exclusiveGateway",
    Shape.FORK: "parallelGateway",
    Shape.JOIN: "parallelGateway",
    Shape.WAIT: "intermediateCatchEvent",
}


def bpmn(declaration: Declaration, posts: Mapping[str, Text], language: str = "vi") -> bytes:
    """Write a procedure; ``posts`` are those of its system, by key."""
    for prefix, space in (("bpmn", BPMN), ("bpmndi", BPMNDI), ("dc", DC), ("di", DI), ("xsi", XSI)):
        ET.register_namespace(prefix, space)
    graph = graph_of(declaration, language)
    lanes = {node.lane: _post(posts, node.lane, language) for node in graph.nodes}
    root = ET.Element(
        f"{{{BPMN}}}definitions",
        {"id": "definitions", "targetNamespace": "urn:motcua:procedures", "exporter": "Motcua"},
    )
    for node in graph.nodes:
        if node.shape is Shape.WAIT:
            _below(root, "message", id=f"message_{node.key}", name=node.name)
    _process(root, declaration, graph, lanes, language)
    _diagram(root, graph, lanes)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _post(posts: Mapping[str, Text], key: str, language: str) -> str:
    return posts[key].text(language) if key in posts else key


def _below(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{BPMN}}}{tag}", attributes)
    element.text = text or None
    return element


def _process(
    root: ET.Element,
    declaration: Declaration,
    graph: Graph,
    lanes: Mapping[str, str],
    language: str,
) -> None:
    name = declaration.name.text(language)
    process = _below(root, "process", id="process", name=name, isExecutable="true")
    _below(process, "documentation", "\n".join((declaration.code, *graph.remarks)))
    lane_set = _below(process, "laneSet", id="lanes")
    for key, words in lanes.items():
        lane = _below(lane_set, "lane", id=f"lane_{key}", name=words)
        for node in graph.nodes:
            if node.lane == key:
                _below(lane, "flowNodeRef", node.key)
    for node in graph.nodes:
        _node(process, node, graph)
    for flow in graph.flows:
        _flow(process, flow)


def _node(process: ET.Element, node: Node, graph: Graph) -> None:
    out = [flow for flow in graph.flows if flow.source == node.key]
    attributes = {"id": node.key, "name": node.name}
    if node.shape is Shape.CHOICE:
        attributes["default"] = out[0].key
    if node.shape in {Shape.FORK, Shape.JOIN}:
        way = "Diverging" if node.shape is Shape.FORK else "Converging"
        attributes["gatewayDirection"] = way
    element = _below(process, _TAGS[node.shape], "", **attributes)
    if node.remarks:
        _below(element, "documentation", "\n".join(node.remarks))
    for flow in graph.flows:
        if flow.target == node.key:
            _below(element, "incoming", flow.key)
    for flow in out:
        _below(element, "outgoing", flow.key)
    if node.shape is Shape.WAIT:
        _below(
            element,
            "messageEventDefinition",
            id=f"awaits_{node.key}",
            messageRef=f"message_{node.key}",
        )


def _flow(process: ET.Element, flow: Flow) -> None:
    attributes = {"id": flow.key, "sourceRef": flow.source, "targetRef": flow.target}
    element = _below(process, "sequenceFlow", "", **attributes, name=flow.name)
    if flow.move and not flow.first:
        _below(element, "conditionExpression", f"move == '{flow.move}'").set(
            f"{{{XSI}}}type", "bpmn:tFormalExpression"
        )


def _diagram(root: ET.Element, graph: Graph, lanes: Mapping[str, str]) -> None:
    boxes = layout(graph, tuple(lanes))
    diagram = ET.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", {"id": "plane", "bpmnElement": "process"}
    )
    for key, box in boxes.items():
        shape = ET.SubElement(
            plane, f"{{{BPMNDI}}}BPMNShape", {"id": f"shape_{key}", "bpmnElement": key}
        )
        if key.startswith("lane_"):
            shape.set("isHorizontal", "true")
        _bounds(shape, box)
    for flow in graph.flows:
        line = ET.SubElement(
            plane, f"{{{BPMNDI}}}BPMNEdge", {"id": f"line_{flow.key}", "bpmnElement": flow.key}
        )
        for x, y in edge(boxes[flow.source], boxes[flow.target]):
            ET.SubElement(line, f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)})


def _bounds(shape: ET.Element, box: Box) -> None:
    numbers = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    ET.SubElement(shape, f"{{{DC}}}Bounds", {name: str(number) for name, number in numbers.items()})
