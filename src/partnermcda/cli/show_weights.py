"""Weights from judgements as a person reads them in a terminal."""

import math
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table

from partnermcda.cli.console import grid, plain
from partnermcda.messages import say
from partnermcda.messages.figures import number, percent
from partnermcda.output.ways import in_words
from partnermcda.weighing.result import JudgedNode, JudgedWeights, Suggestion

Label: TypeAlias = Callable[[str], str]
"""Names a node or criterion for a reader."""

_BAR: Final = 24
_JUDGES_SHOWN: Final = 40
_SHOWN: Final = 12
_SEVERAL: Final = 2
_WHOLE: Final = 1e-9


def show_weights(
    console: Console, judged: JudgedWeights, label: Label, limit: float, language: str
) -> None:
    """Print weights, how consistent they are, and what to look at again.

    Parameters
    ----------
    console : Console
        Where to print.
    judged : JudgedWeights
        What judgements came to.
    label : callable
        Names nodes and criteria.
    limit : float
        Consistency ratio above which judgements contradict one another too much.
    language : str
        Language of the words.
    """
    console.print(_weights(judged, label, language))
    console.print()
    console.print(_nodes(judged, label, limit, language))
    if len(judged.judges) >= _SEVERAL:
        console.print()
        console.print(_judges(judged, label, limit, language))
    for line in _lines(judged, label, language):
        console.print(plain(line))
    again = [suggestion for node in judged.nodes for suggestion in node.suggestions]
    if again:
        console.print()
        console.print(plain(say("cli.weights.look_again", language), "bold"))
        console.print(_again(again[:_SHOWN], label, language))
    if len(again) > _SHOWN:
        rest = len(again) - _SHOWN
        console.print(plain(say("cli.weights.more_suggestions", language, count=rest), "dim"))
    for note in judged.notes:
        console.print(plain(note.text(language), "dim"))


def _weights(judged: JudgedWeights, label: Label, language: str) -> Table:
    criterion, weight, node, local = (
        say(f"cli.head.{name}", language) for name in ("criterion", "weight", "node", "local")
    )
    table = grid(criterion, weight, "", node, local, right=(1, 4))
    weights, tree = judged.weights.to_dict(), judged.hierarchy
    largest = max(weights.values())
    for name, value in weights.items():
        above = tree.parent(name) or ""
        share = float(judged.local[above][tree.children[above].index(name)])
        table.add_row(
            plain(label(name)),
            plain(percent(value, language, 1), "bold"),
            plain("█" * round(_BAR * value / largest), "cyan"),
            plain(label(above), "dim"),
            plain(percent(share, language, 1), "dim"),
        )
    return table


def _nodes(judged: JudgedWeights, label: Label, limit: float, language: str) -> Table:
    heads = ("node", "judges", "ratio", "consensus")
    table = grid(*(say(f"cli.head.{name}", language) for name in heads), right=(1, 2, 3))
    answered = {node.name: node for node in judged.nodes}
    for name in judged.hierarchy.nodes:
        node, ratio = answered.get(name), judged.consistency_ratio.get(name)
        if ratio is not None:
            table.add_row(
                plain(label(name)),
                plain(len(node.judges) if node else "–"),
                plain(number(ratio, 3, language), _style(ratio, limit)),
                plain(_consensus(node, language)),
            )
    return table


def _consensus(node: JudgedNode | None, language: str) -> str:
    if node is None or len(node.judges) < _SEVERAL or math.isnan(node.consensus):
        return "–"
    return percent(node.consensus, language)


def _judges(judged: JudgedWeights, label: Label, limit: float, language: str) -> Table:
    """Consistency ratio of each judge in each node."""
    heads = [label(node.name) for node in judged.nodes]
    right = range(1, len(heads) + 1)
    table = grid(say("cli.head.judge", language), *map(str, heads), right=right)
    for judge in judged.judges[:_JUDGES_SHOWN]:
        ratios = [_ratio_of(judge, node) for node in judged.nodes]
        cells = (
            plain("–" if ratio is None else number(ratio, 3, language), _style(ratio, limit))
            for ratio in ratios
        )
        table.add_row(plain(judge), *cells)
    if len(judged.judges) > _JUDGES_SHOWN:
        rest = len(judged.judges) - _JUDGES_SHOWN
        table.add_row(plain(say("and_more", language, count=rest), "dim"))
    return table


def _ratio_of(judge: str, node: JudgedNode) -> float | None:
    if judge not in node.judges:
        return None
    ratio = float(node.judge_consistency[node.judges.index(judge)])
    return None if math.isnan(ratio) else ratio


def _style(ratio: float | None, limit: float) -> str:
    return "bold red" if ratio is not None and ratio > limit else ""


def _lines(judged: JudgedWeights, label: Label, language: str) -> Iterator[str]:
    for out in judged.left_out:
        ratio = number(out.consistency_ratio, 3, language)
        about = {"judge": out.judge, "node": label(out.node), "ratio": ratio}
        yield say("cli.weights.left_out", language, **about)
    for node in judged.nodes:
        for i in node.stands_far.nonzero()[0].tolist():
            factor = number(float(node.distances[i]), 1, language)
            told = {"judge": node.judges[i], "node": label(node.name), "factor": factor}
            yield say("cli.weights.far", language, **told)
    names = ("method", "missing", "pooling", "random_index")
    ways = {name: in_words(getattr(judged, name), language) for name in names}
    yield say("cli.weights.how", language, **ways)


def _again(suggestions: list[Suggestion], label: Label, language: str) -> Table:
    heads = ("judge", "node", "pair", "said", "in_line", "change")
    table = grid(*(say(f"cli.head.{name}", language) for name in heads), right=(3, 4))
    for one in suggestions:
        before, after = (number(ratio, 3, language) for ratio in (one.before, one.after))
        table.add_row(
            plain(one.judge or say("cli.weights.group", language), "bold"),
            plain(label(one.node)),
            plain(f"{label(one.a)} : {label(one.b)}"),
            plain(_times(one.value, language)),
            plain(_times(one.suggested, language), "bold"),
            plain(f"{before} → {after}"),
        )
    return table


def _times(value: float, language: str) -> str:
    """Write how many times more one thing counts as judges do: 3, or 1/3."""
    times = value if value >= 1 else 1 / value
    whole = abs(times - round(times)) <= _WHOLE * times
    text = str(round(times)) if whole else number(times, 2, language)
    return text if value >= 1 else f"1/{text}"
