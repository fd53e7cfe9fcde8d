"""A claim against the registry's answer: which record is meant, and every contradiction to it.

Spelling variants of items compare through the catalogue, dates exactly at the precision both sides
have. Earlier issues (历史数据) are kept apart: they contradict nothing, and confirm nothing. How a
field differs is told by ``differences``; a record is judged by itself, too (``on_record``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from certcheck.answered import SITE, said_by
from certcheck.comparison.differences import (
    agreeing_dates,
    dates_differ,
    is_as_claimed,
    name_differs,
    number_differs,
)
from certcheck.comparison.meant import end_of, in_order, meant
from certcheck.comparison.on_record import begins_later, state_findings
from certcheck.comparison.record_reminders import reminders
from certcheck.comparison.same_item import (
    held_item,
    item_key,
    item_not_named,
    same_category,
    same_item,
    same_person_type,
)
from certcheck.comparison.slips import slip
from certcheck.findings import finding
from certcheck.model import Answer, AnswerState, Claim, Entry, RegistryRecord
from certcheck.offline import age
from certcheck.offline.context import Context
from certcheck.registry.vocabulary import Vocabulary
from common.catalogue import Kind
from common.finding import Finding, Severity
from common.text import key

_SAME_CERTIFICATE = 2  # so many dates alike, and a record of another item is the one that was claimed


def compare(entry: Entry, answer: Answer, context: Context, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Give every finding that follows from an answer to a claim."""
    yield from said_by(answer, entry.person.name, context.as_of)
    if answer.state is AnswerState.FOUND and entry.claim is not None:
        yield from _found(entry, entry.claim, in_order(answer.records), context, vocabulary)


