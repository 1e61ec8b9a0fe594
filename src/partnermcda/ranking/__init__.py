"""The ranking of actors within each city."""

from partnermcda.ranking.candidates import SetAside
from partnermcda.ranking.ranks import rank
from partnermcda.ranking.result import COLUMNS, LeftOut, Ranking, Summary

__all__ = ["COLUMNS", "LeftOut", "Ranking", "SetAside", "Summary", "rank"]
