"""A register of its own columns in very uneven cities, and two mappings that read it."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_GROUP = 100_000
_PLACES = ("Dakar", "Thiès", "São Tomé", "N’Djamena", "北京", "Αθήνα", "a;b", "=1+1", '"q"', "C/D")
_WHY = {"en": "because", "fr": "parce que"}
_HEAD = {
    "format": "partnermcda-mapping/1",
    "version": "1.0.0",
    "catalog": "urban-services",
    "title": {"en": "A register", "fr": "Un registre"},
    "source": {"en": "made up", "fr": "inventé"},
}
_RECODE = {"mairie": "local_authority", "privé": "traditional_company", "asso": "ngo"}
_COLUMNS = {
    "actor_id": {"column": "nº"},
    "actor": {"columns": ["nom", "nº"], "join": " "},
    "actor_type": {"column": "forme", "recode": _RECODE},
}
MAPPINGS: dict[str, dict[str, Any]] = {
    "by town": {
        **_HEAD,
        "mapping": "by-town",
        "columns": {**_COLUMNS, "city": {"columns": ["commune", "pays"], "join": ", "}},
        "criteria": {
            "res_financial": {
                "column": "recettes",
                "factor": "0.01/6.38",
                "missing": [0],
                "why": _WHY,
            },
            "res_technical": {"column": "n1", "why": _WHY},
            "res_human": {"column": "effectif", "factor": 0.05, "why": _WHY},
            "res_data": {"column": "n2", "why": _WHY},
            "res_field_reach": {
                "column": "desservis",
                "per": "habitants",
                "limits": [0, 1],
                "outside": "clip",
                "why": _WHY,
            },
            "dig_current_use": {"column": "p1", "why": _WHY},
        },
    },
    "by town, of those who serve": {
        **_HEAD,
        "mapping": "by-town-serving",
        "keep": [{"column": "service", "values": ["eau", "eau et déchets"]}],
        "columns": {**_COLUMNS, "city": {"column": "commune"}},
        "criteria": {
            "res_technical": {"column": "n2", "why": _WHY},
            "mot_cause": {"column": "motif", "recode": {"oui": 5, "non": "low"}, "why": _WHY},
            "dig_current_use": {"column": "p1", "factor": 0.5, "offset": 10, "why": _WHY},
            "eq_tariff_ratio": {"column": "n1", "factor": 0.5, "why": _WHY},
        },
    },
}


def write_uneven(folder: Path, rows: int, cities: int, largest: int) -> tuple[Path, Path]:
    """Write a register shuffled and by city; sizes go from 1 to `largest`."""
    rng = np.random.default_rng(5)
    sizes = _sizes(rows, cities, largest)
    names = [f"{_PLACES[j % len(_PLACES)]} {j:05d}" for j in range(cities)]
    city = np.repeat(np.array(names, dtype=object)[rng.permutation(cities)], sizes)
    order = rng.permutation(len(city))
    table = _table(city[order], order, rng)
    shuffled, by_city = folder / "shuffled.parquet", folder / "sorted.parquet"
    pq.write_table(table, shuffled, row_group_size=_GROUP, write_page_checksum=True)
    table = table.take(pa.array(np.argsort(city[order].astype(str), kind="stable")))
    pq.write_table(table, by_city, row_group_size=_GROUP, write_page_checksum=True)
    return shuffled, by_city


def _sizes(rows: int, cities: int, largest: int) -> np.ndarray:
    """Sizes that fall as a power of the city's place, from `largest`; a tenth have one actor."""
    place = np.arange(1, cities + 1)
    low, high = 0.0, 20.0
    for _ in range(60):
        power = (low + high) / 2
        sizes = np.maximum(1, largest * place**-power).astype(np.int64)
        sizes[-(cities // 10) :] = 1
        low, high = (power, high) if sizes.sum() > rows else (low, power)
    sizes = np.maximum(1, largest * place**-high).astype(np.int64)
    sizes[-(cities // 10) :] = 1
    sizes[1] += rows - sizes.sum()
    return sizes


def _table(city: np.ndarray, number: np.ndarray, rng: np.random.Generator) -> pa.Table:
    size = len(city)
    people = rng.integers(1, 100_000, size).astype(float)

    def some(values: Any, share: float = 0.2) -> pa.Array:
        return pa.array(values, mask=rng.random(size) < share)

    def words(*choice: str, share: float = 0.1) -> pa.Array:
        return some(np.array(choice, dtype=object)[rng.integers(0, len(choice), size)], share)

    return pa.table(
        {
            "pays": pa.array(np.array(["SN", "ST"], dtype=object)[number % 2]),
            "commune": pa.array(city),
            "nº": pa.array(number),
            "nom": words("Régie", "Ået", "北京水务", "O’Brien & Cie", '"Q"', share=0.0),
            "forme": words("mairie", "privé", "asso"),
            "service": words("eau", "eau et déchets", "déchets", share=0.0),
            "recettes": some(np.round(rng.random(size) ** 6 * 1e9, 2)),
            "effectif": some(np.round(rng.random(size) ** 4 * 900, 1)),
            "desservis": some(people * rng.uniform(0, 1.1, size)),
            "habitants": pa.array(people),
            "motif": words("oui", "non", share=0.3),
            "n1": some(rng.integers(1, 6, size).astype(float)),
            "n2": some(rng.integers(1, 6, size).astype(float)),
            "p1": some(np.round(rng.random(size) * 100, 3)),
        }
    )
