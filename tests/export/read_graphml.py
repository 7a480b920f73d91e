# SPDX-License-Identifier: Apache-2.0
"""Reads a GraphML file with Python's own XML parser, as a stranger would, and prints what arrived: one JSON object.
Fails where a reader of gephi.md's kind would lose something: undeclared keys, wrong types, doubled ids or kinds."""
import json
import sys
import xml.etree.ElementTree as ET

NS = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {"boolean": lambda text: {"true": True, "false": False}[text], "long": int, "double": float, "string": str}

root = ET.parse(sys.argv[1]).getroot()
keys = {}
for key in root.findall(NS + "key"):
    assert key.get("for") in ("node", "edge"), "a key for everything"
    assert key.get("id") not in keys, "a key twice"
    keys[key.get("id")] = (key.get("for"), key.get("attr.name"), TYPES[key.get("attr.type")])
assert len({(owner, name.lower()) for owner, name, _ in keys.values()}) == len(keys), "two keys of one name"
assert len({identifier.lower() for identifier in keys}) == len(keys), "key ids that differ by case only"


def attributes(element, owner):
    result = {}
    for data in element.findall(NS + "data"):
        key_owner, name, convert = keys[data.get("key")]
        assert key_owner == owner and name not in result and data.text, (owner, name)
        result[name] = convert(data.text)
    return result


graph = root.find(NS + "graph")
assert graph.get("edgedefault") == "directed"
nodes = {}
for node in graph.findall(NS + "node"):
    assert node.get("id") not in nodes, "a node twice"
    nodes[node.get("id")] = attributes(node, "node")
edges = []
kinds = set()
for edge in graph.findall(NS + "edge"):
    assert edge.get("source") in nodes and edge.get("target") in nodes, "an edge to nowhere"
    kind = (edge.get("source"), edge.get("target"), edge.get("label"))
    assert kind not in kinds, "Gephi would merge these edges: " + str(kind)
    kinds.add(kind)
    edges.append({"id": edge.get("id"), "source": kind[0], "target": kind[1], "kind": kind[2],
                  "data": attributes(edge, "edge")})
assert len({edge["id"] for edge in edges}) == len(edges), "an edge id twice"
json.dump({"nodes": nodes, "edges": edges}, sys.stdout, ensure_ascii=True)
