"""Every way to damage the good schedule, by name, with the breach that must be found."""

from collections.abc import Callable
from dataclasses import replace

from scheduler.problem import PlaceRow, Problem
from scheduler.schedule import Schedule
from tests.scheduler.builders import (
    ITEM,
    ONE_PERSON,
    at,
    day,
    placed,
    places,
    relation,
    site,
)
from tests.scheduler.checker.good import HEIGHTS, WELDING, good_problem

Damage = Callable[[Problem, Schedule], tuple[Problem, Schedule]]


def move(trainee_id: str, session, *exceptions: str, **chances) -> Damage:
    """Place a trainee there instead."""

    def damage(batch, result):
        changed = {**result.placements, trainee_id: placed(trainee_id, session, *exceptions, **chances)}
        unplaced = {one: why for one, why in result.unplaced.items() if one != trainee_id}
        return batch, Schedule(changed, unplaced)

    return damage


def lose(trainee_id: str, *, listed: bool) -> Damage:
    """Take a trainee's place away, with or without saying so."""

    def damage(batch, result):
        kept = {one: place for one, place in result.placements.items() if one != trainee_id}
        return batch, Schedule(
            kept, {**result.unplaced, trainee_id: "没有考位"} if listed else result.unplaced
        )

    return damage


def list_unplaced(trainee_id: str) -> Damage:
    return lambda batch, result: (batch, Schedule(result.placements, {**result.unplaced, trainee_id: ""}))


def forget(trainee_id: str) -> Damage:
    return lambda batch, result: (
        batch,
        Schedule(result.placements, {one: why for one, why in result.unplaced.items() if one != trainee_id}),
    )


def person(trainee_id: str, **changes) -> Damage:
    return lambda batch, result: (
        replace(
            batch,
            trainees={**batch.trainees, trainee_id: replace(batch.trainees[trainee_id], **changes)},
        ),
        result,
    )


def place(site_id: str, **changes) -> Damage:
    return lambda batch, result: (
        replace(batch, sites={**batch.sites, site_id: replace(batch.sites[site_id], **changes)}),
        result,
    )


def seats(session, number: int) -> Damage:
    return lambda batch, result: (replace(batch, seats={**batch.seats, session: number}), result)


def row(*new: PlaceRow) -> Damage:
    """Let rows take the place of those for the same site, item and time, or be added."""

    def damage(batch, result):
        rows = {(one.site_id, one.item, one.day, one.half): one for one in (*batch.places, *new)}
        return replace(batch, places=tuple(rows.values())), result

    return damage


def without_item(site_id: str, item: str) -> Damage:
    return lambda batch, result: (
        replace(batch, places=tuple(x for x in batch.places if (x.site_id, x.item) != (site_id, item))),
        result,
    )


def tie(*relations) -> Damage:
    return lambda batch, result: (replace(batch, relations=(*batch.relations, *relations)), result)


def new_site(one, session, number: int, item: str) -> Damage:
    def damage(batch, result):
        more = (*batch.places, places(one.site_id, number, item))
        new = {**batch.seats, session: number}
        return replace(batch, sites={**batch.sites, one.site_id: one}, seats=new, places=more), result

    return damage


def rules(**changes) -> Damage:
    return lambda batch, result: (replace(batch, rules=replace(batch.rules, **changes)), result)


def all_of(*damages: Damage) -> Damage:
    def damage(batch, result):
        for one in damages:
            batch, result = one(batch, result)
        return batch, result

    return damage


def everybody_but(kept: str, **changes) -> Damage:
    return all_of(*(person(one, **changes) for one in good_problem().trainees if one != kept))


