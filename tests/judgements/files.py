"""What the tests of judgement files share: writing them, and reading those that have faults."""

import csv
import re

import pytest
import xlsxwriter

from partnermcda.errors import JudgementsError
from partnermcda.judgements import Judgements
from partnermcda.messages import LANGUAGES


def text_file(folder, rows, name="judgements.csv", encoding="utf-8", separator=";"):
    """Write rows as CSV."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return path


def workbook(folder, sheets, name="judgements.xlsx", hidden=()):
    """Write a workbook: title of each sheet to its rows."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"default_date_format": "d/m"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
            if title in hidden:
                sheet.hide()
    return path


def said(findings):
    """Say the findings in every language, as a user would read them."""
    for language in LANGUAGES:
        for finding in findings:
            assert not re.search(r"\bNone\b", finding.text(language)), finding
    return findings


def faults_of(make, *args, **options):
    """Faults of judgements that cannot be used, each told in every language."""
    with pytest.raises(JudgementsError) as caught:
        make(*args, **options)
    return said(caught.value.findings)


def read_faults(path, **options):
    """Faults of a file: all of them name it."""
    found = faults_of(Judgements.read, path, **options)
    assert {finding.file for finding in found} == {str(path)}
    return found


def codes(findings):
    """Codes of findings without their room."""
    return [finding.code.removeprefix("judgements.") for finding in findings]


def placed(findings):
    """Row, column and code of each finding, in the order of the rows."""
    found = zip(findings, codes(findings), strict=True)
    return sorted((finding.row or 0, finding.column, code) for finding, code in found)


def note_codes(judgements):
    """Codes of what was noted."""
    return codes(said(judgements.notes))
