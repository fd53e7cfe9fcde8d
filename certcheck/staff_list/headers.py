"""Header words to fields: how a label is matched (``header_words`` loads the words)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as of_class
from functools import cached_property

from certcheck.staff_list.around import ELSEWHERE, OPEN, Around, HeaderMatch, bare, notes
from certcheck.staff_list.held import HeldWords
from certcheck.staff_list.known_names import KnownNames
from common.catalogue import Catalogue
from common.text import key, unmarked

LEVEL = "\x1f"
"""What parts the labels that stand over each other within a prefix; nobody sees it, and no comparison does."""
_LATIN = re.compile(r"(?!(?<![A-Za-z])(?:[A-C]|ABC)证(?![书件号明照]))[A-Za-z]+")
"""Words beside a Chinese one; A, B and C are parts of the names of certificates."""
_COUNTED = re.compile(r"(.*[^\d一二三四五六])(\d{1,2}|[一二三四五六])")
_COUNTED_INSIDE = re.compile(r"(\D{2,4}?)(\d{1,2}|[一二三四五六])(\D{2,})")
_NUMBER = re.compile(r"\d{6}")
_SHORT = 3
_SHORT_SUFFIXES = frozenset({"certificate_number", "review", "valid_from", "valid_to"})
"""Fields whose words of one or two characters (证号, 止) may stand behind a certificate's name."""
_SAYS_AGAIN = frozenset({"kind", "valid_range"})
"""Fields whose words before another only say it again: 有效期 in 有效期截止日期, 证书 in 证书到期时间."""
_LONGEST = 60
_MOST_KEPT = 20_000


