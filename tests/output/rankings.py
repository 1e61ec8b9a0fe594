"""Rankings and manifests for the tests of results."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import strategies as st

from partnermcda.output import (
    ActorCounts,
    CatalogFile,
    InputFile,
    Manifest,
    MappingFile,
    software_here,
)
from partnermcda.output.document import SetAside
from partnermcda.ranking import LeftOut, Ranking
from partnermcda.weights import Weights

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =x", "'=x", '"=x', "\u200f=x", "＝x"]
ODD = [
    *DANGEROUS,
    "Café « L'Étoile » ; à côté",
    'say "hi", and\nleave\r\nnow',
    "rank 1\t2",
    "'",
    '"',
    '""',
    ",",
    ";",
    "007",
    "1e5",
    "NA",
    "None",
    "null",
    "nan",
    "TRUE",
    "🚰💧 eau",
    "\u202eright to left\u202c",
    "مياه",
    "e\u0301 \u00e9",
    "x" * 10_000,
    "../../etc/passwd",
    "</script><b>",
    "<r><t>x</t></r>",
    "<r>&broken</r>",
    "_x0041_",
    "http://example.org",
    "{=1}",
    "#N/A",
    " spaces ",
    "\u2028",
    "\ufeffmark",
]
# Neither lone surrogates, which are no text, nor the characters that no XML can hold.
ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), min_size=1, max_size=12
)
PIECES = st.sampled_from([*ODD, "=", "+", "-", "@", "'", '"', ",", "\n", "\r", "\t", "a", "\x00"])
TEXT = ANY_TEXT | st.lists(PIECES, min_size=1, max_size=3).map("".join)


OPTIONS = {
    "inventory": "../data/actors.csv",
    "sheet": None,
    "decimal": "comma",
    "method": "topsis",
    "by": "city",
    "unknown": "interval",
    "set_aside": "unobserved",
    "rank_roles": ["user"],
    "gates": "show",
    "min_evidence": 0.0,
    "language": "fr",
}


def texts(values):
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def ranking_of(names, *, seed=0, cities=None, types=None, left_out=(), by="city", **changes):
    """A ranking of actors with these names, all in one city unless said otherwise."""
    m = len(names)
    rng = np.random.default_rng(seed)
    score = np.sort(rng.random(m))[::-1]
    k = len(left_out)
    fields = {
        "actors": texts([f"id-{i:03}" for i in range(m)]),
        "names": texts(list(names)),
        "types": texts(["ngo"] * m if types is None else types),
        "cities": texts(["Dakar"] * m if cities is None else cities),
        "gates": texts([""] * m),
        "score": score,
        "score_low": score / 3,
        "score_high": (1 + score) / 2,
        "rank": np.arange(1, m + 1),
        "rank_best": np.ones(m, dtype=np.int64),
        "rank_worst": np.full(m, m),
        "evidence": rng.random(m),
        "weights": Weights(
            ("res_human", "motivations"), np.array([1.0, 2.0]), {"pillars": 0.03}, "x", "balanced"
        ),
        "set_aside": ("res_technical",),
        "set_aside_share": 0.25,
        "method": "topsis",
        "by": by,
        "left_out": LeftOut(
            texts([f"out-{i}" for i in range(k)]),
            texts([name for name, _ in left_out]),
            texts([""] * k),
            texts(["Lima"] * k),
            texts([reason for _, reason in left_out]),
        ),
    }
    return Ranking(**{**fields, **changes})


def manifest_of(result, **changes):
    """A manifest for a result."""
    fields = {
        "format": "partnermcda-manifest/1",
        "version": "0.1.0",
        "software": software_here(),
        "created": datetime(2026, 11, 22, 20, 52, 14, tzinfo=UTC),
        "seconds": 1.5,
        "catalog": CatalogFile(name="urban-services", version="1.0.0", sha256="a" * 64, path=None),
        "mapping": MappingFile(name="m", version="1.0.0", sha256="b" * 64, path="../m.yaml"),
        "inputs": (InputFile(path="../data/actors.csv", sha256="c" * 64, bytes=10),),
        "orientation": "balanced",
        "weights": {"res_human": 1 / 3, "motivations": 2 / 3},
        "consistency": {"pillars": 0.03},
        "random_index": "x",
        "options": OPTIONS,
        "set_aside": SetAside(criteria=("res_technical",), share=0.25),
        "counts": ActorCounts(
            rows=3, ranked=2, not_ranked={"role": 1}, gates={}, known={"res_human": 2}, clipped={}
        ),
        "result": result,
    }
    return Manifest(**{**fields, **changes})