DAMAGES = {
    "a trainee vanishes": (lose("T01", listed=False), "TRAINEE-MISSING", 1),
    "an unplaced trainee is in no list": (forget("T12"), "TRAINEE-MISSING", 1),
    "a placed trainee is listed as unplaced": (list_unplaced("T05"), "TRAINEE-BOTH", 1),
    "a stranger is placed": (move("T99", at("S1")), "TRAINEE-UNKNOWN", 1),
    "a stranger is listed as unplaced": (list_unplaced("T99"), "TRAINEE-UNKNOWN", 1),
    "a site that does not exist": (move("T05", at("S9")), "SITE-UNKNOWN", 1),
    "a day that the site does not open": (move("T05", at("S1", "3am")), "SESSION-UNKNOWN", 1),
    "a half that the site does not open": (move("T01", at("P1", "1pm")), "SESSION-UNKNOWN", 1),
    "a site suspended on its last day": (
        place("S2", suspended=True, suspended_from=day(2), suspended_to=day(2)),
        "SITE-SUSPENDED",
        1,
    ),
    "a site suspended without end": (place("P1", suspended=True), "SITE-SUSPENDED", 1),
    "before the earliest day": (person("T03", earliest=day(2)), "TOO-EARLY", 1),
    "after the latest day": (person("T10", latest=day(1)), "TOO-LATE", 1),
    "no places for the item": (without_item("S1", HEIGHTS), "SESSION-WITHOUT-PLACES", 1),
    "no places in that session": (row(places("S2", 0, when="2am")), "SESSION-WITHOUT-PLACES", 1),
    "theory at a site without the item": (without_item("S2", WELDING), "SITE-WITHOUT-ITEM", 1),
    "one person too many in a session": (seats(at("S2", "2am"), 3), "SEATS-EXCEEDED", 1),
    "no seat at all": (seats(at("H1"), 0), "SEATS-EXCEEDED", 1),
    "one person too many at the machines": (row(places("S1", 1, when="1am")), "PLACES-EXCEEDED", 1),
    "one person too many on a day": (place("S2", day_limit=3), "DAY-LIMIT-EXCEEDED", 1),
    "one number at two sites at one time": (person("T04", id_number=ONE_PERSON), "TIME-CLASH", 1),
    "one number twice in one session": (move("T11", at("S2")), "TIME-CLASH", 1),
    "two ids of one person at one time": (tie(relation("same_person", "T02", "T05")), "TIME-CLASH", 1),
    "two ids joined through a member of staff": (
        tie(relation("same_person", "T02", "K1"), relation("same_person", "K1", "T05")),
        "TIME-CLASH",
        1,
    ),
    "at the own institution's site": (move("T03", at("S1")), "OWN-SITE", 2),
    "the institution buys the site": (place("P1", owner_id="I2"), "OWN-SITE", 2),
    "a part of the site belongs to the institution": (
        tie(relation("owns", "I1", "S2", "1/4")),
        "OWN-SITE",
        2,
    ),
    "a parent company of the owner": (tie(relation("controls", "I1", "I2", "1/4")), "CONNECTED-SITE", 2),
    "a daughter company of the owner": (tie(relation("controls", "I2", "I1")), "CONNECTED-SITE", 2),
    "a common parent": (tie(relation("controls", "C1", "I1", "1/3")), "CONNECTED-SITE", 2),
    "a common grandparent": (
        tie(relation("controls", "D", "I1", "1"), relation("controls", "D", "C1", "1")),
        "CONNECTED-SITE",
        2,
    ),
    "a student who is none": (person("T06", school_id=""), "OWN-SITE", 2),
    "a sole site that is not the only one": (
        new_site(site("S3", "I7"), at("S3"), 1, HEIGHTS),
        "OWN-SITE",
        2,
    ),
    "sole_site is not named": (move("T07", at("S1", "1pm")), "EXCEPTION-UNNAMED", 2),
    "in_school is not named": (move("T06", at("X1")), "EXCEPTION-UNNAMED", 2),
    "cross_city is not named": (move("T08", at("H1")), "EXCEPTION-UNNAMED", 3),
    "an exception that nobody needs": (move("T01", at("P1"), "sole_site"), "EXCEPTION-FALSE", 2),
    "the wrong exception": (move("T07", at("S1", "1pm"), "in_school"), "EXCEPTION-FALSE", 2),
    "a false one beside the true one": (
        move("T06", at("X1"), "in_school", "sole_site"),
        "EXCEPTION-FALSE",
        2,
    ),
    "cross_city at home": (move("T02", at("P1"), "cross_city"), "EXCEPTION-FALSE", 3),
    "an exception of one's own making": (move("T02", at("P1"), "leader_said_so"), "EXCEPTION-UNKNOWN", 2),
    "an item that may not leave its city": (rules(cross_city_items=()), "OTHER-CITY", 3),
    "a trainee from another city": (person("T01", district="南区"), "OTHER-CITY", 3),
    "a trainee of no known city": (person("T01", district=""), "CITY-UNKNOWN", 3),
    "left out beside a free place": (lose("T04", listed=True), "FREE-PLACE-UNUSED", 4),
    "left out though a chain would help": (
        all_of(
            lose("T04", listed=True),
            row(places("S1", 1, when="1am"), places("S1", 0, when="1pm"), places("X1", 1)),
        ),
        "MORE-POSSIBLE",
        4,
    ),
    "an empty public place": (seats(at("P1"), 3), "PUBLIC-PLACE-UNUSED", 4),
    "a public place left for another site": (move("T01", at("S2")), "PUBLIC-PLACE-UNUSED", 4),
    "a public place that a chain would fill": (
        all_of(
            everybody_but("T01", latest=day(2)),
            new_site(site("P2", kind="authority"), at("P2", "5am"), 1, ITEM),
        ),
        "MORE-PUBLIC-POSSIBLE",
        4,
    ),
    "a chance above one": (move("T01", at("P1"), chance="9/8", site_chance="9/8"), "CHANCE-RANGE", 4),
    "a chance of none where somebody sits": (
        move("T01", at("P1"), chance="0", site_chance="0"),
        "CHANCE-RANGE",
        4,
    ),
    "a chance below none": (move("T01", at("P1"), chance="-1/8", site_chance="1/8"), "CHANCE-RANGE", 4),
    "a site less likely than its session": (
        move("T01", at("P1"), chance="1/2", site_chance="1/3"),
        "CHANCE-OF-SITE",
        4,
    ),
    "a site likelier than its only session": (
        move("T01", at("P1"), chance="1/3", site_chance="1/2"),
        "CHANCE-OF-SITE",
        4,
    ),
    "a better chance than one's equal": (
        move("T14", at("S2", "2am"), chance="1/3", site_chance="1/2"),
        "CHANCE-UNEQUAL",
        4,
    ),
    "a better site chance than one's equal": (
        move("T14", at("S2", "2am"), chance="1/4", site_chance="2/3"),
        "CHANCE-UNEQUAL",
        4,
    ),
}
