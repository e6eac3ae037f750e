"""Pictures as SVG, for pages that show them: drawn by pygal, coloured by the page's own style sheet, the same bytes each time.

Nothing is told by colour alone: lines over time are charts of their own, and parts of a bar carry their names.
"""

import sys
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from analyzer.rendering.pages import Picture, Series
from analyzer.rendering.seen import seen

STEPS_SIZE = (360, 150)  # width and height of the chart of one series, in the units of the drawing
MARGIN = 4
BARS_WIDTH, BAR_HEIGHT, BARS_MARGIN = 380, 34, 26  # as wide as a phone, on which its words stay large enough to read
LEGEND_COLUMNS, LEGEND_HEIGHT = 2, 22
HEADROOM = 0.3  # of a level, below the title
SIDE_ROOM = 30  # for the half of the last day that stands right of its point
DAYS_SHOWN = 4  # labels below a chart; between them there would be no room
DOTS_UP_TO = 40  # points of a line
NUMBERED_FROM = 8  # per cent: in a smaller part of a bar its number has no room
LETTERS_OF_A_BAR = 40  # at most so many fit into a whole one
LABEL_LETTERS = 18
TITLE_LETTERS = 48

_INTERACTIVE = ("script", "style", "desc", "title")  # what only a browser with scripts could use, and what the page styles


def drawn(picture: Picture, number: int) -> tuple[str, ...]:
    """The picture as SVG elements; `number` is its place in the document, from which its ids are made."""
    if picture.kind == "bars":
        return (_bars(picture, f"picture-{number}"),)
    return tuple(_steps(picture, series, f"picture-{number}-{n}") for n, series in enumerate(picture.series, 1))


def _steps(picture: Picture, series: Series, name: str) -> str:
    """One series over time, each level by its name."""
    width, height = STEPS_SIZE
    chart = _pygal().Line(
        **_plain_chart(width, height),
        title=_short(series.name, TITLE_LETTERS),
        show_legend=False,
        allow_interruptions=True,
        show_dots=len(series.values) <= DOTS_UP_TO,
        dots_size=4,
        range=(0, max(len(picture.levels) - 1, 1) + HEADROOM),
        margin_right=SIDE_ROOM,
        show_minor_x_labels=False,
    )
    chart.y_labels = [{"value": at, "label": _short(level, LABEL_LETTERS)} for at, level in enumerate(picture.levels)]
    labels = _apart(picture.labels)
    chart.x_labels = labels
    chart.x_labels_major = [labels[at] for at in _spread(len(labels))]
    chart.add("", list(series.values))
    return _rendered(chart, name)


def _bars(picture: Picture, name: str) -> str:
    """A bar for each label, the first on top, cut into what each series has of it."""
    columns = max(min(len(picture.series), LEGEND_COLUMNS), 1)
    full, left = divmod(len(picture.series), columns)
    height = BARS_MARGIN + BAR_HEIGHT * len(picture.labels) + LEGEND_HEIGHT * (full + bool(left))
    chart = _pygal().HorizontalStackedBar(
        **_plain_chart(BARS_WIDTH, height),
        legend_at_bottom=True,
        legend_at_bottom_columns=columns,
        margin_bottom=MARGIN + LEGEND_HEIGHT * bool(left),  # pygal makes room for full rows of the legend alone
        print_values=True,
        show_y_labels=True,
        show_x_labels=True,
        show_y_guides=False,
        show_x_guides=False,
        range=(0, 100),
    )
    chart.x_labels = _apart(picture.labels)[::-1]
    chart.y_labels = [{"value": 0, "label": ""}]
    for series in picture.series:
        parts = [_part(picture, at, series) for at in range(len(picture.labels))][::-1]
        named = _short(series.name, LABEL_LETTERS)
        chart.add(named, [{"value": part, "formatter": _told(named)} for part in parts])
    return _rendered(chart, name)


def _part(picture: Picture, at: int, series: Series) -> float:
    """What the series has of the bar, in per cent."""
    whole = sum(one.values[at] or 0 for one in picture.series)
    return 100 * (series.values[at] or 0) / whole if whole else 0


def _told(named: str) -> Callable[[float], str]:
    def told(part: float) -> str:
        if part < NUMBERED_FROM:
            return ""
        whole = f"{named} {part:.0f}%"
        return whole if len(whole) <= part / 100 * LETTERS_OF_A_BAR else f"{part:.0f}%"

    return told


def _spread(many: int) -> tuple[int, ...]:
    """The places of the labels that are shown, first and last among them."""
    if many <= DAYS_SHOWN:
        return tuple(range(many))
    return tuple(round(at * (many - 1) / (DAYS_SHOWN - 1)) for at in range(DAYS_SHOWN))


def _apart(labels: tuple[str, ...]) -> list[str]:
    """The labels as they can be drawn; pygal takes equal ones for the same, so a later one gets a space that nobody sees."""
    told: list[str] = []
    for label in labels:
        short = _short(label, LABEL_LETTERS)
        told.append(next(named for more in count() if (named := short + "\u00a0" * more) not in told))
    return told


def _short(text: str, letters: int) -> str:
    line = seen(text).strip()
    return line if len(line) <= letters else f"{line[: letters - 1]}…"


@cache
def _pygal() -> Any:
    """The library, without the hook for plug-ins of its own that it leaves among everybody's imports."""
    before = list(sys.meta_path)
    import pygal
    import pygal.style

    sys.meta_path[:] = [finder for finder in sys.meta_path if finder in before or type(finder).__module__ != pygal.__name__]
    return pygal


def _plain_chart(width: int, height: int) -> dict[str, Any]:
    """What all charts share: no scripts, no colours, sizes by which pygal makes room for words."""
    style = _pygal().style.Style(
        label_font_size=12, major_label_font_size=12, title_font_size=13, legend_font_size=12, value_font_size=12
    )
    return {"width": width, "height": height, "style": style, "js": (), "margin": MARGIN, "spacing": 6, "truncate_label": -1}


def _rendered(chart: Any, name: str) -> str:
    chart.uuid = name  # pygal would make up another one each time
    chart.add_xml_filter(_still)
    chart.disable_xml_declaration = True
    svg: str = chart.render(is_unicode=True)
    return svg


def _still(root: Any) -> Any:
    """Without scripts, comments with a date, styles of its own, bars of nothing and ids that other pictures have as well."""
    for node in list(root.iter()):
        tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "script"
        nothing = tag == "rect" and not float(node.get("width") or 0)
        if nothing or tag in _INTERACTIVE or node.get("class") == "plot tooltip-overlay":
            node.getparent().remove(node)
        elif node is not root and "id" in node.attrib:
            del node.attrib["id"]
    root.set("aria-hidden", "true")  # its words stand in the figure's label
    root.set("focusable", "false")
    return root
