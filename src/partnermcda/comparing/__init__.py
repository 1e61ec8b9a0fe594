"""Methods side by side: what each says, what they have in common, and whether one stays by it."""

from partnermcda.comparing.comparison import Comparison
from partnermcda.comparing.methods import compare
from partnermcda.comparing.reversal import rank_reversal
from partnermcda.comparing.reversal_result import RankReversal, Reversal, Trial

__all__ = ["Comparison", "RankReversal", "Reversal", "Trial", "compare", "rank_reversal"]
