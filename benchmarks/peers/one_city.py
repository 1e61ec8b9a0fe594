"""TOPSIS from raw values: vector normalization, ideals from the data, scores and nothing more."""

import importlib

import numpy as np

import partnermcda as pm
from benchmarks.peers.contenders import OURS, Contender
from partnermcda import core


def given(problem):
    """Arguments most libraries share: matrix, weights, and directions as 1 and -1."""
    return problem.x, problem.weights, problem.types


def naive(x, weights, benefit):
    """TOPSIS as one writes it down."""
    v = x / np.sqrt((x * x).sum(axis=0)) * weights
    best = np.where(benefit, v.max(axis=0), v.min(axis=0))
    worst = np.where(benefit, v.min(axis=0), v.max(axis=0))
    to_best = np.sqrt(((v - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((v - worst) ** 2).sum(axis=1))
    return to_worst / (to_best + to_worst)


def ours(problem, **options):
    x, weights, benefit = problem.x, problem.weights, problem.benefit
    return lambda: core.topsis(x, weights, benefit, **options)


def ours_single(problem):
    x = problem.x.astype(np.float32, order="K")
    return lambda: core.topsis(x, problem.weights, problem.benefit)


def numpy(problem):
    return lambda: naive(problem.x, problem.weights, problem.benefit)


def numba(problem):
    compiled = importlib.import_module("benchmarks.peers.compiled")
    return lambda: compiled.topsis(problem.x, problem.weights, problem.benefit)


def pymcdm(problem, **options):
    methods = importlib.import_module("pymcdm.methods")
    normalizations = importlib.import_module("pymcdm.normalizations")
    method = methods.TOPSIS(normalizations.vector_normalization)
    return lambda: method(*given(problem), **options)


def pyrepo(problem):
    methods = importlib.import_module("pyrepo_mcda.mcda_methods")
    normalizations = importlib.import_module("pyrepo_mcda.normalizations")
    method = methods.TOPSIS(normalization_method=normalizations.vector_normalization)
    return lambda: method(*given(problem))


def pydecision(problem):
    topsis = importlib.import_module("pyDecision.algorithm").topsis_method
    types = ["max" if more else "min" for more in problem.benefit]
    return lambda: topsis(problem.x, problem.weights, types, graph=False, verbose=False)


def skcriteria_function(problem):
    topsis = importlib.import_module("skcriteria.agg.topsis").topsis
    scale = importlib.import_module("skcriteria.preprocessing.scalers").scale_by_vector
    x, weights, types = given(problem)
    return lambda: topsis(scale(x, axis=0), types, weights)


def skcriteria_pipeline(problem):
    skcriteria = importlib.import_module("skcriteria")
    topsis = importlib.import_module("skcriteria.agg.topsis").TOPSIS
    scalers = importlib.import_module("skcriteria.preprocessing.scalers")
    invert = importlib.import_module("skcriteria.preprocessing.invert_objectives")
    pipelines = importlib.import_module("skcriteria.pipelines")
    steps = invert.NegateMinimize(), scalers.VectorScaler("matrix"), topsis()
    pipeline = pipelines.mkpipe(*steps)
    x, weights, types = given(problem)
    matrix = skcriteria.mkdm(x, types, weights=weights)
    return lambda: pipeline.evaluate(matrix)


def polars_scores(pl, problem, within):
    """TOPSIS as one expression; `within` says over which rows an aggregate goes."""
    to_best, to_worst = [], []
    for j, (weight, more) in enumerate(zip(problem.weights, problem.benefit, strict=True)):
        column = pl.col(f"c{j}")
        scale = weight / within((column * column).sum()).sqrt()
        high, low = within(column.max()), within(column.min())
        best, worst = (high, low) if more else (low, high)
        to_best.append(((column - best) * scale) ** 2)
        to_worst.append(((column - worst) * scale) ** 2)
    away = pl.sum_horizontal(to_worst).sqrt()
    return away / (pl.sum_horizontal(to_best).sqrt() + away)


def columns(problem):
    """Columns by name, as data frames have them."""
    return {f"c{j}": np.ascontiguousarray(column) for j, column in enumerate(problem.x.T)}


def polars(problem):
    pl = importlib.import_module("polars")
    frame = pl.DataFrame(columns(problem))
    scores = polars_scores(pl, problem, lambda aggregate: aggregate)
    return lambda: frame.select(scores.alias("score"))


def score_column(answer):
    """Scores of a data frame of one column."""
    return answer["score"].to_numpy()


def duckdb(problem):
    connection, query = duckdb_table(columns(problem)), duckdb_query(problem)
    return lambda: connection.execute(query).fetchnumpy()["score"]


def duckdb_table(table):
    """A connection whose table `actors` is in DuckDB's own memory."""
    connection = importlib.import_module("duckdb").connect()
    arrow = importlib.import_module("pyarrow").table(table)
    connection.register("given", arrow)
    connection.execute("CREATE TABLE actors AS SELECT * FROM given")
    connection.unregister("given")
    return connection


def duckdb_query(problem):
    """TOPSIS in SQL: the columns' statistics in one row, joined to every actor."""
    statistics, to_best, to_worst = [], [], []
    for j, (weight, more) in enumerate(zip(problem.weights, problem.benefit, strict=True)):
        statistics.append(f"max(c{j}) AS high{j}, min(c{j}) AS low{j}")
        statistics.append(f"{float(weight)!r} / sqrt(sum(c{j} * c{j})) AS scale{j}")
        best, worst = ("high", "low") if more else ("low", "high")
        to_best.append(f"pow((c{j} - {best}{j}) * scale{j}, 2)")
        to_worst.append(f"pow((c{j} - {worst}{j}) * scale{j}, 2)")
    return (  # Numbers and names are our own.
        f"WITH s AS (SELECT {', '.join(statistics)} FROM actors), "  # noqa: S608
        f"d AS (SELECT sqrt({' + '.join(to_best)}) AS near, sqrt({' + '.join(to_worst)}) AS away "
        "FROM actors, s) SELECT away / (near + away) AS score FROM d"
    )


def by_name(problem):
    """The whole way of a user: names, directions, weights, ranks."""
    criteria = [f"c{j}" for j in range(problem.size.n)]
    matrix = pm.DecisionMatrix(
        problem.x,
        criteria=criteria,
        benefit=problem.benefit,
        alternatives=[f"a{i}" for i in range(problem.size.m)],
    )
    weights = dict(zip(criteria, map(float, problem.weights), strict=True))
    return lambda: pm.rank(matrix, weights, method=pm.TOPSIS_OBSERVED)


def in_order(ranking):
    """Scores of a ranking in the matrix's own order."""
    frame = ranking.to_frame()
    return frame.sort_values("actor_id", key=lambda ids: ids.str[1:].astype(int))["score"]


SLOW = 30_000
NAIVE = "numpy, six lines"
LOOSE = "pymcdm, unvalidated"

CONTENDERS = (
    Contender(OURS, ours),
    Contender(f"{OURS}, one thread", lambda problem: ours(problem, threads=1)),
    Contender(f"{OURS}, float32", ours_single),
    Contender("numba, fused loops", numba, ("numba",)),
    Contender(NAIVE, numpy),
    Contender("polars, expressions", polars, ("polars",), finish=score_column),
    Contender("DuckDB, SQL", duckdb, ("duckdb",)),
    Contender("pyDecision", pydecision, ("pyDecision",), 1_000_000),
    Contender(
        "scikit-criteria, function", skcriteria_function, ("skcriteria",), finish=lambda a: a[3]
    ),
    Contender(
        "scikit-criteria, pipeline",
        skcriteria_pipeline,
        ("skcriteria",),
        1_000_000,
        lambda answer: answer.e_.similarity,
    ),
    Contender(LOOSE, lambda problem: pymcdm(problem, validation=False), ("pymcdm",)),
    Contender("pymcdm, as called by default", pymcdm, ("pymcdm",), SLOW),
    Contender("pyrepo-mcda", pyrepo, ("pyrepo_mcda",), SLOW),
)
RANKED = Contender("partnermcda, `pm.rank`", by_name, finish=in_order)
