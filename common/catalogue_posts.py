"""What a post needs, read from the words of posts.csv.

A word of the table counts where it stands in one job of the post. ``a+b`` wants both words there,
``=a`` wants the whole post. ``not_words`` of the row switch it off for that job. Rows without a
need (文员, 销售, 工程师 ...) switch off all but safety needs where a job's name ends on their words.
"""

from __future__ import annotations

from dataclasses import dataclass

from common.catalogue_records import Kind, PostNeed, PostRow
from common.catalogue_words import heads, post_parts
from common.text import key


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the table as written, and what has to stand in the post for it."""

    written: str
    parts: tuple[str, ...]
    whole: bool

    def said_by(self, text: str) -> bool:
        if self.whole:
            return text == self.parts[0]
        return all(part in text for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Rule:
    need: PostNeed
    words: tuple[_Word, ...]
    not_words: tuple[str, ...]

    def words_in(self, post: str, jobs: list[str]) -> tuple[str, ...]:
        """Give the words of this rule that the post says, as the table writes them."""
        live = [job for job in jobs if not any(word in job for word in self.not_words)]
        return tuple(
            word.written
            for word in self.words
            if any(word.said_by(text) for text in ((post,) if word.whole else live))
        )


class PostRules:
    """The rows of posts.csv, ready to be asked."""

    def __init__(self, rows: tuple[PostRow, ...]) -> None:
        self._rules = tuple(_rule(row, row.needs) for row in rows if row.needs is not None)
        self._idle = tuple(key(word) for row in rows if row.needs is None for word in row.words)

    def needs(self, post: str) -> tuple[PostNeed, ...]:
        """Give a need for each row that applies, in table order, with the words that say so."""
        whole = key(post)
        parts = post_parts(post)
        jobs = [key(part) for part in parts]
        working = [key(part) for part in parts if not self._idles(part)]
        found = []
        for rule in self._rules:
            said = rule.words_in(whole, jobs if rule.need.kind is Kind.SAFETY else working)
            if said:
                need = rule.need
                found.append(
                    PostNeed(
                        need.kind, said, need.items, need.categories, need.confidence, need.basis, need.note
                    )
                )
        return tuple(found)

    def _idles(self, part: str) -> bool:
        """Say whether a job does no certified work: its name ends on a word such as 文员."""
        return any(head.endswith(self._idle) for head in heads(part))


def _rule(row: PostRow, kind: Kind) -> _Rule:
    need = PostNeed(kind, (), row.items, row.categories, row.confidence, row.basis, row.note)
    return _Rule(need, tuple(map(_word, row.words)), tuple(map(key, row.not_words)))


def _word(written: str) -> _Word:
    bare = written.removeprefix("=")
    return _Word(bare, tuple(key(part) for part in bare.split("+")), whole=bare != written)
