"""Pictures: what they show, and that they show it to everybody."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from analyzer.rendering.pages import Picture, Series
from analyzer.rendering.pictures import drawn
from analyzer.rendering.seen import seen
from tests.rendering.pages import HOSTILE

STEPS = Picture(
    title="Over time",
    kind="steps",
    labels=("17 Sep 25", "20 Nov 25", "11 Feb 26"),
    levels=("not heard", "hints", "strong"),
    series=(Series(name="A settled decision", values=(0, 1, 2)), Series(name="From above", values=(2, None, 0))),
    told="It grew.",
)
BARS = Picture(
    title="Who talked",
    kind="bars",
    labels=("17 Sep 25", "20 Nov 25"),
    series=(Series(name="ours", values=(30, 1)), Series(name="theirs", values=(90, 2)), Series(name="other", values=(None, 1))),
    told="They did.",
)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg).iter("{*}text")]


def dots(svg: str) -> list[tuple[float, float]]:
    """The points of a line, from left to right: how far to the right, and how far down."""
    return [(float(node.get("cx", "")), float(node.get("cy", ""))) for node in etree.fromstring(svg).iter("{*}circle")]


def bars(svg: str) -> list[list[tuple[float, float]]]:
    """Of each series its bars, the highest first, each by how far down it begins and how wide it is."""
    parts = [
        [(float(bar.get("y", "")), float(bar.get("width", ""))) for bar in series.iter("{*}rect")]
        for series in etree.fromstring(svg).iter("{*}g")
        if (series.get("class") or "").startswith("series") and series.findall(".//{*}rect")
    ]
    return [sorted(series) for series in parts]


def test_each_line_has_a_chart_of_its_own_with_its_name_days_and_levels() -> None:
    first, second = drawn(STEPS, 1)
    assert set(texts(first)) == {"A settled decision", *STEPS.labels, *STEPS.levels}
    assert set(texts(second)) == {"From above", *STEPS.labels, *STEPS.levels}


def test_a_higher_level_stands_higher_and_what_is_not_known_has_no_point() -> None:
    first, second = drawn(STEPS, 1)
    (_, lowest), (_, middle), (_, highest) = dots(first)
    assert lowest > middle > highest
    assert [y for _, y in dots(second)] == [highest, lowest]
    assert [x for x, _ in dots(second)] == [dots(first)[0][0], dots(first)[2][0]]
    assert not re.search(r'<path d="M[^"]* L[^"]*" class="line reactive', second)  # nothing is drawn across the gap


@pytest.mark.parametrize("parts", range(1, 7))
def test_each_part_of_a_bar_is_named_below_it_within_the_picture(parts: int) -> None:
    names = [f"part {number}" for number in range(parts)]
    (svg,) = drawn(replace(BARS, series=tuple(Series(name=name, values=(1, 1)) for name in names)), 1)
    root = etree.fromstring(svg)
    (legend,) = (node for node in root.iter("{*}g") if node.get("class") == "legends")
    down = float(re.findall(r"[\d.]+", legend.get("transform", ""))[1])
    named = {node.text: down + float(node.get("y", "")) for node in legend.iter("{*}text")}
    assert list(named) == names
    assert max(named.values()) < float(root.get("viewBox", "").split()[3])


def test_a_bar_is_cut_into_shares_that_carry_their_names() -> None:
    (svg,) = drawn(BARS, 1)
    ours, theirs, other = bars(svg)
    whole = ours[0][1] + theirs[0][1]
    assert [round(part[1] / whole, 3) for part in (ours[0], theirs[0])] == [0.25, 0.75]
    assert [round(part[1] / whole, 3) for part in (ours[1], theirs[1], other[0])] == [0.25, 0.5, 0.25]
    assert [part[0] for part in other] == [ours[1][0]]
    assert {"ours 25%", "theirs 75%", "theirs 50%", "other 25%", *BARS.labels} <= set(texts(svg))
    day = {node.text: float(node.get("y", "")) for node in etree.fromstring(svg).iter("{*}text") if node.text in BARS.labels}
    assert day["17 Sep 25"] < day["20 Nov 25"]


def test_a_small_share_keeps_its_number_and_its_name_in_the_legend() -> None:
    small = replace(BARS, labels=("a",), series=(Series(name="ours", values=(10,)), Series(name="theirs", values=(90,))))
    (svg,) = drawn(small, 1)
    assert {"10%", "theirs 90%", "ours", "theirs"} <= set(texts(svg))


def test_a_bar_of_nothing_is_drawn_as_nothing() -> None:
    (svg,) = drawn(replace(BARS, labels=("a",), series=(Series(name="ours", values=(0,)), Series(name="b", values=(None,)))), 1)
    assert bars(svg) == []


@pytest.mark.parametrize("many", [1, 5, 200])
def test_of_many_days_the_first_and_the_last_are_named(many: int) -> None:
    labels = tuple(f"day {n}" for n in range(many))
    (svg,) = drawn(replace(STEPS, labels=labels, series=(Series(name="x", values=(1.0,) * many),)), 1)
    named = [text for text in texts(svg) if text.startswith("day")]
    assert {named[0], named[-1]} == {"day 0", f"day {many - 1}"}
    assert len(named) <= 4


def test_days_that_read_the_same_are_days_of_their_own() -> None:
    (svg,) = drawn(replace(STEPS, labels=("May", "May", "May"), series=STEPS.series[:1]), 1)
    assert len({x for x, _ in dots(svg)}) == 3
    assert [text.strip() for text in texts(svg)].count("May") == 3


def test_it_is_the_same_each_time_and_its_ids_are_its_own() -> None:
    assert drawn(STEPS, 1) == drawn(STEPS, 1)
    ids = [re.findall(r'\bid="([^"]*)"', svg) for number in (1, 2) for svg in drawn(STEPS, number)]
    assert ids == [["chart-picture-1-1"], ["chart-picture-1-2"], ["chart-picture-2-1"], ["chart-picture-2-2"]]


@pytest.mark.parametrize("svg", [*drawn(STEPS, 1), *drawn(BARS, 2)])
def test_nothing_runs_nothing_is_fetched_and_no_colour_is_fixed(svg: str) -> None:
    assert not re.search(r"<script|<style|<!--|href|url\(|on\w+=|#[0-9a-fA-F]{3,6}|rgb", svg)
    assert 'aria-hidden="true"' in svg


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["steps", "bars"])
def test_hostile_names_are_words(kind: str, name: str) -> None:
    series = (Series(name=name, values=(0, 1)), Series(name="b", values=(1, 1)))
    picture = Picture(title=name, kind=kind, labels=(name, name), levels=(name, "x"), series=series, told=name)
    for svg in drawn(picture, 1):
        tags = {etree.QName(node).localname for node in etree.fromstring(svg).iter()}
        assert tags <= {"svg", "defs", "g", "rect", "path", "circle", "text"}
        short = seen(name).strip()
        assert any(text.strip() == short or (text.endswith("…") and short.startswith(text[:-1])) for text in texts(svg))
