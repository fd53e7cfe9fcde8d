"""What a rule may know besides its entry: the date, the rule packs, the tables, the whole list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from certcheck.asked_name import holder_key
from certcheck.model import Claim, Entry, Person, Source
from certcheck.photos.records import NO_PHOTOS, Photos
from certcheck.rules import RuleBook
from common.catalogue import Catalogue, Confidence, Kind, PostNeed
from common.text import key

ClaimKey = tuple[str, ...]

_TOO_WEAK = (Confidence.LOW, Confidence.OWN)


class Roll:
    """The list seen across rows: who claims what, under which names, and where first.

    A list may have a million rows, so what is kept of one is little: certificates that read alike are
    one object, and names are kept apart only where they differ.
    """

    def __init__(self) -> None:
        self._name: dict[str, str] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._first: dict[ClaimKey, Source] = {}
        self._without: set[str] = set()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Roll:
        """Index a list by person."""
        roll = cls()
        for entry in entries:
            roll.add(entry)
        return roll

    def add(self, entry: Entry) -> None:
        """Take one more entry of the list into account; names and duplicates only where there is a number."""
        person, claim = entry.person, entry.claim
        number = person.number
        if number and person.name:
            self._add_name(number, person.name)
        if claim is not None:
            holder = holder_of(entry)
            self._claims[holder] = (*self._claims.get(holder, ()), claim.alike or claim)
            if number:
                self._first.setdefault(self._certificate(person, claim), entry.source)
        else:
            self._without.add(holder_of(entry))

    @property
    def people(self) -> int:
        """Count the people of the list, whether on one row or on several (``holder_of``); two names are two people."""
        renamed = sum(len(names) - 1 for names in self._names.values())
        return len(self._claims) + len(self._without - self._claims.keys()) + renamed

    def _add_name(self, number: str, name: str) -> None:
        first = self._name.setdefault(number, name)
        if first is not name and holder_key(first) != holder_key(name):
            names = self._names.setdefault(number, {holder_key(first): first})
            names.setdefault(holder_key(name), name)

    def names_of(self, person: Person) -> tuple[str, ...]:
        """Give the different names under which a person's number stands; () where there is one."""
        return tuple(self._names.get(person.number, {}).values()) if person.number else ()

    def has_number(self, number: str) -> bool:
        """Say whether somebody with this number, and a name, is on the list."""
        return number in self._name

    def names_another(self, name: str, number: str) -> bool:
        """Say whether somebody of this name stands on the list under another number."""
        sought = holder_key(name)
        return any(
            holder_key(known) == sought for other, known in self._name.items() if other != number
        ) or any(sought in known for other, known in self._names.items() if other != number)

    def claims_of(self, entry: Entry) -> tuple[Claim, ...]:
        """Give every claim of the entry's person in the list; their certificate numbers may be left out."""
        return self._claims.get(holder_of(entry), ())

    def first_of(self, person: Person, claim: Claim) -> Source:
        """Say where a claim of a person with a number stands first."""
        return self._first[self._certificate(person, claim)]

    def _certificate(self, person: Person, claim: Claim) -> ClaimKey:
        """Tell certificates under one number apart by their holders' names, where it has several."""
        same, name, first = claim_key(person, claim), person.name, self._name.get(person.number, "")
        if name in ("", first) or holder_key(name) == holder_key(first):
            return same
        return *same, f"name {holder_key(name)}"


def holder_of(entry: Entry) -> str:
    """Give what joins the certificates of a person: the number, else the name, else the row alone.

    Without a number, namesakes share their certificates: the doubt is to nobody's harm.
    """
    person, source = entry.person, entry.source
    if person.number or person.name:
        return person.number or f"name {holder_key(person.name)}"
    return f"row {source.part} {source.sheet} {source.row}"


def claim_key(person: Person, claim: Claim) -> ClaimKey:
    """Give what makes two claims the same certificate: person, kind, item.

    A safety-knowledge certificate is one for a person type and an industry; where nothing says what
    a certificate is for, only the same dates make it the same. Of two items that say a category each
    (焊工/电工), the words are those of the cell, and the category tells them apart.
    """
    what = key(claim.item or claim.category or "")
    if claim.match is not None and not claim.match.item:
        what += key(claim.match.category)
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
    remembered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What ``offline.alike`` has worked out already."""
    photos: Photos = NO_PHOTOS

    def needs(self, entry: Entry, *kinds: Kind) -> tuple[PostNeed, ...]:
        """Give what the post of an entry needs; a doubtful reading of a post accuses nobody."""
        return tuple(
            self._dated(need)
            for need in self.catalogue.needs_of_post(entry.person.post)
            if need.kind in kinds and need.confidence not in _TOO_WEAK
        )

    def doubtful_needs(self, entry: Entry) -> tuple[PostNeed, ...]:
        """Give what the post of an entry may need, by readings too weak to accuse anybody."""
        found = self.catalogue.needs_of_post(entry.person.post)
        return tuple(self._dated(need) for need in found if need.confidence in _TOO_WEAK)

    def _dated(self, need: PostNeed) -> PostNeed:
        """Name what a need rests on on the checking date: the directory of special operations was replaced."""
        if need.basis_to is None or self.as_of <= need.basis_to:
            return need
        order, directory = self.rules.at("special", self.as_of), self.rules.at("directory", self.as_of)
        now = f"{order.basis('certificate_needed')}；{directory.basis('items_named')}；原依据：{need.basis}"
        return replace(need, basis=now)
