"""The persons of the staff: what each can do, when they are away, what they are barred from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.duties.posts import EXAMINER, Post, Time


@dataclass(frozen=True, slots=True)
class Barred:
    """What a person may not do on a date: everything, sites, candidates' institutions, candidates."""

    all: bool
    sites: frozenset[str]
    institutions: frozenset[str]
    trainees: frozenset[str]


class Member:
    """A person of the staff, by all ids on it.

    Parameters
    ----------
    entries
        the plan's entries of the person, by staff id.
    sits
        when the person sits as a trainee.
    """

    def __init__(self, entries: Sequence[Mapping[str, Any]], sits: frozenset[Time]) -> None:
        self.entries, self.sits = entries, sits
        self.name: str = entries[0]["person"]
        self.district: str = entries[0]["district"]
        stated = [entry["max_duties"] for entry in entries if entry["max_duties"] is not None]
        self.most: int | None = min(stated) if stated else None
        self._barred: dict[str, Barred] = {}

    def skilled(self, role: str, items: Iterable[str]) -> list[Mapping[str, Any]]:
        """Give the entries that have the role and, of an examiner, one of the items."""
        return [
            entry
            for entry in self.entries
            if role in entry["roles"] and (role != EXAMINER or any(item in entry["items"] for item in items))
        ]

    def is_away(self, time: Time) -> bool:
        """Say whether the person is not available then, by any of the ids."""
        date, half = time
        return any(
            absence["from"] <= date <= absence["to"] and absence["half"] in (None, half)
            for entry in self.entries
            for absence in entry["unavailable"]
        )

    def barred(self, date: str) -> Barred:
        """Give the conflicts that hold on a date."""
        if date not in self._barred:
            found: dict[str, set[str]] = {"all": set(), "site": set(), "institution": set(), "trainee": set()}
            for entry in self.entries:
                for conflict in entry["conflicts"]:
                    if (conflict["from"] or date) <= date <= (conflict["to"] or date):
                        found[conflict["kind"]].add(conflict["id"])
            self._barred[date] = Barred(
                bool(found["all"]),
                frozenset(found["site"]), frozenset(found["institution"]), frozenset(found["trainee"]),
            )  # fmt: skip
        return self._barred[date]

    def staff_id(self, post: Post) -> str | None:
        """Give the first of the person's ids that role, item and licence let do a post."""
        entries = self.skilled(post.role, (post.item,))
        return next((entry["staff_id"] for entry in entries if is_licensed(entry, post.date)), None)


def is_licensed(entry: Mapping[str, Any], date: str) -> bool:
    """Say whether a licence holds on a date; its last day counts, and without a date it has no end."""
    return entry["licence_to"] is None or entry["licence_to"] >= date
