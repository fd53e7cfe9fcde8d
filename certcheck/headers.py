"""Header words to fields: the table in ``data/roster/headers.toml`` and how a label is matched."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from common.errors import DataError
from common.resources import DATA
from common.text import fold, key

PERSON, CLAIM = "person", "claim"
_NOTE = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_SHORTEST_SUFFIX = 3


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a label means: its field, and what stood before the field's word (``高压证-到期日期``)."""

    field: str
    prefix: str = ""


@dataclass(frozen=True)
class Headers:
    """The header words, by field; ``ignored`` are known labels that name no field."""

    person: dict[str, list[str]]
    claim: dict[str, list[str]]
    ignored: dict[str, list[str]]
    not_people: re.Pattern[str]

    @cached_property
    def _words(self) -> dict[str, str]:
        words = {}
        for table in (self.person, self.claim, self.ignored):
            words.update({key(word): field for field, listed in table.items() for word in listed})
        return words

    @cached_property
    def _suffixes(self) -> list[tuple[str, str]]:
        """Give the claim words, longest first: only they may stand behind another word."""
        words = [(key(word), field) for field, listed in self.claim.items() for word in listed]
        return sorted((w for w in words if len(w[0]) >= _SHORTEST_SUFFIX), key=lambda w: -len(w[0]))

    def match(self, label: str) -> HeaderMatch | None:
        """Match one label: whole, without its bracketed note, then by the end of a claim word."""
        for text in (label, _NOTE.sub("", fold(label))):
            field = self._words.get(key(text))
            if field is not None:
                return HeaderMatch(field)
        text = key(_NOTE.sub("", fold(label)))
        for word, field in self._suffixes:
            if text.endswith(word) and len(text) > len(word):
                return HeaderMatch(field, text[: -len(word)])
        return None

    def is_person_field(self, field: str) -> bool:
        """Say whether a field belongs to the person and not to one certificate."""
        return field in self.person

    def is_field(self, field: str) -> bool:
        """Say whether a field is one of the contract's."""
        return field in self.person or field in self.claim


@lru_cache(maxsize=4)
def load_headers(path: Path = DATA / "roster" / "headers.toml") -> Headers:
    """Load the header words; a word that stands under two fields is a fault of the table."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    seen: dict[str, str] = {}
    for section in (PERSON, CLAIM, "ignored"):
        for field, words in content[section].items():
            for word in words:
                if seen.setdefault(key(word), field) != field:
                    raise DataError(path.name, f"“{word}”同时属于 {seen[key(word)]} 和 {field}", field=field)
    starts, labels = ("|".join(map(re.escape, content["not_people"][kind])) for kind in ("starts", "labels"))
    return Headers(
        content[PERSON],
        content[CLAIM],
        content["ignored"],
        re.compile(f"({starts})|({labels})([:：]|[\\d人名]*$)"),
    )
