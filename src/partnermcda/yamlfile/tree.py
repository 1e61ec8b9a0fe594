"""Grow plain data from YAML events, one event at a time, without ever expanding anything."""

import math
import re
from typing import Any, Final

import yaml

from partnermcda.errors import Finding, short
from partnermcda.yamlfile.findings import Place, path_text

DEEPEST: Final = 40
"""Levels of nesting that are read."""

_CONSTANTS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# A leading zero means a code, not a number: 007 stays text.
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER: Final = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
# Escapes in quotes can spell half a character, which no text may hold.
_HALF: Final = re.compile("[\ud800-\udfff]")


class Stop(Exception):  # noqa: N818 - it carries findings to the border and never leaves the room
    """Reading cannot go on."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings)
        self.findings = findings


class Tree:
    """Plain data under construction: a stack of open collections and the path to the innermost."""

    def __init__(self) -> None:
        self.data: Any = None
        self.lines: dict[Place, int] = {}
        self.findings: list[Finding] = []
        self._open: list[dict[str, Any] | list[Any]] = []
        self._path: list[str | int] = []
        self._key_awaited: list[bool] = []
        self._documents = 0

    def add(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_references(event)
            self._add_node(event)

    def _start_document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Stop(*self.findings, Finding("yaml.documents", line=_line(event)))

    def _refuse_references(self, event: yaml.NodeEvent) -> None:
        line = _line(event)
        if event.anchor is not None:
            code = "yaml.alias" if isinstance(event, yaml.AliasEvent) else "yaml.anchor"
            self.findings.append(Finding(code, {"name": short(event.anchor)}, line=line))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.findings.append(Finding("yaml.tag", {"tag": short(tag)}, line=line))

    def _add_node(self, event: yaml.NodeEvent) -> None:
        if self._key_awaited and self._key_awaited[-1]:
            self._take_key(event)
            return
        value = self._value(event)
        self._attach(value, _line(event))
        if isinstance(value, dict | list):
            self._enter(value, event)
        else:
            self._leave()

    def _take_key(self, event: yaml.NodeEvent) -> None:
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise Stop(*self.findings, Finding("yaml.key", line=line))
        key = self._whole(event)
        place = (*self._path, key)
        if place in self.lines:
            first = self.lines[place]
            details = {"name": short(key), "first": first}
            self.findings.append(
                Finding("yaml.repeated", details, path=path_text(place), line=line)
            )
        self.lines[place] = line
        self._path.append(key)
        self._key_awaited[-1] = False

    def _value(self, event: yaml.NodeEvent) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = self._whole(event)
        plain = event.implicit[0]
        if not plain:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if not _NUMBER.fullmatch(text):
            return text
        if not math.isfinite(float(text)):
            self.findings.append(Finding("yaml.number", value=short(text), line=_line(event)))
            return 0
        return int(text) if _INTEGER.fullmatch(text) else float(text)

    def _whole(self, event: yaml.ScalarEvent) -> str:
        text: str = event.value
        half = _HALF.search(text)
        if not half:
            return text
        code = f"U+{ord(half.group()):04X}"
        self.findings.append(Finding("yaml.character", {"character": code}, line=_line(event)))
        return ""

    def _attach(self, value: Any, line: int) -> None:
        if not self._open:
            self.data = value
        elif isinstance(parent := self._open[-1], list):
            self._path.append(len(parent))
            parent.append(value)
        else:
            parent[str(self._path[-1])] = value
        self.lines.setdefault(tuple(self._path), line)

    def _enter(self, value: dict[str, Any] | list[Any], event: yaml.Event) -> None:
        if len(self._open) == DEEPEST:
            deep = Finding("yaml.depth", {"most": DEEPEST}, line=_line(event))
            raise Stop(*self.findings, deep)
        self._open.append(value)
        self._key_awaited.append(isinstance(value, dict))

    def _close(self) -> None:
        self._open.pop()
        self._key_awaited.pop()
        self._leave()

    def _leave(self) -> None:
        if self._path:
            self._path.pop()
        if self._open and isinstance(self._open[-1], dict):
            self._key_awaited[-1] = True


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1
