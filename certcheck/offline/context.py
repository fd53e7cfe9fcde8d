"""What a rule may know besides its entry: the date, the rule packs, the tables, the whole list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from certcheck.model import Claim, Entry, Source
from certcheck.rules import RuleBook
from common.catalogue import Catalogue, Confidence, Kind, PostNeed
from common.text import key, name_key

ClaimKey = tuple[str, str, str]

_TOO_WEAK = (Confidence.LOW, Confidence.OWN)


@dataclass
class Roll:
    """The list seen across rows: who claims what, under which names, and where first."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    first: dict[ClaimKey, Source] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Roll:
        """Index a list by identity number; rows without a usable number stand alone."""
        roll = cls()
        for entry in entries:
            number = entry.person.number
            if not number:
                continue
            if entry.person.name:
                roll.names.setdefault(number, {}).setdefault(name_key(entry.person.name), entry.person.name)
            if entry.claim is not None:
                roll.claims.setdefault(number, []).append(entry.claim)
                roll.first.setdefault(claim_key(number, entry.claim), entry.source)
        return roll

    def claims_of(self, entry: Entry) -> list[Claim]:
        """Give every claim of the entry's person in the list."""
        if entry.person.number:
            return self.claims.get(entry.person.number, [])
        return [entry.claim] if entry.claim else []


def claim_key(number: str, claim: Claim) -> ClaimKey:
    """Give what makes two claims the same certificate: person, kind, item."""
    return number, claim.kind or claim.kind_written, key(claim.item or claim.category or "")


@dataclass(frozen=True)
class Context:
    """The arguments shared by all rules of a run."""

    as_of: dt.date
    rules: RuleBook
    catalogue: Catalogue
    roll: Roll

    def needs(self, entry: Entry, *kinds: Kind) -> tuple[PostNeed, ...]:
        """Give what the post of an entry needs; a doubtful reading of a post accuses nobody."""
        found = self.catalogue.needs_of_post(entry.person.post)
        return tuple(need for need in found if need.kind in kinds and need.confidence not in _TOO_WEAK)
