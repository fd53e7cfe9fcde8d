"""Which of a person's records a claim is held against."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from certcheck.comparison.differences import dates_differ, name_differs, number_differs
from certcheck.comparison.on_record import state_findings
from certcheck.comparison.same_item import item_key, same_item
from certcheck.model import Answer, AnswerState, Claim, Entry, RegistryRecord
from certcheck.offline.context import Context
from certcheck.registry.vocabulary import Vocabulary
from common.catalogue import Kind
from common.finding import Severity


def in_order(records: Iterable[RegistryRecord]) -> list[RegistryRecord]:
    """Give records in an order of their own: the order in which the site shows them means nothing."""
    return sorted(records, key=lambda record: str(dataclasses.astuple(record)))


def own_record(
    entry: Entry, answer: Answer, context: Context, vocabulary: Vocabulary
) -> RegistryRecord | None:
    """Give the current record of what is claimed; None where there is none, or it is under another name."""
    claim = entry.claim
    if claim is None or answer.state is not AnswerState.FOUND:
        return None
    records = in_order(answer.records)
    current = [one for one in records if not one.history and same_item(entry, claim, one, context)]
    if not current or any(name_differs(entry, records, context)):
        return None
    return meant(entry, claim, current, context, vocabulary)


def meant(
    entry: Entry, claim: Claim, current: Sequence[RegistryRecord], context: Context, vocabulary: Vocabulary
) -> RegistryRecord:
    """Choose the record a claim is held against: the latest of its item.

    A claim that names no item may mean any of several, and several may end on one day: one that it does not
    contradict is meant, of these one that covers the post, with which nothing is wrong, that ends last.
    """
    ends: dict[str, dt.date] = {}
    for record in current:
        item = item_key(record, context)
        ends[item] = max(end_of(record), ends.get(item, dt.date.min))
    latest = [record for record in current if end_of(record) == ends[item_key(record, context)]]

    if len(latest) == 1:
        return latest[0]

    def doubts(record: RegistryRecord) -> tuple[bool, bool, int, int, int]:
        numbers = number_differs(entry, claim, [record], context)
        contradictions = len([*dates_differ(claim, record, (), context), *numbers])
        states = state_findings(record, [record], context, vocabulary)
        grave = sum(one.severity is Severity.VIOLATION for one in states)
        return (
            contradictions > 0,
            not _covers_post(entry, record, context),
            grave,
            contradictions,
            -end_of(record).toordinal(),
        )

    return min(latest, key=doubts)


def _covers_post(entry: Entry, record: RegistryRecord, context: Context) -> bool:
    match = context.catalogue.match_item(record.item) if record.item else None
    needs = context.needs(entry, Kind.SPECIAL)
    return match is not None and any(context.catalogue.covers(need, match) for need in needs)


def end_of(record: RegistryRecord) -> dt.date:
    """Give the last valid day of a record; one that shows none is before all others."""
    return record.valid_to.last_day() if record.valid_to else dt.date.min
