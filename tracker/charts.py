"""Charts as SVG trees: lines and bars by Altair at build time, the tile map from our own table.

The SVG holds no script, no style and no outside reference. Colours are classes that the style
sheet sets for light and dark; each line has a dash and its name at its end besides its colour.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import altair as alt
import vl_convert
from lxml import etree

from tracker.nodes import Allowed, Node, tree
from tracker.places import states

# A width at which the letters of a chart can be read on a telephone.
NARROW = 200
_FONT = "system-ui, sans-serif"
_DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3])
# Stand-ins in the specification, found again in the SVG and turned into classes.
_SERIES = ("#010101", "#020202", "#030303", "#040404")
_CLASSES = {
    **{color: f"series-{number}" for number, color in enumerate(_SERIES, start=1)},
    "#050505": "ink",
    "#060606": "grid",
}
_CLIP = re.compile(r"^url\(")
_TAGS = frozenset({"svg", "g", "path", "line", "rect", "text", "circle"})
_ATTRIBUTES = frozenset(
    [
        "viewBox",
        "width",
        "height",
        "transform",
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "text-anchor",
        "font-size",
        "font-weight",
        "opacity",
        "stroke-opacity",
    ]
)


class Point(NamedTuple):
    series: str
    day: dt.date
    value: int


class Bar(NamedTuple):
    name: str
    value: int


def lines(
    points: Sequence[Point],
    *,
    shape: Literal["step-after", "linear"] = "step-after",
    dots: bool = False,
    width: int = 720,
    height: int = 300,
) -> Node:
    """One line for each series, named at its end; the order of series is that of `points`.

    A step holds the last value until the next is known; a straight line with `dots` shows which
    values are known, where they are few.
    """
    names = list(dict.fromkeys(point.series for point in points))
    base = alt.Chart(
        _data([{"series": p.series, "day": p.day.isoformat(), "value": p.value} for p in points])
    )
    color = alt.Color(
        "series:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=list(_SERIES))
    )
    x = alt.X("utcyearmonthdate(day):T", title=None, axis=_days(points, width))
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=5, tickMinStep=1))
    line = base.mark_line(interpolate=shape, strokeWidth=2.5).encode(
        x=x,
        y=y,
        color=color,
        strokeDash=alt.StrokeDash(
            "series:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=list(_DASHES))
        ),
    )
    marks = [line]
    if dots:
        marks.append(base.mark_circle(size=28, opacity=1).encode(x=x, y=y, color=color))
    last = base.transform_joinaggregate(newest="max(day)", groupby=["series"]).transform_filter(
        "datum.day === datum.newest"
    )
    label = last.mark_text(align="left", dx=6, fontSize=13, fontWeight="bold").encode(
        x=x, y=y, text="series:N", color=color
    )
    return _drawn(alt.layer(*marks, label), width, height)


def _days(points: Sequence[Point], width: int) -> Any:
    """Months, or years where there are several."""
    days = [point.day for point in points]
    years = max(days) - min(days) > dt.timedelta(days=1000)
    return alt.Axis(
        format="%Y" if years else "%b %Y", tickCount=max(2, width // 120), labelOverlap=True
    )


def bars(rows: Sequence[Bar], *, width: int = 720) -> Node:
    """Horizontal bars in the order given, each with its number."""
    base = alt.Chart(_data([{"name": r.name, "value": r.value} for r in rows]))
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    x = alt.X("value:Q", title=None, axis=None)
    drawn = base.mark_bar(color=_SERIES[0]).encode(x=x, y=y)
    numbers = base.mark_text(align="left", dx=4, fontSize=12, color="#050505").encode(
        x=x, y=y, text=alt.Text("value:Q", format=",d")
    )
    return _drawn(drawn + numbers, width, 24 * len(rows))


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _drawn(chart: Any, width: int, height: int) -> Node:
    spec = (
        # Room for names at line ends: readers' fonts are wider than the one measured with here.
        chart.properties(
            width=width,
            height=height,
            background="transparent",
            padding={"left": 25, "right": 60, "top": 8, "bottom": 5},
        )
        .configure_view(stroke=None, clip=False)
        .configure_axis(
            labelFont=_FONT,
            labelFontSize=12,
            labelColor="#050505",
            gridColor="#060606",
            tickColor="#060606",
            domainColor="#060606",
        )
        .configure_text(font=_FONT)
        .to_dict(validate=False)
    )
    svg = vl_convert.vegalite_to_svg(spec)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    node = tree(etree.fromstring(svg.encode(), parser), Allowed(_TAGS, _ATTRIBUTES, _attribute))
    assert node is not None
    return _classed(node)


def _attribute(_name: str, value: str) -> str:
    return "" if _CLIP.match(value) else value


def _classed(node: Node) -> Node:
    """Colours become classes; what is drawn invisibly is left out."""
    attributes, classes = {}, []
    for name, value in node.attributes.items():
        if value in _CLASSES:
            classes.append(f"{name}-{_CLASSES[value]}")
        elif not (name == "fill" and value == "transparent"):
            attributes[name] = value
        else:
            attributes[name] = "none"
    if classes:
        attributes["class"] = " ".join(classes)
    if node.tag == "svg":
        attributes = {"viewBox": attributes["viewBox"], "class": "chart"}
    children = [
        child if isinstance(child, str) else _classed(child)
        for child in node.children
        if isinstance(child, str) or not _invisible(child)
    ]
    return Node(node.tag, attributes, children)


def _invisible(node: Node) -> bool:
    return node.attributes.get("opacity") == "0" or (
        node.tag == "path" and not node.attributes.get("d")
    )


class Tile(NamedTuple):
    """One square of the map, in units of its drawing: `x`, `y` are of its upper left corner."""

    code: str
    short: str
    name: str
    x: int
    y: int


TILE, _GAP = 52, 5


def tiles() -> list[Tile]:
    """In reading order, so that the keyboard walks the map row by row."""
    step = TILE + _GAP
    found = [
        Tile(p.code, p.short.upper(), p.name, p.tile[1] * step, p.tile[0] * step)
        for p in states()
        if p.tile
    ]
    return sorted(found, key=lambda tile: (tile.y, tile.x))


def map_size() -> tuple[int, int]:
    found = tiles()
    return max(t.x for t in found) + TILE, max(t.y for t in found) + TILE
