"""The estate's charts, as SVG made on the server. Each stands beside the table of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sightline.estate.domain.lifecycle import State

DRAWN = 3
"""Raise it when charts are drawn in another way: what was drawn before is kept for a day."""

# Told apart by lightness too, so that they read without colour; dark ones carry no text.
COLOURS = {
    State.SUPPORTED: "#00703c",
    State.ENDING: "#ffdd00",
    State.EXTENDED: "#5694ca",
    State.UNSUPPORTED: "#942514",
    State.UNKNOWN: "#b1b4b6",
}
LABELS = {
    State.SUPPORTED: "Supported",
    State.ENDING: "Support ends soon",
    State.EXTENDED: "Extended support bought",
    State.UNSUPPORTED: "Unsupported",
    State.UNKNOWN: "Not known",
}
_FONT = "arial, sans-serif"


def states_over_time(rows: Sequence[tuple[str, str, State, int]]) -> bytes:
    """Stacked areas, one small chart a council. rows: council, day as ISO, state, how many."""
    import altair

    order = list(COLOURS)
    values = [
        {"council": council, "day": day, "state": LABELS[state], "many": many, "place": order.index(state)}
        for council, day, state, many in rows
    ]
    names = [LABELS[state] for state in order]
    chart = (
        altair.Chart(altair.InlineData(values))
        .mark_area(interpolate="step-after")
        .encode(
            x=altair.X("day:T", title=None, axis=altair.Axis(format="%b %Y", tickCount=4, labelAngle=0)),
            y=altair.Y("many:Q", title="Installations", stack="zero"),
            color=altair.Color(
                "state:N",
                title=None,
                scale=altair.Scale(domain=names, range=list(COLOURS.values())),
                legend=altair.Legend(orient="top", labelFontSize=13, labelLimit=240),
            ),
            order=altair.Order("place:Q"),
        )
        .properties(width=250, height=160)
        .facet(facet=altair.Facet("council:N", title=None, header=altair.Header(labelFontSize=14)), columns=3)
    )
    return _svg(chart)


def endings(rows: Sequence[tuple[str, str, int]]) -> bytes:
    """A timeline of what reaches its end when. rows: what, day as ISO, how many."""
    import altair

    values = [{"what": what, "day": day, "many": many} for what, day, many in rows]
    chart = (
        altair.Chart(altair.InlineData(values))
        .mark_point(filled=True, color="#942514", opacity=1)
        .encode(
            x=altair.X("day:T", title=None, axis=altair.Axis(format="%b %Y", labelAngle=0)),
            y=altair.Y(
                "what:N", title=None, sort=[row[0] for row in rows], axis=altair.Axis(labelLimit=320, grid=True)
            ),
            size=altair.Size("many:Q", title="Installed", scale=altair.Scale(range=[60, 600])),
        )
        .properties(width=520, height=altair.Step(26))
    )
    return _svg(chart)


def cost_of_months(rows: Sequence[tuple[str, int, int]]) -> bytes:
    """Stacked bars, one a month. rows: the month's first day as ISO, what is committed and what is open, in pence."""
    import altair

    parts = ("Committed", "To be renewed")
    values = [
        {"month": month, "part": part, "pounds": pence / 100, "place": place}
        for month, *costs in rows
        for place, (part, pence) in enumerate(zip(parts, costs, strict=True))
    ]
    chart = (
        altair.Chart(altair.InlineData(values))
        .mark_bar(size=max(8, 420 // max(len(rows), 1)))
        .encode(
            x=altair.X(
                "yearmonth(month):O",
                title=None,
                # A label for each month of a year or so; of more, as many as can stand side by side.
                axis=altair.Axis(format="%b %Y", labelAngle=-45, labelOverlap=len(rows) > 15),
            ),
            y=altair.Y("pounds:Q", title="Pounds a month", stack="zero", axis=altair.Axis(format=",d")),
            color=altair.Color(
                "part:N",
                title=None,
                scale=altair.Scale(domain=list(parts), range=["#1d70b8", "#f47738"]),
                legend=altair.Legend(orient="top", labelFontSize=13),
            ),
            order=altair.Order("place:Q"),
        )
        .properties(width=640, height=240)
    )
    return _svg(chart)


def _svg(chart: Any) -> bytes:
    import vl_convert

    # Fonts differ in width from machine to machine: room at the sides keeps every word whole.
    styled = (
        chart.configure(font=_FONT, padding={"left": 40, "right": 40, "top": 5, "bottom": 5})
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, titleFontSize=13)
    )
    text: str = vl_convert.vegalite_to_svg(styled.to_dict())
    return text.encode()
