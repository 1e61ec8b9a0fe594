"""Many cities laid end to end: TOPSIS within each, scores and nothing more."""

import importlib
import itertools

import numpy as np

from benchmarks.peers import one_city
from benchmarks.peers.contenders import OURS, Contender
from partnermcda import core


def ours(problem):
    x, weights, benefit, starts = problem.x, problem.weights, problem.benefit, problem.starts
    return lambda: core.topsis(x, weights, benefit, starts)


def city_of(problem):
    """Number of each row's city."""
    sizes = np.diff(problem.starts, append=problem.size.m)
    return np.repeat(np.arange(len(sizes)), sizes)


def numba(problem):
    compiled = importlib.import_module("benchmarks.peers.compiled")
    given = problem.x, problem.weights, problem.benefit, problem.starts
    return lambda: compiled.topsis_cities(*given)


def numpy(problem):
    bounds = [*map(int, problem.starts), problem.size.m]
    out = np.empty(problem.size.m)

    def loop():
        for first, last in itertools.pairwise(bounds):
            rows = problem.x[first:last]
            out[first:last] = one_city.naive(rows, problem.weights, problem.benefit)
        return out

    return loop


def polars_frame(pl, problem):
    """Data frame that knows its cities to be in order."""
    frame = pl.DataFrame(one_city.columns(problem) | {"city": city_of(problem)})
    return frame.with_columns(pl.col("city").cast(pl.Int32).set_sorted())


def polars(problem):
    pl = importlib.import_module("polars")
    frame = polars_frame(pl, problem)
    scores = one_city.polars_scores(pl, problem, lambda aggregate: aggregate.over("city"))
    return lambda: frame.select(scores.alias("score"))


def polars_joined(problem):
    """Each city's figures in a table of their own, laid beside its rows."""
    pl = importlib.import_module("polars")
    frame = polars_frame(pl, problem).lazy()
    figures = {}

    def named(aggregate):
        return pl.col(figures.setdefault(str(aggregate), (f"s{len(figures)}", aggregate))[0])

    scores = one_city.polars_scores(pl, problem, named)
    cities = frame.group_by("city").agg(figure.alias(name) for name, figure in figures.values())
    joined = frame.join(cities, on="city", how="left", maintain_order="left")
    return joined.select(scores.alias("score")).collect


def duckdb_scores(problem, figure, table):
    """TOPSIS of the rows of `table`; `figure` writes an aggregate of a column over its city."""
    to_best, to_worst = [], []
    for j, (weight, more) in enumerate(zip(problem.weights, problem.benefit, strict=True)):
        best, worst = ("max", "min") if more else ("min", "max")
        scale = f"{float(weight)!r} / sqrt({figure('sum', j)})"
        to_best.append(f"pow((c{j} - {figure(best, j)}) * {scale}, 2)")
        to_worst.append(f"pow((c{j} - {figure(worst, j)}) * {scale}, 2)")
    return (  # Numbers and names are our own.
        "SELECT row, away / (near + away) AS score FROM (SELECT row, "  # noqa: S608
        f"sqrt({' + '.join(to_best)}) AS near, sqrt({' + '.join(to_worst)}) AS away FROM {table})"
    )


def aggregate(name, j):
    """An aggregate in SQL; a sum is that of squares."""
    return f"sum(c{j} * c{j})" if name == "sum" else f"{name}(c{j})"


def duckdb(problem):
    def over(name, j):
        return f"{aggregate(name, j)} OVER w"

    query = duckdb_scores(problem, over, "actors WINDOW w AS (PARTITION BY city)")
    return duckdb_call(problem, query)


def duckdb_joined(problem):
    """Each city's figures in a table of their own, joined to its rows."""
    every = [(name, j) for j in range(problem.size.n) for name in ("max", "min", "sum")]
    figures = ", ".join(f"{aggregate(name, j)} AS {name}{j}" for name, j in every)
    cities = f"(SELECT city, {figures} FROM actors GROUP BY city)"  # noqa: S608
    query = duckdb_scores(problem, "{}{}".format, f"actors JOIN {cities} USING (city)")
    return duckdb_call(problem, query)


def duckdb_call(problem, query):
    table = one_city.columns(problem) | {"city": city_of(problem), "row": np.arange(problem.size.m)}
    connection = one_city.duckdb_table(table)
    return lambda: connection.execute(query).fetchnumpy()


def by_row(answer):
    """Scores in the order of rows: a window gives them city by city in any."""
    scores = np.empty(len(answer["row"]))
    scores[answer["row"]] = answer["score"]
    return scores


def pandas_pymcdm(problem):
    pd = importlib.import_module("pandas")
    methods = importlib.import_module("pymcdm.methods")
    normalizations = importlib.import_module("pymcdm.normalizations")
    method = methods.TOPSIS(normalizations.vector_normalization)
    columns = one_city.columns(problem)
    frame = pd.DataFrame(columns | {"city": city_of(problem)})
    weights, types, names = problem.weights, problem.types, list(columns)

    def scores(group):
        matrix = group.to_numpy()
        return pd.Series(method(matrix, weights, types, validation=False), index=group.index)

    return lambda: frame.groupby("city", group_keys=False, sort=False)[names].apply(scores)


# A loop over ten times as many would take half a minute a round.
MOST_CITIES = 10_000
PANDAS = "pandas `groupby` + pymcdm, unvalidated"

CONTENDERS = (
    Contender(OURS, ours),
    Contender("numba, fused loops", numba, ("numba",)),
    Contender("numpy, a loop over cities", numpy, most=MOST_CITIES),
    Contender("polars, `over`", polars, ("polars",), finish=one_city.score_column),
    Contender(
        "polars, `group_by` and join", polars_joined, ("polars",), finish=one_city.score_column
    ),
    Contender("DuckDB, window", duckdb, ("duckdb",), finish=by_row),
    Contender("DuckDB, `GROUP BY` and join", duckdb_joined, ("duckdb",), finish=by_row),
    Contender(PANDAS, pandas_pymcdm, ("pandas", "pymcdm"), MOST_CITIES, np.asarray),
)
