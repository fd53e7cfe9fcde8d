"""The findings that need no network, in the order of a report; each rule is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from certcheck.model import Entry
from certcheck.offline import age, dates, identity, items, managers, photos, posts, validity
from certcheck.offline.context import Context
from common.finding import Finding

Rule = Callable[[Entry, Context], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    identity.check,
    identity.check_names,
    items.check_duplicate,
    age.check,
    dates.check,
    items.check_item,
    items.check_bare,
    items.check_number,
    posts.check,
    posts.check_other,
    posts.check_doubtful,
    validity.check,
    managers.check_absence,
    managers.check_appointment,
    managers.check_industry,
    managers.check_retraining,
    photos.check,
)


def check(entry: Entry, context: Context) -> tuple[Finding, ...]:
    """Give what was said while reading an entry, and what every rule finds."""
    found = [dates.as_due(entry, one, context) for one in entry.findings]
    for rule in RULES:
        found.extend(rule(entry, context))
    return tuple(found)
