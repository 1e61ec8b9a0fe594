"""Read a YAML file into plain data that remembers its lines; refuse whatever could do harm."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import yaml

from partnermcda.errors import Finding, PartnerMCDAError, short
from partnermcda.yamlfile.findings import Place, in_order
from partnermcda.yamlfile.tree import Stop, Tree

MOST_BYTES: Final = 2_000_000
"""The longest file that is read."""

# libyaml reads ten times as fast; its events are the same as those of the plain Python parser.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_TEXT: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data: mappings with text keys, lists, text, numbers, booleans, None."""

    data: Any
    """What the file holds."""
    lines: Mapping[Place, int] = field(repr=False)
    """Line of everything in `data`, by its path of keys and positions."""
    file: str
    """The file as the user named it."""
    sha256: str
    """SHA-256 of the file's bytes."""

    def line(self, place: Place) -> int | None:
        """Line of `place`, or of the nearest thing around it that is in the file."""
        around = (place[:length] for length in range(len(place), -1, -1))
        return next((self.lines[p] for p in around if p in self.lines), None)

    def shown(self, place: Place) -> str | None:
        """Show what stands at `place`, as short text; None if there is nothing."""
        if place not in self.lines:
            return None
        found = self.data
        for step in place:
            found = found[step]
        if isinstance(found, dict | list):
            return "{…}" if isinstance(found, dict) else "[…]"
        return short(found if isinstance(found, str) else json.dumps(found))


def read_yaml(path: str | Path | Traversable, error: type[PartnerMCDAError]) -> Document:
    r"""Read one YAML document of plain data.

    Only the core of YAML is read: mappings, lists, text, ``true``, ``false``, ``null`` and
    decimal numbers. Everything else stays text as written: ``no``, ``12:30``, ``007``.

    Parameters
    ----------
    path : str, Path or Traversable
        A file of at most 2 MB, UTF-8, nested at most 40 levels deep.
    error : type of PartnerMCDAError
        The class to raise.

    Returns
    -------
    Document

    Raises
    ------
    PartnerMCDAError
        Of class `error`, if the file cannot be read, is not YAML, is too long or too deep, or
        holds an anchor, an alias, a tag, a repeated key or a second document.

    Examples
    --------
    >>> from partnermcda.errors import CatalogError
    >>> file = Path(getfixture("tmp_path")) / "a.yaml"
    >>> _ = file.write_text("answer: no\nsteps: [1, 2.5]\n")
    >>> document = read_yaml(file, CatalogError)
    >>> document.data
    {'answer': 'no', 'steps': [1, 2.5]}
    >>> document.lines["steps", 1]
    2
    """
    try:
        raw = _bytes(path)
        text = _text(raw)
        data, lines = _tree(text)
    except Stop as stop:
        raise error([finding.at(str(path)) for finding in in_order(stop.findings)]) from None
    return Document(data, lines, str(path), hashlib.sha256(raw).hexdigest())


def _bytes(path: str | Path | Traversable) -> bytes:
    source = Path(path) if isinstance(path, str) else path
    try:
        if source.is_dir():
            raise Stop(Finding("yaml.directory"))
        if not source.is_file():
            special = isinstance(source, Path) and source.exists()
            raise Stop(Finding("yaml.special" if special else "yaml.missing"))
        with source.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError:
        raise Stop(Finding("yaml.unreadable")) from None
    if len(raw) > MOST_BYTES:
        raise Stop(Finding("yaml.size", {"most": MOST_BYTES // 1_000_000}))
    return raw


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise Stop(Finding("yaml.encoding", line=line)) from None
    odd = _NOT_TEXT.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        code = f"U+{ord(odd.group()):04X}"
        raise Stop(Finding("yaml.character", {"character": code}, line=line, value=code))
    return text


def _tree(text: str) -> tuple[Any, Mapping[Place, int]]:
    tree = Tree()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            tree.add(event)
    except yaml.YAMLError as fault:
        raise Stop(*tree.findings, _syntax(text, fault)) from None
    if tree.findings:
        raise Stop(*tree.findings)
    if tree.data is None:
        raise Stop(Finding("yaml.empty"))
    return tree.data, tree.lines


def _syntax(text: str, fault: yaml.YAMLError) -> Finding:
    mark = getattr(fault, "problem_mark", None)
    if mark is None:
        return Finding("yaml.syntax_somewhere")
    lines = text.splitlines()
    number = min(mark.line, len(lines) - 1)
    shown = lines[number]
    code = "yaml.tab" if shown[: mark.column + 1].lstrip(" ").startswith("\t") else "yaml.syntax"
    return Finding(code, value=short(shown.strip()), line=number + 1)
