"""Is a record of the item that is claimed? Spelling does not count, and what is not stated denies nothing."""

from __future__ import annotations

from certcheck.comparison.same_industry import same_industry
from certcheck.model import Claim, Entry, RegistryRecord
from certcheck.offline.context import Context
from common.catalogue import Kind
from common.text import key


def same_item(entry: Entry, claim: Claim, record: RegistryRecord, context: Context) -> bool:
    """Compare items through the catalogue; what one side does not state cannot contradict."""
    if claim.kind is Kind.SAFETY:
        person = entry.person
        return same_person_type(person.person_type, record.person_type or "") and same_industry(
            person.industry, record.industry or "", context.catalogue
        )
    if not record.item:
        return (
            not record.category
            or claim.category is None
            or _same_words(claim.category, record.category, context)
        )
    if claim.match is not None and not claim.match.item:
        match = context.catalogue.match_item(record.item)
        category = record.category or (match.category if match else "")
        return _same_words(claim.match.category, category, context)
    if claim.item is None:
        return (
            claim.category is None
            or not record.category
            or _same_words(claim.category, record.category, context)
        )
    return _same_words(claim.item, record.item, context)


def same_person_type(claimed: str, shown: str) -> bool:
    """Say whether two person types may be one; words that tell neither deny nothing."""
    own, theirs = _person_class(claimed), _person_class(shown)
    return not own or not theirs or own == theirs


def item_not_named(claim: Claim, record: RegistryRecord) -> str:
    """Give the record's item in brackets where the claim itself names none; "" where it does."""
    if claim.kind is Kind.SAFETY or (claim.item and (claim.match is None or claim.match.item)):
        return ""
    return f"（{held_item(record)}）"


def _person_class(written: str) -> str:
    """Give which of the two kinds of person a safety certificate is for, or "" where words do not tell."""
    words = {"负责人": "主要负责人", "安全生产管理": "管理", "安全管理": "管理", "安管": "管理"}
    classes = {name for word, name in words.items() if word in key(written)}
    return classes.pop() if len(classes) == 1 else ""


def _same_words(first: str, second: str, context: Context) -> bool:
    if key(first) == key(second):
        return True
    one, other = context.catalogue.match_item(first), context.catalogue.match_item(second)
    return one is not None and other is not None and (one.item, one.category) == (other.item, other.category)


def same_category(claim: Claim, record: RegistryRecord, context: Context) -> bool:
    """Say whether a record is of another item of the category that is claimed."""
    match = context.catalogue.match_item(record.item) if record.item else None
    category = match.category if match else record.category or ""
    own = claim.match.category if claim.match else claim.category or ""
    return bool(own) and bool(category) and _same_words(own, category, context)


def held_item(record: RegistryRecord) -> str:
    """Give what a record is a certificate for, as the registry words it."""
    return record.item or record.category or record.person_type or "未显示项目"


def item_key(record: RegistryRecord, context: Context) -> str:
    """Give what is alike for records of one item, however the registry spells it."""
    match = context.catalogue.match_item(record.item) if record.item else None
    return f"{match.category}\x1f{match.item}" if match else key(held_item(record))
