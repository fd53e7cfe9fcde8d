"""Which kind of certificate a claim is of, and whose: from its own words, then its issuer, its item, its number."""

from __future__ import annotations

from dataclasses import replace

from certcheck.model import Claim
from common.catalogue import Catalogue, Issuer, ItemStatus, Kind, KindMatch, OtherBody


def with_kind(claim: Claim, catalogue: Catalogue, *, manager: bool) -> Claim:
    """Give a claim with its kind, as far as anything says which; words that nobody knows say none.

    A manager's certificate of which a number or a date is stated, and no kind and no item, is the
    safety-knowledge certificate.
    """
    stated_kind = catalogue.match_kind(claim.kind_written) if claim.kind_written else None
    if claim.item_written is None and claim.category:
        match = catalogue.match_item(claim.category)
        if match is not None:
            claim = replace(claim, match=match, category=match.category or claim.category)
    other = _other_body(claim, catalogue, stated_kind)
    if other is not None:
        return replace(claim, kind=Kind.OTHER, other=other, match=None)
    issuer = catalogue.issuer(claim.issuer) if claim.issuer else None
    ours = issuer is not None and issuer.emergency
    numbered = (claim.certificate_number or "").startswith("T")
    said, doubtful = stated_kind.kind if stated_kind is not None else None, is_of_several(stated_kind)
    if said is Kind.TRAINING and not numbered:
        return replace(claim, kind=Kind.TRAINING, certain=not ours)
    if issuer is not None and not ours and not numbered and not _surely_ours(claim):
        managers = manager or doubtful or said is Kind.SAFETY
        return _issued_elsewhere(claim, catalogue, issuer, managers=managers, workers=said is Kind.SPECIAL)
    if said is not None and said is not Kind.TRAINING and not doubtful:
        return replace(claim, kind=said)
    if claim.match is not None or numbered:
        return replace(claim, kind=Kind.SPECIAL)
    if doubtful and not ours:
        return replace(
            claim, kind=Kind.OTHER, other=catalogue.match_other_body(claim.kind_written), certain=False
        )
    unnamed = not claim.kind_written and claim.states_something
    if doubtful or (manager and not claim.item_written and (ours or unnamed)):
        return replace(claim, kind=Kind.SAFETY)
    return claim


def _surely_ours(claim: Claim) -> bool:
    """Say whether the item is surely one of emergency management's, whoever is written as the issuer."""
    return claim.match is not None and claim.match.certain and claim.match.emergency


def _issued_elsewhere(
    claim: Claim, catalogue: Catalogue, issuer: Issuer, *, managers: bool, workers: bool
) -> Claim:
    """Give the certificate to its issuer: which one it is, is not told where nothing says whom it is for."""
    of_managers = issuer.managers if managers else ""
    named = issuer.workers if claim.item_written or workers else of_managers
    return replace(claim, kind=Kind.OTHER, other=catalogue.body(named), match=None)


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
    told = stated_kind is not None and (not stated_kind.certain or stated_kind.kind is Kind.SAFETY)
    words = (claim.item_written, claim.category, None if told else claim.kind_written)
    return next((found for word in words if word and (found := catalogue.match_other_body(word))), None)


def is_of_several(kind: KindMatch | None) -> bool:
    """Say whether a kind's words are used by several bodies."""
    return kind is not None and kind.kind is Kind.OTHER and not kind.certain
