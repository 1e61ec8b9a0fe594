"""Weights whose judgements contradict one another are not used unasked."""

from partnermcda.errors import Finding, WeightsError
from partnermcda.messages.figures import number
from partnermcda.weights import Weights


def refuse_contradictions(weights: Weights, language: str, *, accepted: bool) -> None:
    """Refuse weights from judgements that contradict one another too much.

    Parameters
    ----------
    weights : Weights
    language : {"en", "fr"}
        Language of the figure in the message.
    accepted : bool
        Whether the user has said to go on all the same.

    Raises
    ------
    WeightsError
    """
    if weights.too_inconsistent and not accepted:
        ratio = number(weights.worst_consistency, 3, language)
        raise WeightsError(Finding("weights.too_inconsistent", {"ratio": ratio}))
