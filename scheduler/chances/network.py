"""The network of a batch: groups to sites, sessions, places and days, with the costs of rule 4.

group -> hub of a site -> session and item -> session -> site and day -> sink: all capacities nest, so the
optimum of each level is exact. A unit of flow is 1 / denominator of a person. Everybody who may use the
same sessions of a site for the same item passes one hub, whatever else they may use elsewhere; what comes
out of a hub is shared among its groups (``scheduler.chances.sharing``). Cities that have nothing to do with each
other are solved by themselves, side by side where there is much to do. A large batch is solved sites first
(``scheduler.sites_first``), and only where that fails all at once.

Aims, in strict order (``scheduler.chances.aims``): as many placed as possible; as many as possible at public and authority sites
of their own city; no chance for one site above the cap; a shortage shared evenly by all whom that can help;
chances spread evenly over sites; few meetings of an institution with the sites that it met in past batches; chances spread evenly
over the sessions of a site; little travel and waiting. Only the last one is two things in one sum: one person's kilometre is worth
more than the longest waiting of one person (63 days count at most), though less than that of two.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np

from scheduler.chances.apart import apart
from scheduler.chances.network_facts import NetworkFacts
from scheduler.chances.network_piece import Piece
from scheduler.chances.other_ways import Others
from scheduler.chances.sharing import Counts
from scheduler.plan import Group, GroupChances
from scheduler.problem import Problem, Session
from scheduler.solver.side_by_side import LevelledNetwork, SideBySide


def solve(
    problem: Problem,
    groups: Sequence[Group],
    denominator: int,
    solvers: SideBySide,
    *,
    coarse: bool,
    only_counts: bool = False,
    others: Others | None = None,
) -> tuple[GroupChances, ...]:
    """Solve the network for some groups; gives their chances, in their order.

    Parameters
    ----------
    denominator
        units of flow that are a person.
    coarse
        whether the batch is a large one.
    only_counts
        leave out all levels but the first two.
    others
        what the groups have in other ways to part the times of a person: the cap and evenness are those of all together.
    """
    facts = NetworkFacts(problem, denominator)
    pieces: deque[Piece] = deque()

    def networks() -> Iterator[LevelledNetwork]:
        for numbers in apart(groups):
            some = [groups[number] for number in numbers]
            piece = Piece(facts, some, numbers, coarse=coarse, only_counts=only_counts, others=others)
            pieces.append(piece)
            yield piece.network()

    unplaced = np.zeros(len(groups), np.int64)
    shares: list[Counts] = []
    for flow in solvers.solve_all(networks()):
        piece = pieces.popleft()
        unplaced[piece.numbers] = piece.unplaced(flow)
        shares.append(piece.shares(flow, denominator if coarse else None))
    counts = of_groups(shares, len(groups), facts.sessions)
    return tuple(GroupChances(*pair) for pair in zip(counts, unplaced.tolist(), strict=True))


def of_groups(shares: Sequence[Counts], groups: int, sessions: Sequence[Session]) -> list[dict[Session, int]]:
    """Give each group's count of each session that it has any of, in the order of the sessions."""
    found: list[dict[Session, int]] = [{} for _ in range(groups)]
    for some in shares:
        order = np.lexsort((some.other, some.one))
        for group, session, count in zip(*(column[order].tolist() for column in some), strict=True):
            found[group][sessions[session]] = count
    return found
