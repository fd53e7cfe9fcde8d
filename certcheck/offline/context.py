"""What a rule may know besides its entry: the date, the rule packs, the tables, the whole list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from certcheck.model import Claim, Entry, Person, Source
from certcheck.photos.records import NO_PHOTOS, Photos
from certcheck.rules import RuleBook
from common.catalogue import Catalogue, Confidence, Kind, PostNeed
from common.text import key, name_key

ClaimKey = tuple[str, ...]

_TOO_WEAK = (Confidence.LOW, Confidence.OWN)


@dataclass
class Roll:
    """The list seen across rows: who claims what, under which names, and where first."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    first: dict[ClaimKey, Source] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Roll:
        """Index a list by person; names and duplicates only where there is a number."""
        roll = cls()
        for entry in entries:
            number = entry.person.number
            if number and entry.person.name:
                roll.names.setdefault(number, {}).setdefault(name_key(entry.person.name), entry.person.name)
            if entry.claim is not None:
                roll.claims.setdefault(_holder(entry), []).append(entry.claim)
                if number:
                    roll.first.setdefault(claim_key(entry.person, entry.claim), entry.source)
        return roll

    def claims_of(self, entry: Entry) -> list[Claim]:
        """Give every claim of the entry's person in the list."""
        return self.claims.get(_holder(entry), [])


def _holder(entry: Entry) -> str:
    """Give what joins the certificates of a person: the number, else the name, else the row alone.

    Without a number, namesakes share their certificates: the doubt is to nobody's harm.
    """
    person, source = entry.person, entry.source
    if person.number or person.name:
        return person.number or f"name {name_key(person.name)}"
    return f"row {source.file} {source.sheet} {source.row}"


def claim_key(person: Person, claim: Claim) -> ClaimKey:
    """Give what makes two claims the same certificate: person, kind, item.

    A safety-knowledge certificate is one for a person type and an industry; where nothing says what
    a certificate is for, only the same dates make it the same.
    """
    what = key(claim.item or claim.category or "")
    more: tuple[str, ...] = ()
    if claim.kind is Kind.SAFETY:
        more = (key(person.person_type), key(person.industry))
    elif not what:
        more = (str(claim.first_issue), str(claim.valid_from), str(claim.valid_to), claim.kind_written)
    return person.number, claim.kind or claim.kind_written, what, *more


@dataclass(frozen=True)
class Context:
    """The arguments shared by all rules of a run."""

    as_of: dt.date
    rules: RuleBook
    catalogue: Catalogue
    roll: Roll
    photos: Photos = NO_PHOTOS

    def needs(self, entry: Entry, *kinds: Kind) -> tuple[PostNeed, ...]:
        """Give what the post of an entry needs; a doubtful reading of a post accuses nobody."""
        found = self.catalogue.needs_of_post(entry.person.post)
        return tuple(need for need in found if need.kind in kinds and need.confidence not in _TOO_WEAK)
