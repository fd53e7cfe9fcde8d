"""Records of the reference tables in data/catalogue, and what a match with them says.

The tables and the meaning of ``confidence`` are described in data/catalogue/README.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SPECIAL = "特种作业操作证"
SAFETY = "安全生产知识和管理能力考核合格证"


class ItemStatus(StrEnum):
    """How an item stands; only the first three are in a directory that is or was law."""

    CURRENT = "current"  # in the directory of 2010 or added in 2018
    VARIANT = "variant"  # an exam system's part of a directory item
    LOCAL = "local"  # one place's own item
    UNCONFIRMED = "unconfirmed"  # said to be in the directory of 2026, which nobody has read yet
    DRAFT = "draft"  # an undated list, never law
    LEGACY = "legacy"  # a name from before 2010-07-01


class Confidence(StrEnum):
    """How far a row can be trusted; ``own`` is general knowledge without a source at hand."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OWN = "own"


class Kind(StrEnum):
    """Kinds of paper: the two subjects of this program, everybody else's, and those that are no certificate."""

    SPECIAL = "special"
    SAFETY = "safety"
    OTHER = "other"
    TRAINING = "training"


_IN_DIRECTORY = frozenset({ItemStatus.CURRENT, ItemStatus.VARIANT, ItemStatus.LOCAL})


@dataclass(frozen=True, slots=True)
class Category:
    """A category of special operations (作业类别), such as 电工作业."""

    code: str
    name: str
    status: ItemStatus
    issuer: str
    confidence: Confidence
    basis: str
    note: str

    @property
    def emergency(self) -> bool:
        """Say whether emergency-management departments issue its certificates."""
        return "应急管理" in self.issuer


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """An item (操作项目, 准操项目) of the catalogue.

    ``valid_from`` and ``valid_to`` bound the name's use. ``basis_to`` is the last day of the legal
    basis named; ``carried_over`` says how the name goes on after it (``unconfirmed``: the directory
    of 2026 was not obtained).
    """

    kind: Kind
    category_code: str
    category: str
    code: str
    name: str
    status: ItemStatus
    variant_of: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    basis: str
    basis_to: dt.date | None
    carried_over: str
    issuer: str
    confidence: Confidence
    education: str
    note: str

    @property
    def emergency(self) -> bool:
        """Say whether emergency-management departments issue its certificates (coal mines: no)."""
        return "应急管理" in self.issuer

    @property
    def in_directory(self) -> bool:
        """Say whether the item is or was law; drafts, hints and pre-2010 names are not."""
        return self.status in _IN_DIRECTORY


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """What a cell says about items.

    ``item`` is the catalogue's name, or "" where the cell names a category only; then ``entry`` is
    None and ``status`` is the category's. ``certain`` is False where the reading is our own.
    """

    item: str
    category: str
    status: ItemStatus
    certain: bool
    entry: ItemEntry | None
    emergency: bool

    @property
    def in_directory(self) -> bool:
        """Say whether what was matched is or was law."""
        return self.status in _IN_DIRECTORY


@dataclass(frozen=True, slots=True)
class Alias:
    """A short form people write; ``item`` is "" where it says the category only."""

    alias: str
    item: str
    category: str
    certain: bool
    note: str


@dataclass(frozen=True, slots=True)
class OtherBody:
    """A certificate of another body, and where a person finds it."""

    item: str
    aliases: tuple[str, ...]
    parts: tuple[str, ...]
    certificate: str
    issuer: str
    where_to_check: str
    confusion: str
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Words of who issued a certificate; ``managers`` and ``workers`` are rows of other_bodies.csv, or ""."""

    words: tuple[str, ...]
    not_words: tuple[str, ...]
    emergency: bool
    managers: str
    workers: str


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of certificate; ``part``: it decides wherever it stands in the cell."""

    word: str
    kind: Kind
    part: bool
    certain: bool
    note: str


@dataclass(frozen=True, slots=True)
class KindMatch:
    """Which kind of certificate a cell names, and the word that says so."""

    kind: Kind
    word: str
    certain: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    """A row of posts.csv; ``needs`` None marks words of people who do no such work at all.

    ``basis_to`` is the last day of the legal basis named, where it has one.
    """

    words: tuple[str, ...]
    not_words: tuple[str, ...]
    needs: Kind | None
    items: tuple[str, ...]
    categories: tuple[str, ...]
    confidence: Confidence
    basis: str
    basis_to: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class PostNeed:
    """A certificate that a post needs, and the words of the post that say so.

    Any of ``items``, or any item of ``categories``, covers it. For ``Kind.OTHER`` the items are
    those of other_bodies.csv; for ``Kind.SAFETY`` both are empty. ``Confidence.LOW`` and ``OWN``
    are too weak to accuse anybody. After ``basis_to`` another basis is in force, if there is one.
    """

    kind: Kind
    words: tuple[str, ...]
    items: tuple[str, ...]
    categories: tuple[str, ...]
    confidence: Confidence
    basis: str
    note: str
    basis_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry and who assesses its managers.

    ``assessed`` is True where emergency-management departments do, None where the word does not tell;
    ``assessor`` is the body that does, or "" where nobody has to.
    """

    name: str
    words: tuple[str, ...]
    assessed: bool | None
    assessor: str
    basis: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All reference tables, validated, in file order."""

    categories: tuple[Category, ...]
    items: tuple[ItemEntry, ...]
    aliases: tuple[Alias, ...]
    other_bodies: tuple[OtherBody, ...]
    issuers: tuple[Issuer, ...]
    kinds: tuple[KindWord, ...]
    posts: tuple[PostRow, ...]
    industries: tuple[Industry, ...]
