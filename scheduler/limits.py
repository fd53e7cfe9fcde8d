"""What a person uses up in a session: places of the item, seats, the site's day; nested (rule 1)."""

from __future__ import annotations

from scheduler.plan import Group, Limit
from scheduler.problem import Half, Problem, Session


def limits_of(problem: Problem, group: Group, session: Session) -> tuple[Limit, ...]:
    """Give the limits that one person of a group counts in, the narrowest first."""
    seats = Limit(session.site_id, session.day, str(session.half))
    listed = [seats]
    if group.place_item:
        listed.insert(0, seats._replace(item=group.place_item))
    if problem.sites[session.site_id].day_limit is not None:
        listed.append(seats._replace(half=""))
    return tuple(listed)


def capacity(problem: Problem, limit: Limit) -> int:
    """Give how many a limit takes."""
    if not limit.half:
        return problem.day_limit(limit.site_id, limit.day) or 0
    session = Session(limit.site_id, limit.day, Half(limit.half))
    return (problem.places_for(session, limit.item) or 0) if limit.item else problem.seats[session]
