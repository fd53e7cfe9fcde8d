"""Facts that are written read as the same facts."""

import datetime as dt
import hashlib
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.canonical import digest
from scheduler.batch.batch_files import write_batch
from scheduler.batch.facts_digest import facts_digest
from scheduler.problem import Half, Part
from scheduler.reading import read_batch
from tests.scheduler.builders import ONE_PERSON, planned, problem, relation, site, staff, trainee
from tests.scheduler.replan.drawn import drawable_batches, rules_toml

DECIMALS = st.decimals(min_value=-89, max_value=89, places=8).map(Fraction)
SHARES = st.one_of(
    st.fractions(0, 1, max_denominator=999), st.integers(0, 10**22).map(lambda one: Fraction(one, 10**22))
)


@given(drawable_batches(), DECIMALS, SHARES)
@settings(max_examples=30, deadline=None)
def test_round_trip(batch, lon, share):
    sites = {
        name: replace(one, lon=lon, lat=lon, address="某路 1 号，甲座") for name, one in batch.sites.items()
    }
    ties = (*batch.relations, replace(relation("controls", "I1", "G1"), share=share))
    batch = replace(batch, sites=sites, relations=tuple(dict.fromkeys(ties)))
    with tempfile.TemporaryDirectory() as name:
        rules = Path(name) / "rules.toml"
        rules.write_text(rules_toml(batch), encoding="utf-8")
        again = read_batch(write_batch(batch, Path(name)), rules)
    assert facts_digest(again) == facts_digest(batch)
    assert again.rules.as_data() == batch.rules.as_data()


def test_the_digest_of_a_list_holds_every_fact_of_a_trainee_in_both_forms():
    """Whatever of somebody changes, the digest does; and the two forms of the digest are not the same."""
    one = trainee("T1", name="仿真张三", id_number=ONE_PERSON, district="甲区")
    changed = [
        {"name": "仿真李四"}, {"id_number": ""}, {"institution_id": "I2"}, {"item": "焊"}, {"part": Part.THEORY},
        {"district": "乙区"}, {"class_id": "一班"}, {"school_id": "I1"}, {"earliest": dt.date(2026, 12, 1)},
        {"latest": dt.date(2026, 12, 1)}, {"needs": ("accessible",)}, {"trainee_id": "T2"},
    ]  # fmt: skip
    base = problem([one], [site("S1")])
    batches = [base, *(replace(base, trainees={"T1": replace(one, **change)}) for change in changed)]
    for form in (1, 2):
        assert len({facts_digest(batch, form) for batch in batches}) == len(batches)
    assert facts_digest(base, 1) != facts_digest(base, 2) == facts_digest(base)
    again = replace(
        base, trainees={"T1": replace(one, row=99)}
    )  # where somebody stands in the list is no fact
    assert facts_digest(again) == facts_digest(base)


_TABLES = ("institutions", "sites", "districts", "seats", "places", "rooms", "staff", "relations")
_TEXTS = st.text(st.sampled_from("甲a,;\"'\n\r\t =№😀"), max_size=4)


@given(st.dictionaries(_TEXTS, st.tuples(_TEXTS, st.none() | st.dates(), st.sampled_from(Part))))
@settings(deadline=None)
def test_the_digest_of_trainees_is_that_of_one_text_whatever_it_holds(people):
    """A cell ends in U+001F, a row in U+001E, rows stand in the order of ids: nothing is quoted or left out."""
    listed = [
        trainee(name, name=text, part=part, earliest=day, latest=day)
        for name, (text, day, part) in people.items()
    ]
    empty = {"institutions": {}, "sites": {}, "seats": {}, "places": ()}
    columns = ["trainee_id", "institution_id", "item", "part", "name", "id_number", "district", "class_id",
               "school_id", "earliest", "latest", "needs"]  # fmt: skip
    cells = [
        [one.trainee_id, "I1", one.item, one.part.value, one.name, "", "", "", "", *[str(one.earliest or "")] * 2, ""]
        for one in sorted(listed, key=lambda one: one.trainee_id)
    ]  # fmt: skip
    text = "".join("".join(f"{cell}\x1f" for cell in row) + "\x1e" for row in cells)
    trainees = {"columns": columns, "digest": hashlib.sha256(text.encode()).hexdigest()}
    whole = {table: [] for table in _TABLES} | {"trainees": trainees}
    assert facts_digest(replace(problem(listed, []), **empty)) == digest(whole)


def test_cells_cannot_run_into_each_other_in_the_digest():
    batch = problem([trainee("T1", name="甲\x1f乙")], [site("S1")])
    with pytest.raises(ValueError, match=r"U\+001F"):
        facts_digest(batch)


def test_the_order_within_a_cell_means_nothing_to_the_digest_and_the_plan():
    """Whoever writes examiner;patrol means what patrol;examiner says: the draw must not be another one."""
    leave = (
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1), Half.AM),
        (dt.date(2026, 12, 2), dt.date(2026, 12, 3), None),
    )
    one = staff("W1", roles=("examiner", "patrol"), items=("焊", "电"), unavailable=leave)
    other = staff("W1", roles=("patrol", "examiner"), items=("电", "焊"), unavailable=leave[::-1])
    first, second = (problem([trainee("T1")], [site("S1", "I2")], people=[each]) for each in (one, other))
    assert planned(first)["digest"] == planned(second)["digest"]
    assert facts_digest(first, 2) != facts_digest(second, 2), "as plans of that form were made"
