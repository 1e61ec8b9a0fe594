"""Pairwise judgements of people: as they were said, or read from files."""

from partnermcda.judgements.model import Judgements
from partnermcda.judgements.names import Names

__all__ = ["Judgements", "Names"]
