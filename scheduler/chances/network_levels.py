"""The levels of a network that are no sums of costs: who shares a shortage, and how chances are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.chances.aims import SESSIONS_BEFORE, SHORTAGE_BEFORE, SITES_BEFORE
from scheduler.solver.evenly import Even
from scheduler.solver.spreading import Spread

if TYPE_CHECKING:
    from scheduler.chances.network_piece import Piece


def shortage(piece: Piece) -> Even:
    """Give the arcs of those who stay without a place as what is to be even; they are the first of all."""
    used = np.zeros_like(piece.supply) if piece.others is None else piece.others.unplaced[piece.numbers]
    people = piece.supply // piece.facts.denominator
    grain = piece.facts.portions(people) if piece.coarse else np.ones_like(people)
    return Even(SHORTAGE_BEFORE, np.arange(len(piece.groups)), piece.supply * piece.ways, used, grain)


def over_sites(piece: Piece) -> Spread:
    """Give the arcs to the sites as what is to be spread: those of public sites of the own city, and the others.

    In all ways to part people's times together, and what is above the cap continues what is within.
    """
    arcs, pairs = piece.into.arcs, piece.into.things
    used = piece.used()[pairs]
    above = np.arange(len(pairs)) >= np.count_nonzero(piece.within)
    used[above] += piece.within[pairs[above]]
    owners = 2 * piece.rows + piece.away
    among = np.bincount(owners)[owners]
    return Spread(
        SITES_BEFORE, arcs, owners[pairs], among[pairs], (piece.supply * piece.ways)[piece.rows[pairs]], used
    )


def over_sessions(piece: Piece) -> Spread:
    """Give the arcs from the hubs to their sessions as what is to be spread: all that comes to a hub."""
    hubs, cells = piece.hubs.hub_of[piece.cells.things], piece.cells.arcs
    several = piece.hubs.sizes[hubs] > 1
    owners, arcs = hubs[several], cells[several]
    return Spread(SESSIONS_BEFORE, arcs, owners, piece.hubs.sizes[owners], None, np.zeros_like(arcs))
