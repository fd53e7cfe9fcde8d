"""Things put together step by step, such as the ids of one person: who belongs to whom in the end."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Joining(Generic[T]):
    """Sets that grow by joining; each has one member that stands for it (union-find, paths halved)."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def root(self, member: T) -> T:
        """Give the member that stands for a member's set; a new member is a set of its own."""
        parent = self._parent
        while parent.setdefault(member, member) != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, member: T, other: T) -> None:
        """Put two sets together; the root of ``other`` stands for both."""
        self._parent[self.root(member)] = self.root(other)

    def __iter__(self) -> Iterator[T]:
        """Give every member that was named, in the order in which they were."""
        return iter(list(self._parent))
