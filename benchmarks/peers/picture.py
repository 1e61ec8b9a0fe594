"""Lines on logarithmic scales, each named at its end."""

import io
from collections.abc import Mapping, Sequence

from benchmarks.peers.contenders import OURS

# Okabe and Ito's colors, told apart by color-blind readers too; each line has its mark besides.
COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#8C6D1F", "#7F7F7F")
MARKS = "osD^vPX*"
OUR_COLOR = "#D55E00"
HEIGHT = 0.055
"""Least distance of two names, as a share of the picture's height."""


def draw(
    title: str, axis: str, lines: Mapping[str, Sequence[tuple[int, float]]], *, kind: str = "svg"
) -> str | bytes:
    """Draw the lines' points and give the picture."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "font.size": 10}):
        figure = Figure(figsize=(9.2, 4.8), layout=None)
        axes = figure.add_axes((0.08, 0.11, 0.55, 0.8))
        axes.set(xscale="log", yscale="log", xlabel=axis)
        axes.set_title(f"{title}: seconds a call", loc="left", fontsize=11)
        axes.grid(color="#DDDDDD", linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        ends = [
            (name, *_line(axes, place, name, points))
            for place, (name, points) in enumerate(lines.items())
        ]
        _tick(axes, sorted({x for points in lines.values() for x, _ in points}))
        _name(axes, ends)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return buffer.getvalue().decode() if kind == "svg" else buffer.getvalue()


def _line(axes, place, name, points):
    """Draw a line; give its look and its last two points."""
    ours = name.startswith(OURS)
    color = OUR_COLOR if ours else COLORS[place % len(COLORS)]
    x, y = zip(*points, strict=True)
    style = "--" if ours and name != OURS else "-"
    width = 2.6 if ours else 1.4
    look = {"color": color, "marker": MARKS[place % len(MARKS)], "markersize": 4}
    axes.plot(x, y, style, linewidth=width, **look)
    return look, points[-2:]


def _tick(axes, values):
    """Write the values themselves below the axis where powers of ten are too few to tell them."""
    if values[-1] < 100 * values[0]:
        axes.set_xticks(values, map(str, values))
        axes.minorticks_off()


def _name(axes, ends):
    """Write each line's name to the right, in the order of their ends and apart from each other."""
    axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())
    to_share = (axes.transData + axes.transAxes.inverted()).transform
    places = [(_aim(to_share(last)), to_share(last[-1]), *who) for *who, last in ends]
    places.sort(key=lambda place: place[0])
    heights = spread([min(1.0, aim) for aim, *_ in places])
    beside = {"transform": axes.transAxes, "clip_on": False}
    for (_, (x, y), name, look), height in zip(places, heights, strict=True):
        leader = {"color": look["color"], "linewidth": 0.8, "linestyle": ":"}
        axes.plot((x + 0.01, 1.05), (y, height), **leader, **beside)
        axes.plot(1.06, height, **look, **beside)
        weight = "bold" if name.startswith(OURS) else "normal"
        axes.text(1.08, height, name, color="#222222", va="center", weight=weight, **beside)


def _aim(last):
    """Height at the right edge of a line that ends before it, if it went on as it did."""
    (x, y), slope = last[-1], 0.0
    if len(last) > 1:
        slope = (last[1][1] - last[0][1]) / (last[1][0] - last[0][0])
    return y + slope * max(0.0, 0.95 - x)


def spread(heights: Sequence[float]) -> list[float]:
    """Move rising heights apart until none is nearer to the next than a line of text."""
    placed = list(heights)
    for _ in range(200):
        for i in range(len(placed) - 1):
            short = HEIGHT - (placed[i + 1] - placed[i])
            if short > 1e-9:
                placed[i], placed[i + 1] = placed[i] - short / 2, placed[i + 1] + short / 2
    low = min(placed, default=0)
    high = max(placed, default=1)
    shift = max(0.0, -low) - max(0.0, high - 1)
    return [height + shift for height in placed]
