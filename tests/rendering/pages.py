"""Pages for tests of formats: one with every part, one to be sent, and words that try to be more than words."""

import datetime as dt

from analyzer.rendering.pages import (
    Grid,
    Page,
    Paragraph,
    Picture,
    Place,
    Point,
    Points,
    Section,
    Series,
    Span,
    code,
    line,
    strong,
)

MADE_AT = dt.datetime(2026, 3, 9, 8, 30, tzinfo=dt.UTC)
SLUG = "tarn-mills-2026-03-01"
PLACE = Place(slug=SLUG, turn=7)

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "](javascript:alert(1))",
    "\u202elaer ton\u202c \u2066x\u2069\u200f",
    "Anneliese " * 500,
    "x" * 5_000,
    "nul\x00 bell\x07 escape\x1b[31m del\x7f",
    "{{ 7 * 7 }} {% raw %} {# gone #} ${x} <%= y %>",
    "no \ufffe\uffff\U0001fffe characters \ud800 here",
    "BEGIN:VEVENT\r\nSUMMARY:Two\r\nEND:VEVENT\n \tfolded",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308 caf\u00e9 \u4f60\u597d \u0645\u0631\u062d",
    "&lt;b&gt; &amp; \" ' ` --> ]]> </style></title>",
    '" onmouseover="alert(1)',
    "\\N\\n;TZID=x:,\\",
    "   \t ",
)


def whole(name: str = "Tess Okafor", *, private: bool = True) -> Page:
    """A page with every part, with the name in every place that holds words."""
    place = Span("turn 7", place=PLACE) if private else Span("there")
    below = Point(line("below ", strong(name)), below=(Point(line("deeper ", name)),))
    steps = Picture(
        title=f"Over time {name}",
        kind="steps",
        labels=(name, "20 Nov 25", "11 Feb 26"),
        levels=("not heard", name, "strong"),
        series=(Series(name=name, values=(0, None, 2)), Series(name="other", values=(1, 1, None))),
        told=f"It grew, says {name}.",
    )
    bars = Picture(
        title="Who talked",
        kind="bars",
        labels=("20 Nov 25", name),
        series=(Series(name=name, values=(30, 1)), Series(name="theirs", values=(70, None))),
        told=f"Most was {name}.",
    )
    grid = Grid(
        caption=f"Ledger {name}",
        header=("What", name, "When"),
        rows=((line(name), line(strong(name)), line("3 Mar 2026")), (line("Ask first"), line(code(name)), line(place))),
    )
    return Page(
        title=f"Brief on {name}",
        lead=(line("Met ", name, " twice."), line(name)),
        sections=(
            Section(title=f"Where {name} stands", blocks=(Paragraph(line(name, " said “", name, "” (", place, ")")), steps)),
            Section(title="Promises", blocks=(Points(points=(Point(line(name), below=(below,)), Point(line("second")))), bars)),
            Section(title="Questions", blocks=(Points(points=(Point(line("first")), Point(line(name))), numbered=True),)),
            Section(title="More questions", blocks=(Points(points=(Point(line("again first")),), numbered=True),)),
            Section(title=f"All of {name}", blocks=(grid, Paragraph(line("run ", code("analyzer clients")))), detail=True),
            Section(title="The rest", blocks=(Paragraph(line("end")),), detail=True),
        ),
        private=private,
    )
