"""The judgement of a schedule person by person: what the judging of kinds must say, in the same order.

Whether others could be moved (``MORE-...``) is not here: test_oracle.py tries everything for that.
"""

from collections import Counter, defaultdict

from scheduler.checker.breach import breach, say_session, session_breach
from scheduler.checker.chances import _bad, _impossible
from scheduler.checker.changed import ChangedFacts
from scheduler.checker.crossing import NamingSchedule, crossing_faults
from scheduler.checker.facts import Facts
from scheduler.checker.numbers import faults
from scheduler.checker.placements import _clash, _closed, _outside_dates, _unknown_session, _without_item
from scheduler.checker.rooms import _most
from scheduler.checker.standing import in_time, takes_place
from scheduler.checker.stated_rooms import beyond, greatest_seat, whole_number
from scheduler.problem import Part

_HALVES = ("am", "pm")


class Judge:
    """Goes through everybody in the order of ids."""

    def __init__(self, problem, schedule, changed=None):
        self.facts = Facts(problem) if changed is None else ChangedFacts(problem, changed)
        self.problem, self.schedule, self.changed = problem, schedule, changed
        self.impossible = changed.impossible if changed else {}
        self.kept = changed.kept if changed else frozenset()
        self.sitting = [schedule.placements[name] for name in sorted(schedule.placements)]
        self.seats, self.places, self.days = Counter(), Counter(), Counter()
        for one in self.sitting:
            if self.facts.exists(one.session):
                self.seats[one.session] += 1
                self.days[one.session[:2]] += 1
                trainee = problem.trainees.get(one.trainee_id)
                if trainee is not None and takes_place(trainee):
                    self.places[one.session, trainee.item] += 1

    def judge(self):
        """Give everything that is wrong, but for what moving others could mend."""
        found = [*self.coverage(), *self.placements(), *self.limits(), *self.clashes(), *self.unplaced()]
        found += [*self.rooms(), *self.numbers(), *([] if self.changed else self.beyond_rooms())]
        found += self.not_public() if self.problem.rules.public_first else []
        found += [*(fault for one in self.sitting for fault in _impossible(one)), *self.unequal()]
        found += [] if self.changed else self.sums()
        return [*found, *self.of_only_sessions()]

    def coverage(self):
        placed, unplaced = self.schedule.placements, self.schedule.unplaced
        for name in sorted(self.problem.trainees):
            if name not in placed and name not in unplaced:
                told = f"考生 {name} 既没有安排考位，也不在未安排名单中"
                yield breach("TRAINEE-MISSING", 1, told, trainee_id=name)
            elif name in placed and name in unplaced:
                where = say_session(placed[name].session)
                told = f"考生 {name} 已安排在{where}，却又列在未安排名单中"
                yield breach("TRAINEE-BOTH", 1, told, trainee_id=name)
        for name in sorted({*placed, *unplaced} - self.problem.trainees.keys()):
            told = f"{'安排表' if name in placed else '未安排名单'}中的考生 {name} 不在本批次考生之中"
            yield breach("TRAINEE-UNKNOWN", 1, told, trainee_id=name)

    def placements(self):
        named = isinstance(self.schedule, NamingSchedule) or any(
            one.exceptions or one.chance is not None for one in self.sitting
        )
        for one in self.sitting:
            unknown = _unknown_session(self.facts, one.trainee_id, one.session)
            if unknown is not None:
                yield unknown
                continue
            yield from _closed(self.facts, one.trainee_id, one.session)
            trainee = self.problem.trainees.get(one.trainee_id)
            if trainee is not None:
                yield from _outside_dates(trainee, one.session)
                yield from _without_item(self.facts, trainee, one.session)
                yield from crossing_faults(self.facts, trainee, one, named=named)

    def limits(self):
        for session, taken in sorted(self.seats.items()):
            if taken > (seats := self.problem.seats[session]):
                told = f"{say_session(session)}有 {seats} 个座位，安排了 {taken} 人"
                yield session_breach("SEATS-EXCEEDED", 1, told, session)
        for (session, item), taken in sorted(self.places.items()):
            if taken > (places := self.problem.places_for(session, item) or 0) > 0:
                told = f"{say_session(session)}项目“{item}”有 {places} 个工位，安排了 {taken} 人"
                yield session_breach("PLACES-EXCEEDED", 1, told, session, item=item)
        for (site_id, day), taken in sorted(self.days.items()):
            limit = self.problem.sites[site_id].day_limit
            if limit is not None and taken > limit:
                told = f"考点 {site_id} {day} 每日上限 {limit} 人次，上下午共安排了 {taken} 人次"
                yield breach("DAY-LIMIT-EXCEEDED", 1, told, site_id=site_id, date=day.isoformat())

    def clashes(self):
        for registrations in self.facts.people.several():
            at = defaultdict(list)
            for name in registrations:
                if name in self.schedule.placements:
                    at[self.schedule.placements[name].session[1:]].append(self.schedule.placements[name])
            for _, together in sorted(at.items()):
                yield from (_clash(together[0], one) for one in together[1:])

    def allowed(self, trainee):
        """Give the sessions where one may sit, each asked by itself."""
        facts = self.facts
        return [
            one
            for one in sorted(
                filter(facts.exists, self.problem.seats), key=lambda one: (one.day, one.half, one.site_id)
            )
            if facts.is_open(one)
            and facts.serves(one, trainee.item, theory=trainee.part is Part.THEORY)
            and (facts.own_city(trainee, one.site_id) or facts.may_leave_city(trainee))
            and not facts.bars(trainee, one)
            and in_time(trainee, one)
            and one not in self.impossible.get(trainee.trainee_id, ())
        ]

    def free(self, trainee, choices):
        """Give the first of some sessions that has room and is at a time when the person does not sit."""
        placed = self.schedule.placements
        others = [one for one in self.facts.people.others(trainee.trainee_id) if one in placed]
        taken = {placed[one].session[1:] for one in others}
        return next((one for one in choices if self.has_room(one, trainee) and one[1:] not in taken), None)

    def has_room(self, session, trainee):
        limit = self.problem.sites[session.site_id].day_limit
        places = (self.problem.places_for(session, trainee.item) or 0) - self.places[session, trainee.item]
        return (
            self.seats[session] < self.problem.seats[session]
            and (limit is None or self.days[session[:2]] < limit)
            and (places > 0 or not takes_place(trainee))
        )

    def unplaced(self):
        for name, trainee in sorted(self.problem.trainees.items()):
            session = None if name in self.schedule.placements else self.free(trainee, self.allowed(trainee))
            if session is not None:
                told = f"考生 {name} 没有安排，而{say_session(session)}尚有可用考位"
                yield session_breach("FREE-PLACE-UNUSED", 4, told, session, trainee_id=name)

    def not_public(self):
        for one in self.sitting:
            trainee, now = self.problem.trainees.get(one.trainee_id), one.session
            if (
                trainee is None
                or one.trainee_id in self.kept
                or now.site_id not in self.problem.sites
                or self.facts.is_public_here(trainee, now.site_id)
            ):
                continue
            public = [at for at in self.allowed(trainee) if self.facts.is_public_here(trainee, at.site_id)]
            session = self.free(trainee, public)
            if session is not None:
                told = (
                    f"考生 {one.trainee_id} 被安排到{say_session(now)}，"
                    f"而本市公共考点优先，{say_session(session)}尚有可用考位"
                )
                subjects = {"trainee_id": one.trainee_id, "placed_site_id": now.site_id}
                yield session_breach("PUBLIC-PLACE-UNUSED", 4, told, session, **subjects)

    def rooms(self):
        for code, names, words, part, other in (
            ("ROOM", ("room", "seat"), ("考场", "座位"), "理论", Part.PRACTICAL),
            ("GROUP", ("group", "place"), ("工位组", "工位"), "实操", Part.THEORY),
        ):
            said = [[getattr(one, name) for one in self.sitting] for name in names]
            if not any(map(any, said)):
                continue
            needed = words if any(said[1]) else words[:1]
            for one in self.sitting:
                trainee = self.problem.trainees.get(one.trainee_id)
                texts = zip(needed, (getattr(one, name) for name in names), strict=False)
                lacking = [word for word, text in texts if not text]
                if lacking and trainee is not None and trainee.part is not other:
                    where = f"考生 {one.trainee_id} 在{say_session(one.session)}"
                    told = f"{where}考{part}，却没有{'和'.join(lacking)}，别人有"
                    yield session_breach(f"{code}-MISSING", 6, told, one.session, trainee_id=one.trainee_id)
            yield from self.too_full() if code == "ROOM" else self.mixed()
            yield from self.shared("SEAT-SHARED" if code == "ROOM" else "PLACE-SHARED", names, words[0])

    def too_full(self):
        counts = Counter((one.session, one.room) for one in self.sitting if one.room)
        for (session, room), count in sorted(counts.items()):
            held = [one.seats for one in self.problem.rooms if one.site_id == session.site_id]
            most, why = _most(self.problem, held, room)
            if count > most:
                told = f"{say_session(session)}第 {room} 考场坐了 {count} 人，{why} {most} 个"
                yield session_breach("ROOM-TOO-FULL", 6, told, session, room=room)

    def mixed(self):
        items = defaultdict(set)
        for one in self.sitting:
            if one.group and one.trainee_id in self.problem.trainees:
                items[one.session, one.group].add(self.problem.trainees[one.trainee_id].item)
        for (session, group), found in sorted(items.items()):
            if len(found) > 1:
                told = f"{say_session(session)}第 {group} 工位组有几个项目：{'、'.join(sorted(found))}"
                yield session_breach("GROUP-MIXED", 6, told, session, group=group)

    def shared(self, code, names, word):
        first = {}
        for one in self.sitting:
            room, seat = (getattr(one, name) for name in names)
            if room and seat:
                other = first.setdefault((one.session, room, seat), one.trainee_id)
                if other != one.trainee_id:
                    where = f"在{say_session(one.session)}同在第 {room} {word} {seat} 号"
                    told = f"考生 {other} 与 {one.trainee_id} {where}"
                    both = {"trainee_id": one.trainee_id, "other_trainee_id": other}
                    yield session_breach(code, 6, told, one.session, **both)

    def numbers(self):
        for one in self.sitting:
            trainee = self.problem.trainees.get(one.trainee_id)
            yield from faults(trainee, one)

    def beyond_rooms(self):
        in_rooms = Counter((one.session, one.room) for one in self.sitting if one.room)
        in_sessions = Counter(one.session for one in self.sitting if one.room)
        for one in self.sitting:
            held = [room for room in self.problem.rooms if room.site_id == one.session.site_id]
            trainee = self.problem.trainees.get(one.trainee_id)
            if not held or not one.room or trainee is None or trainee.part is Part.PRACTICAL:
                continue
            people, sitting = in_rooms[one.session, one.room], in_sessions[one.session]
            most = greatest_seat(held, one.room, people, sitting, self.problem.rules.room_size)
            if most is not None and (most == 0 or whole_number(one.seat) > most):
                yield beyond(one, most, len(held))

    def likeness(self, name):
        """Say in what somebody is compared; nothing for who is not."""
        trainee = self.problem.trainees.get(name)
        apart = self.kept | self.impossible.keys()
        if trainee is None or self.facts.people.others(name) or name in apart:
            return None
        alike = (trainee.institution_id, trainee.item, trainee.part, trainee.district, trainee.school_id)
        return (*alike, trainee.earliest, trainee.latest)

    def unequal(self):
        first = {}
        for one in self.sitting:
            alike = self.likeness(one.trainee_id)
            if alike is None:
                continue
            for word, value, where in (
                ("本场机会", one.chance, one.session),
                ("考点机会", one.site_chance, one.session.site_id),
            ):
                if value is not None:
                    other, expected = first.setdefault((alike, where), (one.trainee_id, value))
                    if value != expected:
                        told = f"{word} {value}，而条件完全相同的考生 {other} 为 {expected}"
                        yield _bad("CHANCE-UNEQUAL", one, told, other=other)

    def of_only_sessions(self):
        for one in self.sitting:
            trainee = self.problem.trainees.get(one.trainee_id)
            if (
                trainee is None
                or one.trainee_id in self.kept
                or one.chance is None
                or one.site_chance is None
            ):
                continue
            there = [at for at in self.allowed(trainee) if at.site_id == one.session.site_id]
            held = [
                at for at in there if self.problem.seats[at] and self.problem.sites[at.site_id].day_limit != 0
            ]
            if held == [one.session] and 0 < one.chance < one.site_chance <= 1:
                told = f"本场机会 {one.chance} 小于考点机会 {one.site_chance}；该考点只有这一场可去，考点机会应等于本场机会"
                yield _bad("CHANCE-OF-SITE", one, told)

    def sums(self):
        members, here, there = defaultdict(list), defaultdict(dict), defaultdict(dict)
        for name in sorted(self.problem.trainees):
            members[self.likeness(name)].append(name)
        members.pop(None, None)
        for one in self.sitting:
            alike = self.likeness(one.trainee_id)
            if alike is None:
                continue
            if self.facts.exists(one.session) and one.chance is not None and 0 <= one.chance <= 1:
                here[alike].setdefault(one.session, set()).add(one.chance)
            if one.site_chance is not None and 0 <= one.site_chance <= 1:
                there[alike].setdefault(one.session.site_id, set()).add(one.site_chance)
        here, there = ({alike: {where: min(values) for where, values in stated.items()}
                        for alike, stated in told.items() if all(len(values) == 1 for values in stated.values())}
                       for told in (here, there))  # fmt: skip
        yield from sorted(
            self._sums_of_persons(members, here, there), key=lambda one: (one.subjects, one.message)
        )
        yield from self._crowded(members, here, lambda alike: True, self.problem.seats.__getitem__, "座位")
        for item in sorted({alike[1] for alike in here if alike[2] is not Part.THEORY}):
            working = lambda alike, item=item: alike[1] == item and alike[2] is not Part.THEORY  # noqa: E731
            places = lambda session, item=item: self.problem.places_for(session, item) or 0  # noqa: E731
            yield from self._crowded(members, here, working, places, f"“{item}”工位")

    def _sums_of_persons(self, members, here, there):
        for told, where in ((here, "各场"), (there, "各考点")):
            for alike, stated in told.items():
                if sum(stated.values()) > 1:
                    yield self._impossible_sum(
                        members[alike], f"在{where}的机会合计 {sum(stated.values())}，大于 1"
                    )
        for alike, stated in here.items():
            for site_id, whole in there.get(alike, {}).items():
                own = [value for session, value in stated.items() if session.site_id == site_id]
                if len(own) > 1 and sum(own) > whole:
                    told = f"在考点 {site_id} 各场的机会合计 {sum(own)}，大于考点机会 {whole}"
                    yield self._impossible_sum(members[alike], told)

    def _impossible_sum(self, names, fault):
        told = f"考生 {names[0]} 等 {len(names)} 名条件完全相同的考生，所写的机会不可能：{fault}"
        return breach("CHANCE-SUM", 4, told, trainee_id=names[0])

    def _crowded(self, members, here, counts, limit, what):
        for session in sorted(self.problem.seats):
            total = sum(
                stated.get(session, 0) * len(members[alike])
                for alike, stated in here.items()
                if counts(alike)
            )
            if total > limit(session):
                fit = f"平均会有 {float(total):.2f} 人，而{what}只有 {limit(session)} 个"
                told = f"{say_session(session)}：按所写的机会，{fit}"
                yield session_breach("CHANCE-CAPACITY", 4, told, session)
