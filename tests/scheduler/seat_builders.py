"""Rooms and groups in the plainest way, for tests of duties: in order of ids, filled one after the other."""

from collections import defaultdict

from scheduler.duties.files import Sitting
from scheduler.problem import Part, Problem
from scheduler.schedule import Schedule


def sittings(batch: Problem, result: Schedule, room_size: int = 30) -> list[Sitting]:
    """Give everybody a room where they sit theory, and a group (one for each item) where they work."""
    seated, groups = defaultdict(int), defaultdict(dict)
    found = []
    for trainee_id, one in sorted(result.placements.items()):
        trainee = batch.trainees[trainee_id]
        room = group = 0
        if trainee.part is not Part.PRACTICAL:
            room = seated[one.session] // room_size + 1
            seated[one.session] += 1
        if trainee.part is not Part.THEORY:
            known = groups[one.session]
            group = known.setdefault(trainee.item, len(known) + 1)
        found.append(Sitting(trainee_id, one.session, room, group))
    return found


def with_institutions(content: dict, batch: Problem) -> dict:
    """Give the plan with each trainee's institution."""
    names = sorted(batch.institutions)
    groups = [
        {**group, "institution": [names.index(batch.trainees[name].institution_id) for name in group["trainees"]]}
        for group in content["groups"]
    ]  # fmt: skip
    return {**content, "institutions": names, "groups": groups}
