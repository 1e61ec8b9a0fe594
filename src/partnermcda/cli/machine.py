"""What machines read on standard output."""

import json
from collections.abc import Sequence
from typing import Any

import typer

from partnermcda.errors import Finding


def print_json(value: Any) -> None:
    """Print a value as JSON.

    Parameters
    ----------
    value
        Plain data.
    """
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def findings_as_data(findings: Sequence[Finding], language: str) -> dict[str, Any]:
    """Turn findings into plain data.

    Parameters
    ----------
    findings : sequence of Finding
        What was found.
    language : str
        Language of the sentences.

    Returns
    -------
    dict
    """
    return {"findings": [_as_data(finding, language) for finding in findings]}


def _as_data(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "path": finding.path,
        "line": finding.line,
        "more": finding.more,
        "problem": finding.problem(language),
        "right": finding.right(language),
    }
