"""Rooms and seats once more, written from section 9 of docs/draw-specification.md alone, slow and plain."""

import hashlib
from fractions import Fraction
from itertools import pairwise


def tickets(plan, seed):
    key = hashlib.sha256(bytes.fromhex(plan["digest"]) + bytes.fromhex(seed)).digest()
    names = [name for group in plan["groups"] for name in group["trainees"]]
    return {
        name: (hashlib.sha256(b"zhengkao/seat/1\0" + key + b"\0" + name.encode()).digest(), name)
        for name in names
    }


def people_of(plan):
    """Give institution, class, item and part of each trainee."""
    return {
        name: (institution, ("none", name) if number < 0 else number, group["item"], group["part"])
        for group in plan["groups"]
        for name, institution, number in zip(
            group["trainees"], group["institution"], group["class"], strict=True
        )
    }


def own_numbers(plan, placements, seed):
    """Give (room, seat, group, place) of everybody placed; 0 where there is none."""
    ticket, people = tickets(plan, seed), people_of(plan)
    found = {name: [0, 0, 0, 0] for name in placements}
    for session in {one.session for one in placements.values()}:
        here = sorted((name for name, one in placements.items() if one.session == session), key=ticket.get)
        sitters = [name for name in here if people[name][3] != "practical"]
        for room, seats in enumerate(_rooms(plan, session.site_id, sitters, people), start=1):
            for seat, name in enumerate(seats, start=1):
                found[name][:2] = room, seat
        working = [name for name in here if people[name][3] != "theory"]
        for group, item in enumerate(sorted({people[name][2] for name in working}), start=1):
            own = [name for name in working if people[name][2] == item]
            own.sort(key=lambda name: (people[name][3] == "both", ticket[name]))
            for place, name in enumerate(own, start=1):
                found[name][2:] = group, place
    return found


def _rooms(plan, site_id, sitters, people):
    seating = plan["seating"]
    stated = next((site["rooms"] for site in seating["rooms"] if site["site_id"] == site_id), [])
    further = {
        "seats": seating["room_size"],
        "columns": seating["columns"],
        "accessible": seating["room_size"],
    }
    rooms = []
    while sum(room["seats"] for room in rooms) < len(sitters):
        rooms.append(stated[len(rooms)] if len(rooms) < len(stated) else further)
    sizes, left = {}, len(sitters)
    for number in sorted(range(len(rooms)), key=lambda number: (rooms[number]["seats"], -number)):
        sizes[number] = min(rooms[number]["seats"], left // (len(rooms) - len(sizes)))
        left -= sizes[number]
    needing = [name for name in sitters if name in seating["accessible"]]
    fixed = []
    for number, room in enumerate(rooms):
        fixed.append([needing.pop(0) for _ in range(min(room["accessible"], sizes[number], len(needing)))])
    free = [sizes[number] - len(fixed[number]) for number in range(len(rooms))]
    others = [name for name in sitters if all(name not in first for first in fixed)]
    rank = [_ranks(others, people, number) for number in range(3)]
    dealing = sorted(others, key=lambda name: tuple(rank[n][people[name][n]] for n in range(3)))
    turns = sorted(((2 * j + 1) * 2**32 // size, room) for room, size in enumerate(free) for j in range(size))
    room_of = {name: room for name, (_, room) in zip(dealing, turns, strict=True)}
    arranged, plain, start = [], [], 0
    for number, room in enumerate(rooms):
        own = [name for name in others if room_of[name] == number]
        arranged.append(_arranged(fixed[number], own, room["columns"], people))
        plain.append(fixed[number] + others[start : start + free[number]])
        start += free[number]
    columns = [room["columns"] for room in rooms]
    return plain if score_of(plain, columns, people) < score_of(arranged, columns, people) else arranged


def _arranged(fixed, own, columns, people):
    seats = range(len(fixed), len(fixed) + len(own))
    colours = [[x for x in seats if (x // columns + x % columns) % 2 == colour] for colour in (0, 1)]
    colours.sort(key=lambda listed: (-len(listed), listed))
    chess = colours[0] + colours[1]
    rank = [_ranks(own, people, number) for number in range(3)]
    spread = [_spread(one) for one in rank]
    first = {}
    for name in own:
        first.setdefault(people[name][0], people[name][2])
    keys = [
        lambda i, c, m: (spread[0][i], rank[1][c], rank[2][m]),
        lambda i, c, m: (spread[2][m], rank[0][i], rank[1][c]),
        lambda i, c, m: (spread[2][first[i]], rank[0][i], rank[1][c], rank[2][m]),
    ]
    tried = []
    for key in keys:
        order = sorted(own, key=lambda name, key=key: key(*people[name][:3]))
        at = dict(zip(chess, order, strict=True)) | dict(enumerate(fixed))
        tried.append([at[x] for x in sorted(at)])
    return min(tried, key=lambda room: score_of([room], [columns], people))


def _ranks(listed, people, number):
    values = [people[name][number] for name in listed]
    return {
        value: rank
        for rank, value in enumerate(sorted(dict.fromkeys(values), key=lambda v: -values.count(v)))
    }


def _spread(ranks):
    order = sorted(ranks, key=ranks.get)
    order = [order[0], *order[2:], order[1]] if len(order) > 2 else order
    return {value: place for place, value in enumerate(order)}


def score_of(rooms, columns, people):
    """Give the score of rooms, each a list of people in the order of seats."""
    return tuple(
        sum(
            people[room[x]][number] == people[room[y]][number]
            for room, wide in zip(rooms, columns, strict=True)
            for x in range(len(room))
            for y in range(x)
            if abs(x // wide - y // wide) + abs(x % wide - y % wide) == 1
        )
        for number in range(3)
    )


def shares_are_even(sizes):
    """Say whether sizes differ by one at most, no later room having more."""
    return all(one >= other for one, other in pairwise(sizes)) and Fraction(max(sizes) - min(sizes)) <= 1
