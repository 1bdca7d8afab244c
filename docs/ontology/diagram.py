"""The core of the ontology as a drawing (SVG): classes with their properties, and what leads from one to another."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from markupsafe import Markup

from docs.ontology.axioms import OWL, RDFS, Axioms
from kg.vocabulary import NAMESPACE, Vocabulary

_LAYOUT = Path(__file__).with_name("diagram.toml")
_LINE, _PADDING, _LETTER, _BOLD = 17, 9, 6.9, 7.6
_MOST_ARROWS = 2
_STYLE = Markup(
    ".box{fill:var(--box,#fff);stroke:var(--ink,#223)}.head{fill:var(--head,#e6ecf5);stroke:var(--ink,#223)}"
    ".line{stroke:var(--soft,#567);fill:none}.end{fill:var(--soft,#567)}.above{fill:var(--paper,#fff);stroke:var(--soft,#567)}"
    "text{font:12.5px system-ui,sans-serif;fill:var(--ink,#223)}.vi,.value{fill:var(--soft,#567)}.name{font-weight:600}"
    ".label{paint-order:stroke;stroke:var(--paper,#fff);stroke-width:5px;stroke-linejoin:round}"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A class of the diagram: its corner, and the properties that stand in it with their values."""

    name: str
    labels: tuple[str, str]
    x: float
    y: float
    rows: tuple[tuple[str, str], ...]

    @property
    def width(self) -> float:
        """As wide as its longest line."""
        rows = [len(f"{name}: {value}") * _LETTER for name, value in self.rows]
        return math.ceil(max(*(len(label) * _BOLD for label in self.labels), *rows, 0)) + 2 * _PADDING

    @property
    def head(self) -> float:
        """The height of the part with the names."""
        return 2 * _LINE + _PADDING

    @property
    def height(self) -> float:
        """As high as its lines."""
        return self.head + (len(self.rows) * _LINE + _PADDING if self.rows else 0)

    @property
    def middle(self) -> tuple[float, float]:
        """Where lines aim at."""
        return self.x + self.width / 2, self.y + self.height / 2

    def border(self, towards: tuple[float, float]) -> tuple[float, float]:
        """Where a line from the middle to `towards` leaves the box."""
        (x, y), (far_x, far_y) = self.middle, towards
        across, down = far_x - x, far_y - y
        scale = min(
            self.width / 2 / abs(across) if across else math.inf, self.height / 2 / abs(down) if down else math.inf
        )
        return x + across * scale, y + down * scale


def boxes(vocabulary: Vocabulary, axioms: Axioms) -> tuple[dict[str, Box], dict[tuple[str, str], list[str]]]:
    """The classes of the drawing, and the names of the properties that lead from one to another."""
    layout: dict[str, list[float]] = tomllib.loads(_LAYOUT.read_text(encoding="utf-8"))["at"]
    between, within = _properties(vocabulary, axioms, frozenset(layout))
    placed = {
        name: Box(name, (vocabulary.label(name, "en"), vocabulary.label(name, "vi")), x, y, tuple(within[name]))
        for name, (x, y) in layout.items()
    }
    return placed, between


def draw(vocabulary: Vocabulary, axioms: Axioms) -> Markup:
    """The drawing, in which each class and each property links to its place on the page."""
    placed, between = boxes(vocabulary, axioms)
    width = max(box.x + box.width for box in placed.values()) + 20
    height = max(box.y + box.height for box in placed.values()) + 20
    parts = [_arrow(placed[low], placed[high], "above") for low, high in _above(vocabulary, frozenset(placed))]
    parts += [_arrow(placed[one], placed[other], "end") for one, other in sorted(between)]
    parts += [_box(box) for box in placed.values()]
    parts += [_names_on(placed[one], placed[other], names) for (one, other), names in _marked(between, placed).items()]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:g}" width="{0:g}" height="{1:g}" role="img"'
        ' aria-labelledby="model">\n<style>{2}</style>\n{3}\n</svg>\n'
    ).format(width, height, _STYLE, Markup("\n").join(parts))


def _properties(
    vocabulary: Vocabulary, axioms: Axioms, drawn: frozenset[str]
) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[tuple[str, str]]]]:
    """The properties that lead from one drawn class to another, and those that stand within one.

    A property with more drawn values than two stands within, as its arrows would hide the others. Of a property and its
    inverse one is shown, and what lies below another property of ours is left to that one.
    """
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    within: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in vocabulary.properties():
        iri = vocabulary.terms[name].iri
        inverses = [node for node in axioms.subjects(f"{OWL}inverseOf", iri) if isinstance(node, ox.NamedNode)]
        if len(vocabulary.above(name)) > 1 or inverses:
            continue
        domains = _names(axioms, iri, f"{RDFS}domain") & drawn
        ranges = _names(axioms, iri, f"{RDFS}range")
        for domain in sorted(domains):
            others = sorted(ranges & drawn - {domain})
            if 0 < len(others) <= _MOST_ARROWS:
                for other in others:
                    between[domain, other].append(name)
            else:
                values = axioms.values(iri, f"{RDFS}range")
                within[domain].append((name, ", ".join(sorted(ranges)) or _datatype(axioms, values)))
    return between, within


