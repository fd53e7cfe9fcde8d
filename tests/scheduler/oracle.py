"""Contract section 4, rules 1 to 4, said again in the plainest way, and every way of placing people.

Shares nothing with the program but its records. Slow on purpose.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from scheduler.problem import Part, Problem, Session, Site, Trainee

Way = dict[str, Session]


def city_of_site(batch: Problem, site: Site) -> str:
    known = batch.districts.get(site.district)
    return site.city or (known.city if known else "")


def city_of(batch: Problem, one: Trainee) -> str:
    if one.district in batch.districts:
        return batch.districts[one.district].city
    return next(iter({city_of_site(batch, site) for site in batch.sites.values()}))


def places_in(batch: Problem, session: Session, item: str) -> int:
    rows = [
        row
        for row in batch.places
        if (row.site_id, row.item) == (session.site_id, item)
        and row.day in (None, session.day)
        and row.half in (None, session.half)
    ]
    rows.sort(key=lambda row: (row.day is not None, row.half is not None))
    return rows[-1].places if rows else 0


def above(batch: Problem, organisation: str, day: dt.date) -> set[str]:
    """Give an organisation and its controllers, by repeating until nothing is added."""
    found = {organisation}
    while True:
        more = {
            one.from_id
            for one in batch.relations
            if one.kind == "controls" and one.to_id in found and counts(batch, one, day)
        }
        if more <= found:
            return found
        found |= more


def counts(batch: Problem, one, day: dt.date) -> bool:
    return (
        (one.share is None or one.share >= batch.rules.share)
        and (one.since is None or one.since <= day)
        and (one.until is None or day <= one.until)
    )


def owners(batch: Problem, site: Site, day: dt.date) -> set[str]:
    held = {
        one.from_id
        for one in batch.relations
        if one.kind == "owns" and one.to_id == site.site_id and counts(batch, one, day)
    }
    return (held | {site.owner_id}) - {""}


def closed(site: Site, day: dt.date) -> bool:
    return (
        site.suspended
        and (site.suspended_from is None or site.suspended_from <= day)
        and (site.suspended_to is None or day <= site.suspended_to)
    )


def connected(batch: Problem, institution: str, site: Site, day: dt.date) -> bool:
    own = above(batch, institution, day)
    return any(own & above(batch, owner, day) for owner in owners(batch, site, day))


def able_sites(batch: Problem, item: str, city: str) -> set[str]:
    return {
        session.site_id
        for session in batch.seats
        if city_of_site(batch, batch.sites[session.site_id]) == city
        and not closed(batch.sites[session.site_id], session.day)
        and places_in(batch, session, item) > 0
    }


def may_sit(batch: Problem, one: Trainee, session: Session) -> bool:
    """Say whether rules 1 to 3 open a session to a trainee, whatever is taken."""
    site = batch.sites[session.site_id]
    lists = any((row.site_id, row.item) == (site.site_id, one.item) for row in batch.places)
    serves = lists if one.part is Part.THEORY else places_in(batch, session, one.item) > 0
    early = one.earliest is not None and session.day < one.earliest
    late = one.latest is not None and session.day > one.latest
    if closed(site, session.day) or not serves or early or late:
        return False
    own_city = city_of(batch, one) == city_of_site(batch, site)
    if not own_city and one.item not in batch.rules.cross_city_items:
        return False
    if not connected(batch, one.institution_id, site, session.day):
        return True
    sole = own_city and able_sites(batch, one.item, city_of(batch, one)) == {site.site_id}
    return sole or (one.school_id != "" and one.school_id in owners(batch, site, session.day))


def is_public(batch: Problem, one: Trainee, session: Session) -> bool:
    site = batch.sites[session.site_id]
    return site.kind in ("public", "authority") and city_of(batch, one) == city_of_site(batch, site)


def fits(batch: Problem, way: Way) -> bool:
    """Say whether all limits hold, and nobody sits twice at one time."""
    seats = Counter(way.values())
    days = Counter((session.site_id, session.day) for session in way.values())
    places = Counter(
        (session, batch.trainees[name].item)
        for name, session in way.items()
        if batch.trainees[name].part is not Part.THEORY
    )
    limits = {site.site_id: site.day_limit for site in batch.sites.values()}
    return (
        all(number <= batch.seats[session] for session, number in seats.items())
        and all(number <= places_in(batch, *cell) for cell, number in places.items())
        and all(limits[site] is None or number <= limits[site] for (site, _), number in days.items())
        and not clashes(batch, way)
    )


def persons(batch: Problem) -> list[set[str]]:
    """Give every person as the set of ids, joined until nothing joins any more."""
    people = {**batch.trainees, **batch.staff}
    sets = [{name} for name in people]
    pairs = [
        (a, b)
        for a in people
        for b in people
        if people[a].id_number and people[a].id_number == people[b].id_number
    ] + [(one.from_id, one.to_id) for one in batch.relations if one.kind == "same_person"]
    for a, b in pairs:
        joined = [one for one in sets if one & {a, b}]
        sets = [one for one in sets if not one & {a, b}] + [set().union(*joined)]
    return sets


def clashes(batch: Problem, way: Way) -> bool:
    for ids in persons(batch):
        times = [way[name][1:] for name in ids if name in way]
        if len(times) != len(set(times)):
            return True
    return False


def every_way(batch: Problem) -> Iterator[Way]:
    """Give every legal way of placing some of the trainees."""
    names = sorted(batch.trainees)
    options = {
        name: [one for one in batch.seats if may_sit(batch, batch.trainees[name], one)] for name in names
    }

    def go(rest: list[str], way: Way) -> Iterator[Way]:
        if not rest:
            yield dict(way)
            return
        yield from go(rest[1:], way)
        for session in options[rest[0]]:
            more = {**way, rest[0]: session}
            if fits(batch, more):
                yield from go(rest[1:], more)

    yield from go(names, {})


def score(batch: Problem, way: Way) -> tuple[int, int]:
    """Give how many are placed, and how many of them at public sites of their own city."""
    public = sum(is_public(batch, batch.trainees[name], session) for name, session in way.items())
    return len(way), public if batch.rules.public_first else 0


def best(batch: Problem) -> tuple[int, int]:
    return max(score(batch, way) for way in every_way(batch))
