"""What makes a plan none, each done to the plan of the good problem: told and not drawn, by both implementations."""

from common.canonical import digest

DAMAGES = [
    lambda plan: plan["groups"][0].update(unplaced=plan["groups"][0]["unplaced"] + plan["denominator"]),
    lambda plan: plan["groups"][0]["cells"][0].update(count=1),
    lambda plan: plan["groups"][0]["cells"][0].update(session=10_000),
    lambda plan: plan["groups"][0]["trainees"].append(plan["groups"][0]["trainees"][0]),
    lambda plan: plan.update(denominator=2**300 + 1),
    lambda plan: plan["sessions"].append(plan["sessions"][0]),
    lambda plan: plan["sessions"][0].update(half=""),
    lambda plan: plan["sessions"][0].update(date="2026-12-1"),
    lambda plan: plan["groups"][0]["cells"][0].pop("exceptions"),
    lambda plan: plan["groups"][0]["cells"][0].update(exceptions="x"),
    lambda plan: plan.pop("sessions"),
    *(
        lambda plan, odd=odd: plan["groups"][0]["cells"][0].update(exceptions=odd)
        for odd in (["a;b"], ["c,d"], ["批准"], ["sole_site", "sole_site"], [None], [[]])
    ),
    *(
        lambda plan, odd=odd: plan["groups"][0]["trainees"].__setitem__(0, odd)
        for odd in (
            "T1 ",
            " T1",
            "T1\u200b",
            "T1\n",
            "T\t1",
            "T1\u3000",
            "\ufeff",
            "",
            "T1\ufe0f",
            5,
            None,
        )
    ),
    lambda plan: plan["staff"][0].update(staff_id="W\u200b"),
    lambda plan: plan["sessions"][0].update(site_id="P1\u00ad"),
    lambda plan: plan["groups"][0].update(trainees="T1"),
    lambda plan: plan["groups"][0].update(reason=None),
    lambda plan: plan["groups"][0]["cells"][0].update(session=True),
    lambda plan: plan["groups"][0]["cells"][0].update(chance="0.5"),
    lambda plan: plan["rules"]["staffing"].update(halves_running=0),
    lambda plan: plan["sites"].append(plan["sites"][0]),
    lambda plan: plan["sessions"][0].update(seats=None),
    lambda plan: plan.update(trainees=plan["trainees"] + 1),
    lambda plan: plan.update(trainees=str(plan["trainees"])),
    lambda plan: plan.update(unplaced="7"),
    lambda plan: plan.update(unplaced=int(plan["unplaced"])),
    lambda plan: plan.update(vacant=-1),
    lambda plan: plan.update(denominator=0),
    lambda plan: plan["groups"][0].update(trainees=[]),
    lambda plan: plan["groups"][0].update(part="oral"),
    lambda plan: plan["groups"][0].update(group=5),
    lambda plan: plan["groups"][0]["cells"].append(
        {"session": 0, "count": 0, "chance": "1/2", "exceptions": []}
    ),
    lambda plan: plan["groups"][0]["cells"][0].update(count=-1),
    lambda plan: plan["groups"][0].update(institution=[99] * len(plan["groups"][0]["trainees"])),
    lambda plan: plan["groups"][0].pop("class"),
    lambda plan: plan["seating"].update(columns=0),
    lambda plan: plan["seating"].update(room_size=0),
    lambda plan: plan["seating"].update(accessible=[5]),
    lambda plan: plan["seating"].update(
        rooms=[{"site_id": "P1", "rooms": [{"room": "1", "seats": 1, "columns": 1, "accessible": 2}]}]
    ),
    lambda plan: plan["seating"].update(stations=[{"session": 99, "item": "x", "stations": 1}]),
    *(
        lambda plan, name=name, odd=odd: plan["seating"].update({name: odd})
        for name in ("stations", "rooms", "accessible")
        for odd in ("", {})
    ),
    lambda plan: plan["seating"].update(rooms=[{"site_id": "P1", "rooms": {}}]),
    *(lambda plan, odd=odd: plan["staff"][0].update(unavailable=odd) for odd in ("", {})),
    lambda plan: plan["staff"][0].update(conflicts=""),
    lambda plan: plan.update(ways={}),
    lambda plan: plan.update(groups={}),
    lambda plan: plan["seating"].update(stations=[{"session": 0, "item": None, "stations": 1}]),
    lambda plan: plan["seating"].update(stations=[{"session": 0, "stations": 1}]),
    lambda plan: plan["seating"].update(
        stations=[{"session": 0, "item": "x", "stations": many} for many in (1, 2)]
    ),
    lambda plan: plan["seating"].update(
        rooms=[{"site_id": "P1", "rooms": []}, {"site_id": "P1", "rooms": []}]
    ),
    lambda plan: plan["seating"].update(rooms=[{"site_id": None, "rooms": []}]),
    lambda plan: plan["institutions"].__setitem__(0, None),
    lambda plan: plan.update(classes="1班"),
    lambda plan: plan["seating"]["times"].update(am="9:00"),
    lambda plan: plan["seating"]["times"].update(theory_minutes=0),
    lambda plan: plan.update(seating=None),
    lambda plan: plan.update(ways=None),
    lambda plan: plan.update(ways=[]),
    lambda plan: plan.pop("away"),
    lambda plan: plan.update(staff=None),
    lambda plan: plan["staff"].append(plan["staff"][0]),
    lambda plan: plan["staff"][0].update(items=None),
    lambda plan: plan["staff"][0].update(district=None),
    lambda plan: plan["staff"][0].update(max_duties="1"),
    lambda plan: plan["staff"][0].update(conflicts=[{"kind": "friend", "id": "", "from": None, "to": None}]),
    lambda plan: plan["staff"][0].update(unavailable=[{"from": "2026-12-01", "to": None, "half": None}]),
    lambda plan: plan["rules"]["staffing"].pop("substitutes"),
    lambda plan: plan.pop("sites"),
    lambda plan: plan["sessions"][0].pop("seats"),
    lambda plan: plan["sessions"][0].update(date="2026-02-30"),
    lambda plan: plan["sites"][0].update(day_limit=-1),
]


def with_digest(plan):
    """Give a plan with the digest that it has now, as a forger would."""
    rest = {name: value for name, value in plan.items() if name != "digest"}
    return rest | {"digest": digest(rest)}
