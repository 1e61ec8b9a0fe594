"""The whole job, from files to a ranking and its manifest, and the same again to verify it."""

from partnermcda.job.record import Verdict, check_output, document, save, verify
from partnermcda.job.running import INCONSISTENT, Job, OnStep, Outcome, as_set_aside, run, unheard

__all__ = [
    "INCONSISTENT",
    "Job",
    "OnStep",
    "Outcome",
    "Verdict",
    "as_set_aside",
    "check_output",
    "document",
    "run",
    "save",
    "unheard",
    "verify",
]