def _marked(
    between: dict[tuple[str, str], list[str]], boxes: dict[str, Box]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The names on each line with what is written; where two classes lead to each other, an arrow says which is whose."""
    lines: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for (one, other), names in sorted(between.items()):
        mutual = (other, one) in between
        arrow = (" →" if boxes[one].x < boxes[other].x else " ←") if mutual else ""
        first, second = sorted((one, other)) if mutual else (one, other)
        lines[first, second] += [(name, name + arrow) for name in names]
    return lines


def _names(axioms: Axioms, iri: ox.NamedNode, predicate: str) -> frozenset[str]:
    return frozenset(
        member.value.removeprefix(NAMESPACE)
        for value in axioms.values(iri, predicate)
        for member in axioms.members(value)
        if isinstance(member, ox.NamedNode) and member.value.startswith(NAMESPACE)
    )


def _datatype(axioms: Axioms, values: list[ox.NamedNode | ox.BlankNode | ox.Literal]) -> str:
    for value in values:
        base = axioms.values(value, f"{OWL}onDatatype") or [value]
        if isinstance(base[0], ox.NamedNode):
            return axioms.name(base[0].value).removeprefix("xsd:")
    return ""


def _above(vocabulary: Vocabulary, drawn: frozenset[str]) -> list[tuple[str, str]]:
    """Each drawn class with the nearest drawn class above it."""
    found = []
    for name in sorted(drawn):
        above = (vocabulary.above(name) & drawn) - {name}
        nearest = [one for one in above if not any(one in vocabulary.above(other) - {other} for other in above)]
        found += [(name, one) for one in sorted(nearest)]
    return found


def _box(box: Box) -> Markup:
    rows = Markup("").join(
        Markup('<text x="{:g}" y="{:g}"><a href="#{}">{}</a><tspan class="value">: {}</tspan></text>').format(
            box.x + _PADDING, box.y + box.head + (place + 1) * _LINE, name, name, value
        )
        for place, (name, value) in enumerate(box.rows)
    )
    return Markup(
        '<g><rect class="box" x="{0:g}" y="{1:g}" width="{2:g}" height="{3:g}" rx="4"/>'
        '<rect class="head" x="{0:g}" y="{1:g}" width="{2:g}" height="{4:g}" rx="4"/>'
        '<a href="#{5}"><text class="name" x="{6:g}" y="{7:g}">{8}</text></a>'
        '<text class="vi" lang="vi" x="{6:g}" y="{9:g}">{10}</text>{11}</g>'
    ).format(
        box.x, box.y, box.width, box.height, box.head, box.name, box.x + _PADDING, box.y + _LINE, box.labels[0],
        box.y + 2 * _LINE, box.labels[1], rows,
    )  # fmt: skip


def _line(one: Box, other: Box) -> tuple[float, float, float, float]:
    return *one.border(other.middle), *other.border(one.middle)


def _names_on(one: Box, other: Box, names: list[tuple[str, str]]) -> Markup:
    """The names of properties on the line from `one` to `other`, below each other around its middle."""
    x, y, end_x, end_y = _line(one, other)
    middle_x, middle_y = (x + end_x) / 2, (y + end_y) / 2 - (len(names) - 1) * _LINE / 2 + 4
    return Markup("").join(
        Markup('<a href="#{0}"><text class="label" text-anchor="middle" x="{1:.1f}" y="{2:.1f}">{3}</text></a>').format(
            name, middle_x, middle_y + place * _LINE, written
        )
        for place, (name, written) in enumerate(names)
    )


def _arrow(one: Box, other: Box, kind: str) -> Markup:
    """A line from border to border with a head at its end."""
    x, y, end_x, end_y = _line(one, other)
    angle = math.atan2(end_y - y, end_x - x)
    corners = [(end_x, end_y)]
    corners += [(end_x - 12 * math.cos(angle + turn), end_y - 12 * math.sin(angle + turn)) for turn in (0.4, -0.4)]
    points = " ".join(f"{corner_x:.1f},{corner_y:.1f}" for corner_x, corner_y in corners)
    return Markup(
        '<line class="line" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/><polygon class="{}" points="{}"/>'
    ).format(x, y, end_x, end_y, kind, points)
