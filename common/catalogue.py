"""The reference tables as questions: which item, whose certificate, what does a post need.

``load_catalogue()`` reads and validates data/catalogue; the ``Catalogue`` it gives never changes and
answers from dictionaries, with a cache for the texts a long list repeats. Matching never guesses:
None, "" and ``certain=False`` say how far the words of a cell carry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from common import catalogue_words as words
from common.catalogue_index import index_bodies, index_items, issuer_named
from common.catalogue_posts import PostRules
from common.catalogue_records import (
    SAFETY,
    SPECIAL,
    Category,
    Confidence,
    Industry,
    Issuer,
    ItemEntry,
    ItemMatch,
    ItemStatus,
    Kind,
    KindMatch,
    OtherBody,
    PostNeed,
    Tables,
)
from common.catalogue_tables import read_tables
from common.resources import DATA
from common.text import key

__all__ = [
    "SAFETY", "SPECIAL", "Catalogue", "Category", "Confidence", "Industry", "Issuer", "ItemEntry", "ItemMatch",
    "ItemStatus", "Kind", "KindMatch", "OtherBody", "PostNeed", "Tables", "load_catalogue",
]  # fmt: skip

_CACHED_TEXTS = 65_536
_MOST_ATOMS = 12
_ORDER = {Kind.OTHER: 0, Kind.TRAINING: 1}
_Match = TypeVar("_Match")


def load_catalogue() -> Catalogue:
    """Read and validate data/catalogue; a fault is a DataError with file, row and field."""
    return Catalogue(read_tables(DATA / "catalogue"))


class Catalogue:
    """The reference tables, indexed for look-up; nothing of them changes after construction.

    Parameters
    ----------
    tables
        Validated tables, as ``read_tables`` gives them.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._exact, self._cores = index_items(tables)
        self._bodies, self._body_parts = index_bodies(tables)
        self._kinds = {words.joined(word.word): word for word in reversed(tables.kinds)}
        # Another body's words go first: 建筑施工特种作业操作证 also holds 特种作业操作证; then training papers'.
        self._kind_parts = sorted(
            ((words.joined(word.word), word) for word in tables.kinds if word.part),
            key=lambda pair: (_ORDER.get(pair[1].kind, len(_ORDER)), -len(pair[0])),
        )
        self._industries = sorted(
            (
                ([key(part) for part in word.split("+")], industry)
                for industry in tables.industries
                for word in industry.words
            ),
            key=lambda pair: -sum(map(len, pair[0])),
        )
        self._category_of = {item.name: item.category for item in tables.items}
        self._item = lru_cache(_CACHED_TEXTS)(self._find_item)
        self._items = lru_cache(_CACHED_TEXTS)(self._find_items)
        self._certificates = lru_cache(_CACHED_TEXTS)(self._find_certificates)
        self._body = lru_cache(_CACHED_TEXTS)(self._find_body)
        self._kind = lru_cache(_CACHED_TEXTS)(self._find_kind)
        self._own_posts: dict[str, tuple[PostNeed, ...]] = {}
        self._needs = lru_cache(_CACHED_TEXTS)(PostRules(tables.posts).needs)

    def match_item(self, text: str) -> ItemMatch | None:
        """Give the one item or category that a cell names; None where it names none, or several.

        Spelling does not count: width, punctuation, 作业 and 证, the directory's number, the order
        of 安装、维护、拆除, and a category beside its own item. An item under another category's
        name is not matched, for the cell contradicts itself.
        """
        return self._item(text)

    def split_items(self, text: str) -> tuple[ItemMatch, ...]:
        """Give the items of a cell in written order, each once.

        One where the whole is one item; several where the whole cell consists of known ones,
        joined by 、，,;；/+和及, blanks or new lines; () where any of it is unknown.
        """
        return self._items(text)

    def match_other_body(self, text: str) -> OtherBody | None:
        """Give the other body's certificate that a cell names; coal mines' items are among them."""
        return self._body(text)

    def certificates_in(self, text: str) -> tuple[ItemMatch | OtherBody, ...]:
        """Give what ``split_items`` gives, and other bodies' certificates among them (低压电工、叉车).

        Coal mines' items are ItemMatch here too; their ``emergency`` is False.
        """
        return self._certificates(text)

    def match_kind(self, text: str) -> KindMatch | None:
        """Give the kind of certificate a cell names, also where it names an item instead."""
        return self._kind(text)

    def issuer(self, text: str) -> Issuer | None:
        """Give whose department a cell names as the issuer; schools and companies are none."""
        return issuer_named(self.tables, text)

    def body(self, item: str) -> OtherBody | None:
        """Give the row of other_bodies.csv of this name; None for ""."""
        return self._bodies.get(key(item))

    def needs_of_post(self, post: str) -> tuple[PostNeed, ...]:
        """Give what a post needs, one need for each row of posts.csv that applies; () for none.

        A post in the enterprise's own table (``use_own_posts``) is judged by that alone.
        """
        own = self._own_posts.get(key(post)) if self._own_posts else None
        return self._needs(post) if own is None else own

    def use_own_posts(self, table: Mapping[str, tuple[PostNeed, ...]]) -> None:
        """Judge the posts of an enterprise's own table by it (``common.own_posts``)."""
        self._own_posts = dict(table)

    def covers(self, need: PostNeed, match: ItemMatch | OtherBody) -> bool:
        """Say whether a certificate may cover what a post needs.

        A variant covers what its directory item covers. A cell that names a category only gets the
        benefit of the doubt: it covers what any item of that category would.
        """
        if isinstance(match, OtherBody):
            return need.kind is Kind.OTHER and match.item in need.items
        if match.item in need.items or match.category in need.categories:
            return True
        if match.entry is not None:
            return match.entry.variant_of in need.items
        return any(self._category_of.get(item) == match.category for item in need.items)

    def industry(self, text: str) -> Industry | None:
        """Give the industry a cell names, by its longest known word."""
        said = key(text)
        return next(
            (found for parts, found in self._industries if all(words.has_part(said, part) for part in parts)),
            None,
        )

    def _find_item(self, text: str) -> ItemMatch | None:
        for written in (text, words.without_codes(text)):
            found = self._exact.get(key(written)) or self._cores.get(words.loose(written))
            if found:
                return found
        core = words.loose(words.without_codes(text))
        return next(
            (both for left, right in words.cuts(core) if (both := self._same(left, right)) is not None), None
        )

    def _same(self, left: str, right: str) -> ItemMatch | None:
        """Give what two halves of a cell say together: a category and its item, or one thing twice."""
        one, other = self._cores.get(left), self._cores.get(right)
        if one is None or other is None or one.category != other.category:
            return None
        if one.item in ("", one.category) or (other.entry is not None and other.entry.variant_of == one.item):
            return other
        if other.item in ("", other.category) or one.item == other.item:
            return one
        return one if one.entry is not None and one.entry.variant_of == other.item else None

    def _find_items(self, text: str) -> tuple[ItemMatch, ...]:
        found = _split(text, self.match_item)
        exact = {match.category for match in found if match.item}
        return tuple(dict.fromkeys(match for match in found if match.item or match.category not in exact))

    def _find_certificates(self, text: str) -> tuple[ItemMatch | OtherBody, ...]:
        return self.split_items(text) or tuple(
            dict.fromkeys(_split(text, lambda part: self.match_item(part) or self._named_body(part)))
        )

    def _named_body(self, text: str) -> OtherBody | None:
        for written in (text, words.without_codes(text), words.without_letters(text)):
            found = self._bodies.get(key(written)) or self._bodies.get(words.loose(written))
            if found:
                return found
        return None

    def _find_body(self, text: str) -> OtherBody | None:
        found = self._named_body(text)
        if found or len(self.certificates_in(text)) > 1:
            return found
        said = key(text)
        told = (body for parts, body in self._body_parts if all(words.has_part(said, one) for one in parts))
        return next(told, None)

    def _find_kind(self, text: str) -> KindMatch | None:
        said = words.joined(text)
        word = self._kinds.get(said) or next(
            (word for part, word in self._kind_parts if words.has_part(said, part)), None
        )
        unsure = word is not None and word.kind is Kind.SAFETY and not word.certain
        if word is not None and not unsure:
            return KindMatch(word.kind, word.word, word.certain)
        item = self.match_item(text)
        if item is not None and item.emergency:
            return KindMatch(Kind.SPECIAL, item.item or item.category, item.certain)
        body = self.match_other_body(text)
        if body is not None:
            return KindMatch(Kind.OTHER, body.item, certain=True)
        return KindMatch(word.kind, word.word, word.certain) if word is not None else None


def _split(text: str, match: Callable[[str], _Match | None]) -> list[_Match]:
    """Join the neighbouring words of a cell to the fewest known things that use up all of them."""
    whole = match(text)
    if whole is not None:
        return [whole]
    atoms = words.atoms(text)
    if not 1 < len(atoms) <= _MOST_ATOMS:
        return []
    best: list[list[_Match] | None] = [[]]
    for end in range(1, len(atoms) + 1):
        ways: list[list[_Match]] = []
        for start, before in enumerate(best):
            found = match("".join(atoms[start:end])) if before is not None else None
            if before is not None and found is not None:
                ways.append([*before, found])
        best.append(min(ways, key=len, default=None))
    return best[-1] or []
