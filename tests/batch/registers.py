"""Small registers with all that is awkward in them, on disk in many ways, and their rankings."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

import partnermcda as pm
from partnermcda.batch.parquet import rank_parquet
from partnermcda.output.tables import result_table

CATALOG = pm.load_catalog("urban-services")
WEIGHTS = CATALOG.weights("balanced")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LAYOUTS = ("one file", "several files", "grouped", "shuffled", "Hive")
NAMES = (
    *("Dakar", "Thiès", "São Tomé", "N’Djamena", "北京", "Αθήνα", "a;b", '"q"', "=1+1", "C/D"),
    *("%41", "été 🏙", "zz", "ZZ", "Å", "#N", "a=b", "D.C.", "'", "\\"),
)
ASKED = (
    *("res_financial", "res_technical", "res_human", "res_field_reach"),
    *(f"mot_{name}" for name in ("profit", "cause", "knowledge", "efficiency", "democracy")),
    *("dig_current_use", "dig_deploy_months", "eq_tariff_ratio"),
)
WHY = {"en": "because", "fr": "parce que"}
OWN = {
    "format": "partnermcda-mapping/1",
    "mapping": "own",
    "version": "1.0.0",
    "catalog": "urban-services",
    "title": {"en": "A register", "fr": "Un registre"},
    "source": {"en": "made up", "fr": "inventé"},
    "keep": [{"column": "service", "values": ["eau", "eau et déchets"]}],
    "columns": {
        "actor_id": {"column": "nº"},
        "actor": {"columns": ["nom", "commune"], "join": ", "},
        "actor_type": {
            "column": "forme",
            "recode": {"mairie": "local_authority", "privé": "traditional_company"},
        },
        "city": {"columns": ["commune", "région"], "join": " · "},
    },
    "criteria": {
        "res_financial": {"column": "recettes", "factor": "0.01/6.38", "missing": [0], "why": WHY},
        "res_field_reach": {
            "column": "desservis",
            "per": "habitants",
            "limits": [0, 1],
            "outside": "clip",
            "why": WHY,
        },
        "mot_cause": {"column": "motif", "recode": {"oui": 5, "non": "low"}, "why": WHY},
    },
}
"""A mapping: names joined from columns, amounts written with a comma, a share, a recode."""


def cities_of(actors, rng):
    """Cities of very uneven size, one behind the other."""
    share = np.arange(1, len(NAMES) + 1) ** -1.5
    sizes = np.maximum(1, (share / share.sum() * actors).astype(int))
    names = rng.permutation(np.array(NAMES, dtype=object))
    return np.sort(np.repeat(names, sizes))


def plain(actors=300, seed=1, gaps=0.3):
    """A register with the catalog's own columns, in the order of its cities."""
    rng = np.random.default_rng(seed)
    city = cities_of(actors, rng)
    size = len(city)
    types = np.array([*(kind.id for kind in CATALOG.actor_types), None], dtype=object)
    table = {
        "city": city,
        "actor_id": rng.permutation(size).astype(str),
        "actor": np.char.add("Açteur ", np.arange(size).astype(str)),
        "actor_type": rng.choice(types, size),
        "is_focal": rng.choice(
            np.array([True, False, None], dtype=object), size, p=[0.1, 0.5, 0.4]
        ),
        "gate_recognition": rng.choice(np.array(["formal", "neither", None], dtype=object), size),
    }
    for name in ASKED:
        table[name] = pa.array(_answers(name, size, rng), mask=rng.random(size) < gaps)
    return pa.table(table)


def _answers(name, size, rng):
    """Answers of a criterion; amounts go beyond its bounds."""
    criterion = next(c for c in CATALOG.criteria if c.id == name)
    if criterion.scale == "likert5":
        return rng.integers(1, 6, size).astype(float)
    beyond = 1.0 if criterion.scale in ("share01", "score100") else 1.5
    return np.round(rng.uniform(criterion.low, beyond * criterion.high, size), 3)


