"""The people of a list, as files that were handed in are matched to them: by number, or by a name that one has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from certcheck.asked_name import holder_key
from certcheck.model import Entry
from common.identity import read_identity
from common.text import fold, name_key

_SHORTEST_NAME = 2
_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")


class ListedPeople:
    """Everybody on a list; a person is told by the number, else by what stands for it, else by the row."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.numbers: set[str] = set()
        self._by_name: dict[str, set[str]] = {}
        for entry in entries:
            if entry.person.number:
                self.numbers.add(entry.person.number)
            if entry.person.name:
                name = entry.person.name
                # as it is written, too: a file 张伟1.jpg is told from 张伟2.jpg
                for written in {name_key(name), holder_key(name)}:
                    self._by_name.setdefault(written, set()).add(who_of(entry))

    def named(self, name: str) -> set[str]:
        """Give everybody of a name."""
        return self._by_name.get(holder_key(name), set())

    def named_in(self, text: str) -> set[str]:
        """Give everybody whose name stands in a text; a name inside a longer one is not meant."""
        folded = name_key(text)
        found = [name for name in self._by_name if len(name) >= _SHORTEST_NAME and name in folded]
        longest = [name for name in found if not any(name != other and name in other for other in found)]
        return {who for name in longest for who in self._by_name[name]}

    def numbers_in(self, text: str) -> set[str]:
        """Give the identity numbers in a text, such as the name of a file: sound ones, and any of the list."""
        read = (read_identity(found) for found in _NUMBER.findall(fold(text)))
        return {one.text for one in read if one.text in self.numbers or (one.check_ok and one.birth)}


def who_of(entry: Entry) -> str:
    """Give what tells the person of an entry from everybody else on the list."""
    person, source = entry.person, entry.source
    return person.number or person.id_written or f"{source.part}/{source.file}/{source.sheet}/{source.row}"
