"""How many duties of one time can be done at most: people who may have the same posts are alike, so few crowds of them are moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

Post = TypeVar("Post", bound=Hashable)


def most_filled(needed: Mapping[Post, int], able: Mapping[frozenset[Post], int]) -> int:
    """Give how many duties can be done: what posts need, and how many people may have which of them.

    A post is a site, or a kind of duty at a site. Nobody has two; people are moved on from a post (a path of exchanges) as
    long as that lets somebody else in.
    """
    left, free = dict(needed), Counter[frozenset[Post]]()
    for posts, count in able.items():
        free[posts.intersection(needed)] += count
    at: Counter[tuple[frozenset[Post], Post]] = Counter()
    filled = 0
    while (path := _exchange(left, free, at)) is not None:
        crowds, posts_of = path
        after = list(zip(crowds[1:], posts_of[:-1], strict=True))  # who goes on, and from where
        count = min(free[crowds[0]], left[posts_of[-1]], *(at[one] for one in after))
        free[crowds[0]] -= count
        left[posts_of[-1]] -= count
        for came in zip(crowds, posts_of, strict=True):
            at[came] += count
        for gone in after:
            at[gone] -= count
        filled += count
    return filled


def _exchange(
    left: Mapping[Post, int],
    free: Mapping[frozenset[Post], int],
    at: Mapping[tuple[frozenset[Post], Post], int],
) -> tuple[list[frozenset[Post]], list[Post]] | None:
    """Find the shortest path from people who are free to a post that needs somebody: crowds, and the post that each goes to."""
    holding: dict[Post, list[frozenset[Post]]] = {}
    for (crowd, post), count in at.items():
        if count:
            holding.setdefault(post, []).append(crowd)
    paths: list[tuple[list[frozenset[Post]], list[Post]]] = [
        ([crowd], []) for crowd, count in free.items() if count and crowd
    ]
    seen: set[Post] = set()
    for crowds, posts in paths:  # they grow while they are gone through
        for post in crowds[-1]:
            if post in seen:
                continue
            seen.add(post)
            if left[post]:
                return crowds, [*posts, post]
            paths += [([*crowds, other], [*posts, post]) for other in holding.get(post, ())]
    return None
