"""Past meetings of institutions and sites; why: month after month the same school at the same site is no lottery."""

from dataclasses import replace
from fractions import Fraction

import pytest

from common.errors import InputError
from scheduler.capacity import plan_chances
from scheduler.chances.history import History, history_data, history_notes
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.past_draws import read_history
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.seed_origin import GIVEN
from tests.scheduler.builders import planned, problem, site, trainee

SEED = "5a" * 32


def drawn(folder, batch, seed=SEED):
    write_plan(folder, planned(batch))
    draw_and_write(folder, seed, GIVEN, "2026-11-25T00:00:00+00:00")
    return folder


def two_institutions():
    people = [trainee("T1", "I1"), trainee("T2", "I2")]
    return problem(people, [site("S1"), site("S2")])


def test_who_sat_where_is_counted_over_all_folders(tmp_path):
    batch = two_institutions()
    first, other = drawn(tmp_path / "1", batch), drawn(tmp_path / "2", batch, "5b" * 32)
    found = read_history([first, other])
    assert sum(found.met.values()) == 4
    assert {institution for institution, _ in found.met} == {"I1", "I2"}
    assert history_data(found)["records"] == list(found.records)
    assert "以往 2 次抽签（4 人次）" in history_notes(batch, found)[0]


def test_without_folders_nothing_is_said():
    assert history_notes(two_institutions(), History({}, ())) == []


def chances(batch, met):
    batch = replace(batch, met=met)
    plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    found = {}
    for group, one in zip(plan.groups, plan.chances, strict=True):
        for session, count in one.counts.items():
            for name in group.trainees:
                found[name, session.site_id] = Fraction(count, plan.denominator * len(group.trainees))
    return found


def test_an_institution_goes_elsewhere_than_before_where_fairness_leaves_a_choice():
    """A sixtieth of a person seven times is 8 parts for each site and 4 over: the past decides where they go."""
    batch = problem([trainee("T1", "I1"), trainee("T2", "I2")], [site(f"S{n}") for n in range(7)])
    for fresh in ("S3", "S6"):
        met = {("I1", f"S{n}"): 5 for n in range(7) if f"S{n}" != fresh}
        found = chances(batch, met)
        assert found["T1", fresh] == Fraction(9, 60)
        others = sorted(found["T1", f"S{n}"] for n in range(7) if f"S{n}" != fresh)
        assert others == [Fraction(8, 60)] * 3 + [Fraction(9, 60)] * 3


def test_the_past_costs_nobody_a_place_or_evenness():
    batch = two_institutions()
    assert chances(batch, {("I1", "S1"): 9}) == chances(batch, {})


def test_folders_that_cannot_be_used(tmp_path):
    folder = drawn(tmp_path / "1", two_institutions())
    with pytest.raises(InputError, match="两遍"):
        read_history([folder, folder])
    with pytest.raises(InputError):
        read_history([tmp_path / "没有"])
    text = (folder / "plan.json").read_text(encoding="utf-8")
    (folder / "plan.json").write_text(text.replace('"T1"', '"T9"'), encoding="utf-8")
    with pytest.raises(InputError, match="摘要不符"):
        read_history([folder])
