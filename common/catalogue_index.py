"""Dictionaries from written words to rows of the reference tables."""

from __future__ import annotations

from collections.abc import Iterator

from common.catalogue_records import Issuer, ItemMatch, ItemStatus, OtherBody, Tables
from common.catalogue_tables import in_all_orders
from common.catalogue_words import loose
from common.text import key


def index_items(tables: Tables) -> tuple[dict[str, ItemMatch], dict[str, ItemMatch]]:
    """Index every name and alias of an item or category, exactly and by its core.

    The order decides where two rows share a core: today's names, what people write, categories,
    and last the names from before 2010.
    """
    named = [*_named(tables)]
    exact: dict[str, ItemMatch] = {}
    cores: dict[str, ItemMatch] = {}
    for name, match in named:
        exact.setdefault(key(name), match)
    for name, match in named:
        cores.setdefault(loose(name), match)
    cores.pop("", None)
    return exact, cores


def _named(tables: Tables) -> Iterator[tuple[str, ItemMatch]]:
    items = {
        entry.name: ItemMatch(
            entry.name, entry.category, entry.status, certain=True, entry=entry, emergency=entry.emergency
        )
        for entry in tables.items
    }
    categories = {
        category.name: ItemMatch(
            "", category.name, category.status, certain=True, entry=None, emergency=category.emergency
        )
        for category in tables.categories
    }
    for name, match in items.items():
        if match.status is not ItemStatus.LEGACY:
            yield name, match
    for alias in tables.aliases:
        match = items[alias.item] if alias.item else categories[alias.category]
        for name in in_all_orders(alias.alias):
            yield name, _as_sure(match, certain=alias.certain)
    yield from categories.items()
    for name, match in items.items():
        if match.status is ItemStatus.LEGACY:
            yield name, match


def _as_sure(match: ItemMatch, *, certain: bool) -> ItemMatch:
    return ItemMatch(
        match.item,
        match.category,
        match.status,
        certain=certain,
        entry=match.entry,
        emergency=match.emergency,
    )


def index_bodies(tables: Tables) -> tuple[dict[str, OtherBody], list[tuple[tuple[str, ...], OtherBody]]]:
    """Index other bodies' certificates by word, and their parts, the longest first; ``a+b`` wants both."""
    found: dict[str, OtherBody] = {}
    for body in tables.other_bodies:
        for word in (body.item, *body.aliases):
            found[key(word)] = body
    for body in tables.other_bodies:
        for word in (body.item, *body.aliases):
            core = loose(word)
            if len(core) > 1:  # one letter or character is a code, and counts only as it is written
                found.setdefault(core, body)
    parts = [
        (tuple(key(word) for word in part.split("+")), body)
        for body in tables.other_bodies
        for part in body.parts
    ]
    return found, sorted(parts, key=lambda pair: -sum(map(len, pair[0])))


def issuer_named(tables: Tables, text: str) -> Issuer | None:
    """Give the first row of issuers.csv that a cell names, unless it names a school or a company as well."""
    said = key(text)
    named = (one for one in tables.issuers if any(key(word) in said for word in one.words))
    return next((one for one in named if not any(key(word) in said for word in one.not_words)), None)
