"""What a post needs, read from the words of posts.csv.

A word of the table counts where it stands in one job of the post. ``a+b`` wants both words there,
``=a`` wants the whole post. ``not_words`` of the row switch it off for that job. Rows without a
need (文员, 销售, 工程师 ...) switch off all but safety needs where a job's name ends on their words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from common.catalogue_records import Kind, PostNeed, PostRow
from common.catalogue_words import has_part, heads, post_parts
from common.text import key

_NO_RULES: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the table: what has to stand in the post for it."""

    shown: str
    parts: tuple[str, ...]
    whole: bool
    idle: bool  # it ends on an idle word itself, as 烟花爆竹仓库保管 does

    def said_by(self, text: str) -> bool:
        if self.whole:
            return text == self.parts[0]
        return all(has_part(text, part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Rule:
    need: PostNeed
    words: tuple[_Word, ...]
    not_words: tuple[str, ...]

    def words_in(self, post: str, jobs: list[tuple[str, bool]]) -> tuple[str, ...]:
        """Give the words of this rule that the post says; a word in two places as 低压…电工.

        ``jobs`` are the post's parts, each with whether its name ends on an idle word.
        """
        live = [job for job in jobs if not any(has_part(job[0], word) for word in self.not_words)]
        said = [word for word in self.words if self._says(word, post, live)]
        plain = [word for word in said if len(word.parts) == 1]
        return tuple(word.shown for word in plain or said)

    def _says(self, word: _Word, post: str, jobs: list[tuple[str, bool]]) -> bool:
        if word.whole:
            return word.said_by(post)
        deaf = self.need.kind is not Kind.SAFETY and not word.idle
        return any(word.said_by(job) for job, idle in jobs if not (idle and deaf))


class PostRules:
    """The rows of posts.csv, ready to be asked."""

    def __init__(self, rows: tuple[PostRow, ...]) -> None:
        self._idle = tuple(key(word) for row in rows if row.needs is None for word in row.words)
        self._rules = tuple(_rule(row, row.needs, self._idle) for row in rows if row.needs is not None)
        # Most posts say no word at all: two characters tell which rules are worth asking.
        self._starts: dict[str, set[int]] = {}
        for number, rule in enumerate(self._rules):
            for word in rule.words:
                self._starts.setdefault(word.parts[0][:2], set()).add(number)

    def needs(self, post: str) -> tuple[PostNeed, ...]:
        """Give a need for each row that applies, in table order, with the words that say so."""
        whole = key(post)
        jobs = [(key(part), self._idles(part)) for part in post_parts(post)]
        asked = ((rule, rule.words_in(whole, jobs)) for rule in self._worth_asking(whole, jobs))
        return tuple(replace(rule.need, words=said) for rule, said in asked if said)

    def _worth_asking(self, whole: str, jobs: list[tuple[str, bool]]) -> list[_Rule]:
        numbers: set[int] = set()
        for text in (whole, *(job for job, _ in jobs)):
            for place in range(len(text)):
                numbers |= self._starts.get(text[place : place + 2], _NO_RULES)
                numbers |= self._starts.get(text[place], _NO_RULES)
        return [self._rules[number] for number in sorted(numbers)]

    def _idles(self, part: str) -> bool:
        """Say whether a job does no certified work: its name ends on a word such as 文员."""
        return any(head.endswith(self._idle) for head in heads(part))


def _rule(row: PostRow, kind: Kind, idle: tuple[str, ...]) -> _Rule:
    need = PostNeed(kind, (), row.items, row.categories, row.confidence, row.basis, row.note, row.basis_to)
    return _Rule(need, tuple(_word(word, idle) for word in row.words), tuple(map(key, row.not_words)))


def _word(written: str, idle: tuple[str, ...]) -> _Word:
    bare = written.removeprefix("=")
    parts = tuple(key(part) for part in bare.split("+"))
    return _Word(
        bare.replace("+", "…"), parts, whole=bare != written, idle=parts[-1].endswith(idle) if idle else False
    )
