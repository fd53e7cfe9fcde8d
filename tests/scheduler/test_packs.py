"""The rule packs that ship, and what a faulty one is told; a batch outside a pack's dates is told."""

import datetime as dt
import shutil
from dataclasses import replace

import pytest

from common.errors import DataError, InputError
from scheduler.packs import PACKS, load_pack
from scheduler.plan_notes import open_though_dated, outside_rules
from scheduler.rules import load_rules
from tests.scheduler import builders
from tests.scheduler.builders import at, day, planned, site
from tests.scheduler.checker.good import good_problem


@pytest.mark.parametrize("name", sorted(path.stem for path in PACKS.glob("*.toml")))
def test_every_pack_loads_with_a_source_for_each_value(name):
    """Whatever a pack sets, it says where it comes from, or that it is not law."""
    pack = load_pack(name)
    assert {f"{section}.{key}" for section, values in pack.tables.items() for key in values} <= set(
        pack.sources
    )
    assert all(pack.sources.values())


def test_variants_differ_from_the_default_where_their_notice_does():
    """Meihekou and Chongqing forbid training staff in exam work; all else is Guangdong's."""
    default = load_pack("guangdong-2023")
    for name in ("meihekou-2024", "chongqing-2022"):
        variant = load_pack(name)
        assert variant.tables["conflicts"]["training_staff"] == "never"
        assert variant.tables["staffing"] == default.tables["staffing"]
    assert default.tables["conflicts"]["training_staff"] == "unrelated"


@pytest.mark.parametrize(
    ("good", "bad", "field"),
    [
        ('title = "', 'titel = "', "pack.title"),
        ('valid_from = "2024-04-09"', 'valid_from = "April"', "pack.valid_from"),
        ('"conflicts.training_staff" =', '"conflicts.staff" =', "sources.conflicts.training_staff"),
        ("training_staff = ", "unknown = ", "sources.conflicts.unknown"),
    ],
)
def test_a_faulty_pack_is_told(tmp_path, good, bad, field):
    """File and field of a missing title, a bad date, a value without source, an unknown value."""
    shutil.copytree(PACKS, tmp_path / "packs")
    path = tmp_path / "packs" / "meihekou-2024.toml"
    content = path.read_text(encoding="utf-8")
    assert good in content
    path.write_text(content.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_pack("meihekou-2024", tmp_path / "packs")
    assert (caught.value.file, caught.value.field) == ("meihekou-2024.toml", field)


def test_an_unknown_pack_names_the_known_ones():
    """A city that misspells a pack is told what there is."""
    with pytest.raises(InputError, match="guangdong-2023"):
        load_pack("guangdong")


def test_the_dates_of_the_default():
    """The Guangdong notice holds five years from its day."""
    rules = load_rules()
    assert rules.covers(dt.date(2028, 8, 9))
    assert not rules.covers(dt.date(2028, 8, 10))
    assert not rules.covers(dt.date(2023, 8, 9))


def test_no_note_inside_the_dates():
    """A batch of 2026 is planned without a word about the rules' dates."""
    assert not any("有效期" in note for note in planned(good_problem())["problems"])


def test_a_batch_outside_the_dates_is_told():
    """An exam in 2029 has no rules of this pack: the plan says so and plans all the same."""
    problem = good_problem()
    late = {
        session._replace(day=dt.date(2029, 1, session.day.day)): seats
        for session, seats in problem.seats.items()
    }
    (note,) = outside_rules(replace(problem, seats=late))
    assert "2028-08-09" in note
    assert outside_rules(problem) == []


def test_a_site_that_states_when_it_is_suspended_and_not_that_it_is():
    """An empty status is a likely slip: nobody is sent to a closed site without a word."""
    sites = [site("S1", suspended_from=day(1), suspended_to=day(2)), site("S2", suspended_to=day(1))]
    batch = builders.problem([], sites, seats={at("S1"): 1, at("S2", "2am"): 1})
    (note,) = open_though_dated(batch)
    assert "考点S1" in note
    closed = {name: replace(one, suspended=True) for name, one in batch.sites.items()}
    assert open_though_dated(replace(batch, sites=closed)) == []
