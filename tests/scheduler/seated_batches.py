"""Random batches whose people sit close: classes, needs, rooms and stations beside all that batches have."""

from dataclasses import replace

from hypothesis import strategies as st

from scheduler.problem import Problem, Room
from tests.scheduler.strategies import batches


@st.composite
def seated_batches(draw) -> Problem:
    batch = draw(batches(most=30, sessions=4))
    seats = {session: draw(st.integers(1, 25)) for session in batch.seats}
    classes, needs = st.sampled_from(["", "1班", "2班"]), st.sampled_from([(), (), (), ("accessible",)])
    trainees = {
        name: replace(one, class_id=draw(classes), needs=draw(needs)) for name, one in batch.trainees.items()
    }
    places = tuple(replace(row, stations=draw(st.sampled_from([None, 1, 2]))) for row in batch.places)
    columns, accessible = st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, 0, 1, 2])
    rooms = tuple(
        Room(name, f"{number}0{number}", draw(st.integers(0, 9)), draw(columns), draw(accessible))
        for name in draw(st.lists(st.sampled_from(sorted(batch.sites)), unique=True))
        for number in range(1, draw(st.integers(2, 4)))
    )
    rules = replace(batch.rules, room_size=draw(st.integers(1, 12)), columns=draw(st.integers(1, 5)))
    return replace(batch, seats=seats, trainees=trainees, places=places, rooms=rooms, rules=rules)
