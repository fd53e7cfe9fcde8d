"""What depends on a certificate alone is worked out once for all certificates that read alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from certcheck.model import Entry
from certcheck.offline.context import Context

T = TypeVar("T")

_MOST_REMEMBERED = 1 << 16


def once_for_alike(
    work: Callable[[Entry, Context], Iterable[T]],
) -> Callable[[Entry, Context], tuple[T, ...]]:
    """Remember what ``work`` gives for the certificates of a long list that read alike.

    Only for work that looks at the claim without its number, the findings of reading it, the checking
    date and the rules, never at the person or the rest of the list.
    """

    @wraps(work)
    def remembered(entry: Entry, context: Context) -> tuple[T, ...]:
        alike = entry.claim.alike if entry.claim is not None else None
        if alike is None:
            return tuple(work(entry, context))
        place = (work, id(alike))
        known = context.remembered.get(place)
        if known is None:
            if len(context.remembered) >= _MOST_REMEMBERED:
                context.remembered.clear()
            # the claim is held beside its result, so that no other claim gets the same id
            known = context.remembered[place] = (alike, tuple(work(entry, context)))
        return known[1]

    return remembered
