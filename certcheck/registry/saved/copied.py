"""Copied text to what it shows: lines of label and value, one person after another where clearly parted.

Browsers copy a table with tabs between its cells; people write ``姓名：…``, or a label and its value on two lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from certcheck.registry.saved.shown import Group, Pair, Shown
from certcheck.registry.vocabulary import Vocabulary
from common.text import fold, key, visible

_RULE = re.compile(r"[-=_*—─━#~]{3,}")
_AROUND_VALUES = " \t|,;"
_MOST_LINES = 100_000


class CopiedText:
    """Reads copied text by the labels of the site."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        labels = sorted({label for listed in vocabulary.labels.values() for label in listed}, key=len)
        words = "|".join(map(re.escape, reversed(labels)))  # the longest first
        self._label = re.compile(rf"(?:^|(?<=[\s|,;]))({words})[ ]*(?::|(?=\s)|$)")
        self._field = {label: name for name, listed in vocabulary.labels.items() for label in listed}
        self._dividers = {key(word) for word in vocabulary.words["divider"]}

    def is_divider(self, line: str) -> bool:
        """Say whether a line is the heading over earlier issues."""
        return key(line) in self._dividers

    def parts(self, text: str, people_in: Callable[[Shown], int], saved_at: str = "") -> list[Shown]:
        """Give what a text shows: a part for each person where they are clearly parted, else one for all.

        Clearly parted are people with a ruled or an empty line between them.

        Parameters
        ----------
        text
            what was copied.
        people_in
            counts the people whom something is about.
        saved_at
            what is known of when it was saved.
        """
        lines = text.splitlines()
        if len(lines) > _MOST_LINES:
            return [Shown(fault="文字太长")]
        whole = self.shown(lines, saved_at)
        if people_in(whole) <= 1:
            return [whole]
        for ends in (_is_rule, _is_empty):
            parts = [self.shown(part, saved_at) for part in _parted(lines, ends)]
            if all(people_in(part) == (1 if self._tells(part) else 0) for part in parts):
                return [part for part in parts if self._tells(part)]
        return [whole]

    def _tells(self, part: Shown) -> bool:
        """Say whether a part tells anything of anybody, and is not a heading or small print."""
        valued = any(value for group in part.groups for _, value in group.pairs)
        return valued or any(self._vocabulary.says("nothing_found", line) for line in part.lines)

    def shown(self, lines: Sequence[str], saved_at: str = "") -> Shown:
        """Give what some lines show; a label that comes again begins another certificate."""
        reading = _Reading()
        for line in map(_folded, lines):
            if self.is_divider(line):
                reading.end_group()
                reading.history = True
            elif _is_rule(line):
                reading.end_group()
            else:
                self._read(line, reading)
        reading.end_group()
        return Shown(tuple(reading.groups), tuple(filter(None, map(visible, lines))), saved_at=saved_at)

    def _read(self, line: str, reading: _Reading) -> None:
        found = list(self._label.finditer(line))
        if not found:
            reading.value_below(line)
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(line)
            value = line[match.end() : end].strip(_AROUND_VALUES)
            alone = match.group() == line and not line.endswith(":")
            reading.pair(self._field[match[1]], (match[1], value), waits=alone)


class _Reading:
    """The groups read so far, and the one that is being read."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.history = False
        self._pairs: list[Pair] = []
        self._fields: set[str] = set()
        self._waits = False

    def pair(self, field: str, pair: Pair, *, waits: bool) -> None:
        """Take a label with its value; ``waits`` where the value may stand on the next line."""
        name = pair[0] if field == "ignored" else field
        if name in self._fields:
            self.end_group()
        self._fields.add(name)
        self._pairs.append(pair)
        self._waits = waits

    def value_below(self, line: str) -> None:
        """Take a line without a label: the value of a label that stands alone above it."""
        if self._waits and line:
            self._pairs[-1] = (self._pairs[-1][0], line)
            self._waits = False

    def end_group(self) -> None:
        """End a certificate."""
        if self._pairs:
            self.groups.append(Group(tuple(self._pairs), self.history))
        self._pairs, self._fields, self._waits = [], set(), False


def _folded(line: str) -> str:
    """Fold a line; tabs, which part the cells of a copied table, stay."""
    return "\t".join(map(fold, line.split("\t"))) if "\t" in line else fold(line)


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line.strip()) is not None


def _is_empty(line: str) -> bool:
    return not visible(line)


def _parted(lines: Sequence[str], ends: Callable[[str], bool]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if not ends(line):
            part.append(line)
        elif part:
            yield part
            part = []
    if part:
        yield part