def own(actors=300, seed=2):
    """A register with columns of its own, for the mapping `OWN`."""
    rng = np.random.default_rng(seed)
    city = cities_of(actors, rng)
    size = len(city)
    amounts = rng.uniform(0, 9e6, size).round(2).astype(str)
    amounts[rng.random(size) < 0.1] = "0"
    people = rng.integers(1, 9000, size)
    return pa.table(
        {
            "région": rng.choice(["Nord", "Sud"], size),
            "commune": city,
            "nº": np.arange(size) + 1,
            "nom": np.char.add("Régie ", rng.integers(0, 50, size).astype(str)),
            "forme": rng.choice(np.array(["mairie", "privé", None], dtype=object), size),
            "service": rng.choice(["eau", "eau et déchets", "déchets"], size, p=[0.5, 0.3, 0.2]),
            "recettes": pa.array(np.char.replace(amounts, ".", ","), mask=rng.random(size) < 0.2),
            "desservis": (people * rng.uniform(0, 1.1, size)).round().astype(float),
            "habitants": people.astype(float),
            "motif": rng.choice(np.array(["oui", "non", None], dtype=object), size),
        }
    )


def water():
    """Water providers of Brazil, as their open register tells of them."""
    return pa.Table.from_pandas(
        pd.read_csv(EXAMPLES / "br_water_providers_2021.csv"), preserve_index=False
    )


def lay(table, folder, layout="one file", key="city", seed=5):
    """Write a register in one of `LAYOUTS`; say where."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    if layout in ("one file", "several files"):
        table = table.take(pa.array(np.argsort(table[key].to_numpy(), kind="stable")))
    if layout == "grouped":
        places = np.argsort(rng.permutation(len(NAMES)))[_codes(table[key])]
        table = table.take(pa.array(np.argsort(places, kind="stable")))
    if layout == "shuffled":
        table = table.take(pa.array(rng.permutation(len(table))))
    if layout == "Hive":
        hive = ds.partitioning(pa.schema([table.schema.field(key)]), flavor="hive")
        ds.write_dataset(table, folder / "hive", format="parquet", partitioning=hive)
        return folder / "hive"
    if layout != "several files":
        write(table, folder / "register.parquet")
        return folder / "register.parquet"
    (folder / "files").mkdir()
    for number, first in enumerate(range(0, len(table), 77)):
        write(table.slice(first, 77), folder / "files" / f"{number:03d}.parquet")
    return folder / "files"


def _codes(column):
    return np.unique(column.to_numpy(), return_inverse=True)[1] % len(NAMES)


def write(table, path):
    """Write a Parquet file of small row groups whose pages have checksums."""
    pq.write_table(table, path, row_group_size=50, write_page_checksum=True)


def batch(source, target, *, weights=WEIGHTS, **options):
    """Rank a register on disk."""
    return rank_parquet(source, target, CATALOG, weights, **options)


def in_memory(table, *, weights=WEIGHTS, mapping=None, unknown="interval", **options):
    """Rank the same register in memory, as a table."""
    inventory = pm.read_inventory(table, CATALOG, mapping)
    ranking = pm.rank(pm.evaluate(inventory, CATALOG, unknown), weights, **options)
    return result_table(ranking)


def parts_of(folder):
    """Files of a ranking, in order."""
    return sorted(folder.glob("part-*.parquet"))


def actors_of(folder):
    """Ranking of a folder, as one table."""
    return pa.concat_tables(pq.read_table(part) for part in parts_of(folder))


def printed(folder):
    """One hash of the bytes of all parts."""
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts_of(folder))).hexdigest()


def contents(folder):
    """Every file of a folder with its bytes."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def assert_same(found, expected):
    """Hold two rankings against each other, column by column and bit for bit."""
    assert found.schema.equals(expected.schema)
    for name in expected.column_names:
        assert _bits(found[name]) == _bits(expected[name]), name


def _bits(column):
    kind = column.type
    return column.to_numpy().view(np.int64).tolist() if kind == pa.float64() else column.to_pylist()
