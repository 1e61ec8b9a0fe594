"""The whole job, from files to a ranking and its manifest, and the same again to verify it."""

from partnermcda.job.recording import check_output, document, save
from partnermcda.job.running import Job, OnStep, Outcome, as_set_aside, run, unheard
from partnermcda.job.verification import Verdict, verify

__all__ = [
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
