"""What stands around a header's known word and changes what it means: notes in brackets, and the words 起 and 止."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from common.text import fold, key

ELSEWHERE = "elsewhere"
"""The field of a label that is certainly none of ours: another paper's, or of what somebody lacks."""
_NOTE = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_MAY_BE_ITEM = re.compile(
    r"(?:证书?|证件|作业|作业人员|(?<![职员])工)[\d一二三四五六]*$|^第?[\d一二三四五六]+[本个]?$"
)
_LETTERED = frozenset({"a证", "b证", "c证"})
_A_DATE = re.compile("(?:日期|时间|年月日|日)$")
OPEN = {
    "valid_range": ("valid_from", "valid_to"),
    "review": ("review_due", "review_done", "review_second", "review_third"),
}
"""The fields whose word leaves open which date it is, and those that a note may make of them."""
_DATES = frozenset({"first_issue", "valid_from", "valid_to", "valid_range"})
_NAMES = frozenset({"kind", "category", "item"})
_WHOSE = frozenset({"name", "id_number", "certificate_number"})


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a label means: its field, and what stood before the field's word (``高压证-到期日期``).

    ``why`` tells what it rests on where it is not the label's own word; ``unsure`` is the field's word where
    what stood before it names no certificate that is known (职业健康检查到期日期).
    """

    field: str
    prefix: str = ""
    why: str = ""
    unsure: str = ""


def bare(label: str) -> str:
    """Give a label without its notes."""
    return _NOTE.sub("", fold(label))


def notes(label: str) -> list[str]:
    """Give the keys of the notes of a label that say something."""
    return [note for note in map(key, _NOTE.findall(fold(label))) if note]


@dataclass(frozen=True)
class Around:
    """The words that stand around others.

    ``refining`` gives, by field, the words that make a start, an end, a due or a done date of an open one;
    ``papers`` make another paper's word of a certificate's, ``people`` somebody else's of a person's;
    ``lacking`` tell of certificates that are not held, ``groups`` which certificates they are;
    ``no_certificates`` end on 证 or 作业 and are none of these. ``earlier`` are like papers, at the end;
    ``own`` behind a paper's word take it back; ``certain`` in a word say that a certificate is meant, and ``again`` before
    a word say nothing more; ``documents`` in a note say which document a number is of.
    """

    refining: Mapping[str, tuple[str, ...]]
    papers: tuple[str, ...]
    people: tuple[str, ...]
    lacking: tuple[str, ...]
    groups: tuple[str, ...]
    no_certificates: tuple[str, ...]
    earlier: tuple[str, ...]
    own: tuple[str, ...]
    certain: tuple[str, ...]
    again: tuple[str, ...]
    documents: tuple[str, ...]

    @cached_property
    def _edges(self) -> list[tuple[str, str]]:
        """Give what may stand behind a range's word, longest first."""
        listed = [(word, field) for field in OPEN["valid_range"] for word in self.refining.get(field, ())]
        return sorted(listed, key=lambda one: -len(one[0]))

    @cached_property
    def _lacking_note(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.lacking))
        return re.compile(f"(?:{words})(?:[得少失取]|证书?|项目|培训)*")

    def edge(self, text: str) -> tuple[str, str] | None:
        """Part 有效期限起, also 有效期限起日期, into what stands before its edge and the field that the edge means."""
        dated = _A_DATE.sub("", text)
        for word, field in self._edges:
            if dated.endswith(word) and len(dated) > len(word):
                return dated[: -len(word)], field
        return None

    def by_nature(self, label: str) -> HeaderMatch | None:
        """Match a label without a known word.

        A certificate itself, 高压证, of which ticks, numbers or dates below say who holds it; or somebody beside the
        person, 联系人身份证号, 班组长.
        """
        if label in _LETTERED or (
            len(label) > 2 and label.endswith(("证", "作业")) and not label.endswith(self._none)
        ):
            return HeaderMatch("held", label)
        return HeaderMatch(ELSEWHERE) if any(word in label for word in self.people) else None

    @cached_property
    def _none(self) -> tuple[str, ...]:
        return tuple(word for word in self.no_certificates if len(word) > 1)

    def is_certificates(self, prefix: str) -> bool:
        """Say whether what stands before a word names certificates by its form: 低压证, 登高作业, 特种作业, 证书2."""
        return prefix in self.groups or _MAY_BE_ITEM.search(prefix) is not None

    def is_foreign(self, prefix: str) -> bool:
        """Say whether what stands before or over a word makes it another paper's, or an earlier certificate's."""
        last = max(map(prefix.rfind, self.papers))
        return last > max(map(prefix.rfind, self.own)) or prefix.endswith(self.earlier + self.people)

    def says_certificate(self, word: str) -> bool:
        """Say whether a word itself says that it is a certificate's: 证书编号, 应复审日期; not 到期日期."""
        return any(part in word for part in self.certain)

    def names_somebody(self, label: str) -> bool:
        """Say whether a label may name somebody beside the person: 联系人, 申报人."""
        return label.endswith("人") or any(word in label for word in self.people)

    def is_document(self, note: str) -> bool:
        """Say whether a note only tells which documents are meant: 证件号码（护照、通行证）."""
        return any(word in note for word in self.documents)

    def is_edge(self, field: str, label: str) -> bool:
        """Say whether a label is only the word for a start, or for an end: 自, 至."""
        return label in self.refining.get(field, ())

    def refined(self, field: str, note: str) -> str | None:
        """Give the field that a note makes of an open one: 复审日期（应复审） is due."""
        said = {note, _A_DATE.sub("", note)}
        return next((one for one in OPEN.get(field, ()) if said & set(self.refining.get(one, ()))), None)

    def is_anothers(self, field: str, note: str) -> bool:
        """Say whether a note takes the word away: 有效期（身份证）, 姓名（联系人）, 证书名称（应持）.

        证件号码（身份证） and 证书编号（同身份证） stay, and so does advice (没有填无).
        """
        if field in _DATES and note.endswith(self.papers):
            return True
        if field in _NAMES:
            return self._lacking_note.fullmatch(note) is not None
        return field in _WHOSE and note.endswith(self.people)