def _found(
    entry: Entry,
    claim: Claim,
    records: Sequence[RegistryRecord],
    context: Context,
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    yield from name_differs(entry, records, context)
    matching = [record for record in records if same_item(entry, claim, record, context)]
    current = [record for record in matching if not record.history]
    yield from _scope(entry, claim, current, context)
    if current:
        record = meant(entry, claim, current, context, vocabulary)
    elif matching:
        yield _history_only(claim, matching)
        record = None
    else:
        record = _miswritten(claim, records)
        yield _other_item(entry, claim, records, record, context)
    if record is None:
        if claim.kind is not Kind.SAFETY:  # one number for all items of a person (DOMAIN section 3)
            yield from number_differs(entry, claim, records, context)
        return
    item = item_key(record, context)
    others = [one for one in records if one is not record and item_key(one, context) == item]
    yield from dates_differ(claim, record, others, context)
    yield from number_differs(entry, claim, [record], context)
    alike = [one for one in others if not one.history and one.valid_to == record.valid_to]
    of_item = item_not_named(claim, record)
    yield from begins_later(record, others, context, of_item)
    states = [*state_findings(record, [record, *alike], context, vocabulary, of_item)]
    yield from states
    if not any(one.severity is Severity.VIOLATION for one in states):
        yield from reminders(entry, record, context, of_item)
    yield from age.check_on_record(entry, record.first_issue, context)


def _history_only(claim: Claim, matching: Sequence[RegistryRecord]) -> Finding:
    latest = max(matching, key=end_of)
    told = f"，最近一次的有效期止 {latest.valid_to}" if latest.valid_to else ""
    if any(is_as_claimed(claim, record) for record in matching):
        told += "；所填日期与历史数据相同"
    return finding(
        "REG-HISTORY-ONLY",
        f"国家平台上所填项目只有历史数据，没有现行有效的证书{told}。",
        basis=SITE,
        field="item",
    )


def _miswritten(claim: Claim, records: Sequence[RegistryRecord]) -> RegistryRecord | None:
    """Give the record that a claim of another item is most likely about, or None.

    That takes an item of no catalogue that is one slip away, or dates that are those of the record.
    """
    current = [record for record in records if not record.history]
    for record in current:
        if _item_slip(claim, record):
            return record
    best = max(current, key=lambda record: agreeing_dates(claim, record), default=None)
    return best if best is not None and agreeing_dates(claim, best) >= _SAME_CERTIFICATE else None


def _item_slip(claim: Claim, record: RegistryRecord) -> str:
    """Say where the hand slipped in an item that no catalogue knows; "" where it did not."""
    if claim.match is not None or not claim.item_written or not record.item:
        return ""
    found = slip(key(claim.item_written), key(record.item))
    return "" if found is None else found.told("字")


def _other_item(
    entry: Entry,
    claim: Claim,
    records: Sequence[RegistryRecord],
    record: RegistryRecord | None,
    context: Context,
) -> Finding:
    safety, other_industry = claim.kind is Kind.SAFETY, _only_industry(entry, claim, records)
    current = _all_held((one for one in records if not one.history), industry=other_industry)
    earlier = _all_held((one for one in records if one.history), industry=other_industry)
    held = "；".join(part for part in (current, f"历史数据有{earlier}" if earlier else "") if part)
    how = f"，没有所填的{'行业类别' if other_industry else '人员类型' if safety else '项目'}"
    if record is not None and (slipped := _item_slip(claim, record)):
        how = f"，与所填项目{slipped}，可能是录入错误"
    elif record is not None:
        how += "；日期与所填相同，可能是项目填错"
    elif not safety and any(same_category(claim, one, context) for one in records if not one.history):
        how += "（同一作业类别的另一项目）"
    return finding(
        "REG-ITEM",
        f"国家平台上此人的证书为{held}{how}。",
        basis=SITE,
        field="industry" if other_industry else "person_type" if safety else "item",
        value=_claimed(entry, claim, industry=other_industry),
        expected=current or earlier,
    )


def _only_industry(entry: Entry, claim: Claim, records: Sequence[RegistryRecord]) -> bool:
    """Say whether a safety-knowledge certificate of the person type is on record, and only the industry is another."""
    own = entry.person.person_type
    return claim.kind is Kind.SAFETY and any(same_person_type(own, one.person_type or "") for one in records)


def _claimed(entry: Entry, claim: Claim, *, industry: bool) -> str | None:
    """Give what a list says that its certificate is for."""
    if claim.kind is Kind.SAFETY:
        return entry.person.industry if industry else entry.person.person_type
    return claim.item_written or claim.item or claim.category


def _all_held(records: Iterable[RegistryRecord], *, industry: bool) -> str:
    held = ((record.industry if industry else None) or held_item(record) for record in records)
    return "、".join(dict.fromkeys(held))


def confirmed(entry: Entry, answer: Answer, context: Context) -> bool:
    """Say whether the registry confirms that a claim exists: a current record of its item.

    A record that shows no item, or no end, contradicts nothing, but confirms nothing either; a claim
    that states neither item nor date nor number holds nothing that could be confirmed.
    """
    return (
        entry.claim is not None
        and entry.claim.states_something
        and answer.state is AnswerState.FOUND
        and any(
            not record.history
            and record.valid_to is not None
            and (entry.claim.kind is Kind.SAFETY or bool(record.item or record.category))
            and same_item(entry, entry.claim, record, context)
            for record in answer.records
        )
    )


def _scope(entry: Entry, claim: Claim, current: list[RegistryRecord], context: Context) -> Iterator[Finding]:
    """Hold the post against the record's items where the list itself does not say the item."""
    if claim.kind is Kind.SAFETY or (claim.match is not None and claim.match.item):
        return
    matches = [context.catalogue.match_item(record.item) for record in current if record.item]
    known = [match for match in matches if match is not None]
    if not known or len(known) < len(current):
        return
    for need in context.needs(entry, Kind.SPECIAL):
        if not any(context.catalogue.covers(need, match) for match in known):
            held = "、".join(dict.fromkeys(match.item or match.category for match in known))
            yield finding(
                "CERT-SCOPE",
                f"岗位“{entry.person.post}”（依据字样：{'、'.join(need.words)}），所填证书没有写明项目；"
                f"国家平台上的项目为{held}，不覆盖该岗位。",
                basis=need.basis,
                field="item",
                value=claim.item_written,
                expected=held,
            )
