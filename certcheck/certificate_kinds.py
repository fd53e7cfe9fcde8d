"""Which kind of certificate a claim is of, and whose: from its own words, then its item, then its number."""

from __future__ import annotations

from dataclasses import replace

from certcheck.model import Claim
from common.catalogue import Catalogue, ItemStatus, Kind, KindMatch, OtherBody


def with_kind(claim: Claim, catalogue: Catalogue, *, manager: bool) -> Claim:
    """Give a claim with its kind, as far as anything says which."""
    stated_kind = catalogue.match_kind(claim.kind_written) if claim.kind_written else None
    if claim.item_written is None and claim.category:
        match = catalogue.match_item(claim.category)
        if match is not None:
            claim = replace(claim, match=match, category=match.category or claim.category)
    other = _other_body(claim, catalogue, stated_kind)
    if other is not None:
        return replace(claim, kind=Kind.OTHER, other=other, match=None)
    doubtful = is_of_several(stated_kind)
    if stated_kind is not None and not doubtful:
        return replace(claim, kind=stated_kind.kind)
    if claim.match is not None or (claim.certificate_number or "").startswith("T"):
        return replace(claim, kind=Kind.SPECIAL)
    if doubtful:
        return replace(claim, kind=Kind.OTHER, certain=False)
    if manager and not claim.item_written:
        return replace(claim, kind=Kind.SAFETY)
    return claim


def _other_body(claim: Claim, catalogue: Catalogue, stated_kind: KindMatch | None) -> OtherBody | None:
    """Give the other body whose certificate this is; a stated kind goes before the item's words."""
    if stated_kind is not None and stated_kind.kind is Kind.OTHER and stated_kind.certain:
        found = catalogue.match_other_body(claim.kind_written)
        if found is not None:
            return found
    if claim.other is not None:
        return claim.other
    if claim.match is not None and claim.match.emergency and claim.match.status is not ItemStatus.LEGACY:
        return None
    doubtful = stated_kind is not None and not stated_kind.certain
    words = (claim.item_written, claim.category, None if doubtful else claim.kind_written)
    return next((found for word in words if word and (found := catalogue.match_other_body(word))), None)


def is_of_several(kind: KindMatch | None) -> bool:
    """Say whether a kind's words are used by several bodies."""
    return kind is not None and kind.kind is Kind.OTHER and not kind.certain
