"""The certificates that the cells of one row claim: those that are held, with what is said of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from certcheck.staff_list.columns import HINT, TICK
from certcheck.staff_list.feet import names_certificate
from certcheck.staff_list.headers import Headers
from common.sheets import CellValue


def complete(
    claims: Mapping[int, dict[str, CellValue]],
    shared: Mapping[str, CellValue],
    unsure: Mapping[str, CellValue],
    headers: Headers,
) -> dict[int, dict[str, CellValue]]:
    """Give the certificates that are held, each with what is said of all; what is unsure is told once a row."""
    held = {group: claim for group, claim in claims.items() if not _only_pending(claim, headers)}
    if not held and names_certificate(shared) and not _only_pending(shared, headers):
        held[0] = {}
    whole = {group: _with_doubt({**shared, **claim}, headers) for group, claim in held.items()}
    if unsure and whole:
        whole[min(whole)].update(unsure)
    return whole


def _only_pending(claim: Mapping[str, CellValue], headers: Headers) -> bool:
    """Say whether all that is stated of a certificate is that there is none yet: 培训中, 待办."""
    pending = False
    for name, value in claim.items():
        if name != HINT:
            if not headers.held.is_pending(value):
                return False
            pending = True
    return pending


def _with_doubt(claim: dict[str, CellValue], headers: Headers) -> dict[str, CellValue]:
    """Put 办理中 and 有 that stand for the kind of a certificate where they are told: they name none."""
    if "kind" not in claim:
        return claim
    if headers.held.is_pending(claim["kind"]):
        claim.setdefault("held", claim.pop("kind"))
    elif headers.held.says_yes(claim["kind"]):
        claim[TICK] = claim.pop("kind")
    return claim
