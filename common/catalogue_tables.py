"""Reading and validating the tables of data/catalogue.

Every fault is a DataError that names the file, the row as the file shows it (the header is row 1)
and the field, so that whoever edits a table finds the cell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from common.catalogue_records import (
    Alias,
    Category,
    Confidence,
    Industry,
    Issuer,
    ItemEntry,
    ItemStatus,
    Kind,
    KindWord,
    OtherBody,
    PostRow,
    Tables,
)
from common.catalogue_rows import Row, read_rows
from common.errors import DataError
from common.text import key

_COLUMNS = {
    "categories.csv": "code category status issuer confidence basis note",
    "items.csv": "kind category_code category item_code item status variant_of valid_from valid_to basis"
    " basis_to carried_over issuer confidence education note",
    "aliases.csv": "alias item category certain note",
    "other_bodies.csv": "item aliases parts certificate issuer where_to_check confusion confidence source",
    "issuers.csv": "words not_words whose managers workers note",
    "kinds.csv": "word kind match certain note",
    "posts.csv": "words not_words needs items categories confidence basis basis_to note",
    "industries.csv": "name words assessed assessor basis confidence note",
}
_EDUCATION = ("junior_secondary", "senior_secondary", "")
_ORDERS = re.compile(r"\{([^{}]+)\}")
_Record = TypeVar("_Record")


def read_tables(folder: Path) -> Tables:
    """Read all tables of a folder and check each by itself and against the others."""
    categories = _table(folder, "categories.csv", _category)
    names = {category.name for category in categories}
    items = _table(folder, "items.csv", lambda row: _item(row, names))
    _check_items(folder / "items.csv", items)
    by_name = {item.name: item for item in items}
    bodies = _table(folder, "other_bodies.csv", _other_body)
    known = {Kind.SPECIAL: set(by_name), Kind.OTHER: {body.item for body in bodies}}
    tables = Tables(
        categories=categories,
        items=items,
        aliases=_table(folder, "aliases.csv", lambda row: _alias(row, by_name, names)),
        other_bodies=bodies,
        issuers=_table(folder, "issuers.csv", lambda row: _issuer(row, {"", *known[Kind.OTHER]})),
        kinds=_table(folder, "kinds.csv", _kind_word),
        posts=_table(folder, "posts.csv", lambda row: _post(row, known, names)),
        industries=_table(folder, "industries.csv", _industry),
    )
    _unique(folder / "categories.csv", "category", ((c.name,) for c in tables.categories))
    _unique(folder / "items.csv", "item", ((item.name,) for item in tables.items))
    _unique(folder / "aliases.csv", "alias", (in_all_orders(alias.alias) for alias in tables.aliases))
    _unique(folder / "other_bodies.csv", "aliases", ((b.item, *b.aliases) for b in tables.other_bodies))
    _unique(folder / "kinds.csv", "word", ((word.word,) for word in tables.kinds))
    _unique(folder / "industries.csv", "words", (industry.words for industry in tables.industries))
    _check_apart(folder / "other_bodies.csv", tables)
    return tables


def in_all_orders(pattern: str) -> tuple[str, ...]:
    """Give the texts of an alias: the words in braces, 高处{安装、维护、拆除}作业, in every order."""
    match = _ORDERS.search(pattern)
    if match is None:
        return (pattern,)
    orders = itertools.permutations(match.group(1).split("、"))
    return tuple(pattern[: match.start()] + "".join(order) + pattern[match.end() :] for order in orders)


def _table(folder: Path, name: str, build: Callable[[Row], _Record]) -> tuple[_Record, ...]:
    return tuple(build(row) for row in read_rows(folder / name, _COLUMNS[name].split()))


def _unique(path: Path, field: str, groups: Iterable[Iterable[str]]) -> None:
    """Refuse a word that two rows (or one row twice) would answer for."""
    seen: dict[str, int] = {}
    for number, words in enumerate(groups, start=2):
        for word in words:
            if key(word) in seen:
                raise DataError(str(path), f"“{word}”与第 {seen[key(word)]} 行重复", row=number, field=field)
            seen[key(word)] = number


def _category(row: Row) -> Category:
    return Category(
        row.optional("code"), row.text("category"), row.choice("status", ItemStatus), row.text("issuer"),
        row.choice("confidence", Confidence), row.text("basis"), row.optional("note"),
    )  # fmt: skip


def _item(row: Row, categories: set[str]) -> ItemEntry:
    status = row.choice("status", ItemStatus)
    valid_from, valid_to = row.date("valid_from"), row.date("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        raise row.fault("valid_to", "早于 valid_from")
    if status is ItemStatus.CURRENT and valid_from is None:
        raise row.fault("valid_from", "不能为空")
    # Some names from before 2010 were split over several of today's categories: those have none.
    legacy = ("",) if status is ItemStatus.LEGACY else ()
    return ItemEntry(
        kind=Kind(row.one_of("kind", [Kind.SPECIAL])),
        category_code=row.optional("category_code"),
        category=row.one_of("category", [*sorted(categories), *legacy]),
        code=row.optional("item_code"),
        name=row.text("item"),
        status=status,
        variant_of=row.text("variant_of") if status is ItemStatus.VARIANT else row.one_of("variant_of", [""]),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=row.text("basis"),
        basis_to=row.date("basis_to"),
        carried_over=row.one_of("carried_over", ("unconfirmed", "yes", "no", "")),
        issuer=row.text("issuer"),
        confidence=row.choice("confidence", Confidence),
        education=row.one_of("education", _EDUCATION),
        note=row.optional("note"),
    )


def _check_items(path: Path, items: tuple[ItemEntry, ...]) -> None:
    """Refuse a variant of an item that does not exist, or that is no directory item of its category."""
    current = {item.name: item.category for item in items if item.status is ItemStatus.CURRENT}
    for number, item in enumerate(items, start=2):
        if item.variant_of and current.get(item.variant_of) != item.category:
            raise DataError(str(path), f"同类别中没有“{item.variant_of}”", row=number, field="variant_of")


def _check_apart(path: Path, tables: Tables) -> None:
    """Refuse a word of another body that is a sure name of an emergency-management certificate."""
    ours = {item.name for item in tables.items if item.emergency and item.status is not ItemStatus.LEGACY}
    categories = {category.name for category in tables.categories if category.emergency}
    sure = (alias for alias in tables.aliases if alias.certain and alias.category in categories)
    ours.update(categories, *(in_all_orders(alias.alias) for alias in sure))
    taken = {key(name) for name in ours}
    for number, body in enumerate(tables.other_bodies, start=2):
        for word in (body.item, *body.aliases):
            if key(word) in taken:
                raise DataError(
                    str(path), f"“{word}”也是应急管理部门的项目或别名", row=number, field="aliases"
                )


def _alias(row: Row, items: dict[str, ItemEntry], categories: set[str]) -> Alias:
    item = row.optional("item")
    if item and item not in items:
        raise row.fault("item", f"items.csv 中没有“{item}”")
    allowed = [items[item].category] if item else sorted(categories)
    return Alias(
        row.text("alias"), item, row.one_of("category", allowed), row.yes("certain"), row.optional("note")
    )


def _other_body(row: Row) -> OtherBody:
    return OtherBody(
        row.text("item"), row.words("aliases"), row.words("parts"), row.text("certificate"),
        row.text("issuer"), row.text("where_to_check"), row.text("confusion"),
        row.choice("confidence", Confidence), row.text("source"),
    )  # fmt: skip


def _issuer(row: Row, bodies: set[str]) -> Issuer:
    row.text("words")
    return Issuer(
        row.words("words"), row.words("not_words"), row.one_of("whose", ("emergency", "other")) == "emergency",
        row.one_of("managers", sorted(bodies)), row.one_of("workers", sorted(bodies)),
    )  # fmt: skip


def _kind_word(row: Row) -> KindWord:
    part = row.one_of("match", ("whole", "part")) == "part"
    word, kind = row.text("word"), row.choice("kind", Kind)
    return KindWord(word, kind, part, row.yes("certain"), row.optional("note"))


def _post(row: Row, items: dict[Kind, set[str]], categories: set[str]) -> PostRow:
    needs = row.one_of("needs", [Kind.SPECIAL, Kind.SAFETY, Kind.OTHER, "none"])
    kind = None if needs == "none" else Kind(needs)
    named = items.get(kind, set()) if kind else set()
    covering = row.words("items"), row.words("categories")
    for field, names, known in zip(("items", "categories"), covering, (named, categories), strict=True):
        for name in names:
            if name not in known:
                raise row.fault(field, f"表中没有“{name}”")
    if (kind in items) != any(covering):
        raise row.fault("items", "special 与 other 必须写明项目或类别，其他不得写")
    row.text("words")
    return PostRow(
        row.words("words"), row.words("not_words"), kind, *covering,
        row.choice("confidence", Confidence), row.text("basis"), row.date("basis_to"), row.optional("note"),
    )  # fmt: skip


def _industry(row: Row) -> Industry:
    assessed = row.one_of("assessed", ("emergency", "other", "none", "unclear"))
    assessor = row.one_of("assessor", [""]) if assessed == "none" else row.text("assessor")
    row.text("words")
    return Industry(
        row.text("name"), row.words("words"), None if assessed == "unclear" else assessed == "emergency",
        assessor, row.text("basis"),
        row.choice("confidence", Confidence), row.optional("note"),
    )  # fmt: skip
