"""The aims of rule 4 in their order: of what is as good by all aims before one, the best by it is kept (decision 0003).

Most are sums of costs on the arcs of the network. Three are not, and have their places between: where not all can be
placed, the shortage is shared; then chances are spread over sites; after past meetings, over the sessions of a site.
"""

from __future__ import annotations

from enum import IntEnum


class Aim(IntEnum):
    """The aims that are sums of costs, as levels of the network: a lower number goes strictly before a higher one."""

    PLACED = 0
    """As many as possible have a place: who stays without one costs."""
    PUBLIC = 1
    """As many as possible of them at public and authority sites of their own city."""
    ABOVE_CAP = 2
    """No chance for one site above the cap."""
    UNEVEN = 3
    """In a large batch even chances, in steps, of sites and of sessions together; in others those below say it exactly."""
    MET_BEFORE = 4
    """Few meetings of an institution with the sites that it met in past batches."""
    TRAVEL_AND_WAITING = 5
    """Little travel and waiting: one sum, in which a person's kilometre is worth more than a person's longest waiting."""


SHORTAGE_BEFORE = SITES_BEFORE = Aim.UNEVEN
"""Before which aim a shortage is shared, and then chances are spread over sites."""
SESSIONS_BEFORE = Aim.TRAVEL_AND_WAITING
"""Before which aim chances are spread over the sessions of a site: past meetings are of sites, and go before."""

MOST_WAITING = 63
"""Days of waiting that count at most."""
KILOMETRE = MOST_WAITING + 1
"""What a kilometre is worth in days of waiting; the only weight among the aims."""