@dataclass(frozen=True)
class Headers:
    """The header words, by field; ``ignored`` are known labels that name no field.

    ``around`` holds the words that stand around others, ``holders`` stand before a person's own; ``not_people``
    are the words of rows at the foot of a list, by sort; ``surnames`` begin the cells of a column of names.
    ``known`` are the names of a catalogue. ``states`` are words of fields that cells hold, too; ``instead`` are words that
    name a field where nothing else does.
    """

    person: dict[str, list[str]]
    claim: dict[str, list[str]]
    ignored: dict[str, list[str]]
    around: Around
    holders: tuple[str, ...]
    not_people: dict[str, list[str]]
    held: HeldWords
    surnames: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    instead: Mapping[str, list[str]] = of_class(default_factory=dict)
    known: KnownNames = of_class(default_factory=KnownNames)

    def knowing(self, catalogue: Catalogue) -> Headers:
        """Give the same words together with the names that a catalogue has."""
        return replace(self, known=KnownNames(catalogue))

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
        long = [one for one in words if len(one[0]) >= _SHORT or one[1] in _SHORT_SUFFIXES]
        return sorted(long, key=lambda one: -len(one[0]))

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(word for word, _ in self._suffixes)

    @cached_property
    def _matches(self) -> dict[str, HeaderMatch | None]:
        return {}

    def match(self, label: str) -> HeaderMatch | None:
        """Match one label; every cell of a list is asked, so long ones are refused and answers kept."""
        if len(label) > _LONGEST or _NUMBER.search(label):
            return None
        if label not in self._matches:
            if len(self._matches) >= _MOST_KEPT:
                self._matches.clear()
            self._matches[label] = self._match(label)
        return self._matches[label]

    def _match(self, label: str) -> HeaderMatch | None:
        """Match whole, without its note or Latin words, then by what stands around a word; footnotes' marks aside."""
        label = unmarked(label)
        plain = bare(label)
        whole = self._words.get(key(label))
        if whole:
            return HeaderMatch(whole)
        text = next((one for one in (key(plain), key(_LATIN.sub("", plain))) if one in self._words), "")
        found = HeaderMatch(self._words[text]) if text else self._by_parts(key(_LATIN.sub("", plain)))
        if found and found.prefix:
            found = replace(found, prefix=found.prefix.upper())  # it is shown: A证
        for note in notes(label):
            found = self.noted(found, text or key(plain), note) if found else None
        return found

    def noted(self, found: HeaderMatch, text: str, note: str) -> HeaderMatch:
        """Match with what a note says: 复审日期（实际） is 实际复审日期, 有效期限（起） the start of a range."""
        if self.around.is_anothers(found.field, note):
            return HeaderMatch(ELSEWHERE)
        word = text.removeprefix(found.prefix)
        joined = self._words.get(note + word) or self._words.get(word + note) or self._words.get(note)
        if joined not in OPEN.get(found.field, ()):
            joined = self.around.refined(found.field, note)
        return replace(found, field=joined) if joined else found

    def _by_parts(self, text: str) -> HeaderMatch | None:
        """Match a label that is no word itself."""
        counted = _COUNTED.fullmatch(text)
        if self._lacks(counted[1] if counted else text):
            return None if text.endswith(self._whose) else HeaderMatch(ELSEWHERE)
        if counted and self._words.get(counted[1]) in self.claim:
            return HeaderMatch(self._words[counted[1]], counted[2])
        return (
            self._of_holder(text)
            or self._counted_inside(text)
            or self._edge(text)
            or self._suffix(text)
            or (self._suffix(counted[1]) if counted else None)
            or self.around.by_nature(text)
        )

    def _counted_inside(self, text: str) -> HeaderMatch | None:
        """Match 证书2编号: a claim's word, 证书编号, with the count of the certificate inside."""
        parts = _COUNTED_INSIDE.fullmatch(text)
        field = self._words.get(parts[1] + parts[3]) if parts else None
        return HeaderMatch(field, parts[1] + parts[2]) if parts and field in self.claim else None

    def _edge(self, text: str) -> HeaderMatch | None:
        """Match 有效期限起, also behind a certificate's name: a range's word and which end of it."""
        parted = self.around.edge(text)
        if parted is None:
            return None
        before, field = parted
        found = HeaderMatch(self._words[before]) if before in self._words else self._suffix(before)
        return replace(found, field=field) if found and found.field == "valid_range" else None

    @cached_property
    def _whose(self) -> tuple[str, ...]:
        """Give the words that end a label of who it is, whatever the list is of: 应持证人员身份证号."""
        return tuple(key(word) for field in ("name", "id_number") for word in self.person[field])

    @cached_property
    def _plans(self) -> tuple[str, ...]:
        """Give the claim words that hold a word of lacking themselves: 计划复审日期 is a due date."""
        return tuple(word for word, _ in self._suffixes if any(part in word for part in self.around.lacking))

    def _lacks(self, text: str) -> bool:
        """Say whether a label tells of certificates that are not held: 缺少证书, 应持证项目, 拟培训项目."""
        own = next((word for word in self._plans if text.endswith(word)), "")
        before = text.removesuffix(own)
        return any(word in before for word in self.around.lacking)

    def _of_holder(self, text: str) -> HeaderMatch | None:
        """Match 持证人身份证号: whose it is, and a person's word."""
        for holder in self.holders:
            field = self._words.get(text.removeprefix(holder)) if text.startswith(holder) else None
            if field in self.person:
                return HeaderMatch(field)
        return None

    def _suffix(self, text: str) -> HeaderMatch | None:
        """Match 高压证到期日期; the end of an identity card or a contract is not a certificate's."""
        if not text.endswith(self._endings):
            return None
        found = None
        for word, field in self._suffixes:
            prefix = text.removesuffix(word)
            if not prefix or prefix == text or (len(word) < _SHORT and not self._names_certificates(prefix)):
                continue
            here = self._before(prefix, word, field)
            if not here.unsure and (found is None or self.known.item(prefix)):
                return here  # 空调设备操作 before 证书编号, not 空调设备 before 操作证书编号
            found = found or here
        return found

    def _before(self, prefix: str, word: str, field: str) -> HeaderMatch:
        """Match a claim's word by what stands before it: nothing of its own (证书), a certificate, or what nobody knows."""
        if self.around.is_foreign(prefix) and not self.known.item(prefix):
            return HeaderMatch(ELSEWHERE)
        says = self.around.says_certificate(word)
        if (
            prefix in self.around.again
            or self._words.get(prefix) in _SAYS_AGAIN
            or (says and prefix in self.holders)
        ):
            return HeaderMatch(field)
        known = self._names_certificates(prefix) or self.known.kind(prefix + "证书" * word.startswith("证书"))
        return HeaderMatch(field, prefix, unsure="" if known else word)

    def _names_certificates(self, prefix: str) -> bool:
        return self.around.is_certificates(prefix) or self.known.item(prefix)

    def is_person_field(self, field: str) -> bool:
        """Say whether a field belongs to the person and not to one certificate."""
        return field in self.person

    def is_field(self, field: str) -> bool:
        """Say whether a field is one of the contract's."""
        return field in self.person or field in self.claim

    def name_of(self, field: str) -> str:
        """Give a field's Chinese name: the first of its words."""
        return next(iter(self.person.get(field) or self.claim.get(field) or [field]))

    def rank(self, field: str, label: str) -> int:
        """Say how well a label's word fits its field: earlier in the list is better."""
        words = [key(word) for word in (self.person.get(field) or self.claim.get(field) or [])]
        word = key(unmarked(label))
        return words.index(word) if word in words else len(words)
