"""The whole job, from files to a ranking and its manifest, and the same again to verify it."""

from partnermcda.batch.workshop import rows_kept
from partnermcda.job.batch import BatchOutcome, Weighed, run_batch_job, weigh
from partnermcda.job.recording import check_output, document, save
from partnermcda.job.robustness import (
    CONCENTRATION,
    DRAWS,
    SEED,
    Assessment,
    as_drawing,
    assess,
)
from partnermcda.job.robustness_files import assessment_document, save_assessment
from partnermcda.job.running import Job, Outcome, as_set_aside, run
from partnermcda.job.sources import OnStep, unheard
from partnermcda.job.verification import Verdict, verify
from partnermcda.output import check_table

__all__ = [
    "CONCENTRATION",
    "DRAWS",
    "SEED",
    "Assessment",
    "BatchOutcome",
    "Job",
    "OnStep",
    "Outcome",
    "Verdict",
    "Weighed",
    "as_drawing",
    "as_set_aside",
    "assess",
    "assessment_document",
    "check_output",
    "check_table",
    "document",
    "rows_kept",
    "run",
    "run_batch_job",
    "save",
    "save_assessment",
    "unheard",
    "verify",
    "weigh",
]
