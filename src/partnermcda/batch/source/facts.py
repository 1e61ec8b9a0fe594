"""What a run writes down about its source, to know it again."""

import hashlib
import json

from partnermcda.batch.source.model import Source


def source_facts(source: Source) -> list[dict[str, str | int]]:
    """Tell of each file what a manifest keeps.

    Parameters
    ----------
    source : Source

    Returns
    -------
    list of dict
        For each file, in the order of rows: ``path`` within the source (empty for a file alone),
        ``bytes``, ``rows`` and ``footer_sha256``.
    """
    return [
        {
            "path": file.relative,
            "bytes": file.size,
            "rows": sum(file.groups),
            "footer_sha256": file.footer_sha256,
        }
        for file in source.files
    ]


def fingerprint_source(source: Source) -> str:
    """Hash what the ends of a source's files tell, without reading its rows.

    Names within the source, sizes and footers go in. Footers hold the columns, and for each row
    group its rows, where its pages lie and how long they are when compressed, and usually the
    smallest and largest value and the count of gaps of each column. So a file that is added, left
    out, renamed, written anew or cut off shows itself, whatever the size of the register. Not
    proven is that every value is the same: values changed in place, or swapped, may leave sizes
    and footers as they were. Folders and times do not count, so a copy elsewhere is the same.

    Parameters
    ----------
    source : Source

    Returns
    -------
    str
        SHA-256, in hexadecimal digits.
    """
    return hashlib.sha256(json.dumps(source_facts(source)).encode()).hexdigest()
