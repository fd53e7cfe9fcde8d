"""The plan of a change in another form, or a folder with files that are not of its draw, is refused by both implementations."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from scheduler.folder import json_text
from scheduler.replan.changes.stated import Stated
from tests.scheduler.builders import trainee
from tests.scheduler.plan_damages import with_digest
from tests.scheduler.replan.drawn import changed, drawn
from tests.scheduler.replan.forging import A_FIRST, batch, kept, refused, remade
from tests.scheduler.replan.test_announced import announce, opened
from tests.scheduler.replan.test_chain import announced, codes, failures  # noqa: F401 - a fixture
from tests.scheduler.test_second_draw import second_draw

FORM = "计划只有规定的内容"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    work = tmp_path_factory.mktemp("form")
    drawn(batch(), work)
    changed(work / "0", work / "1", {"change": "session_cancelled", **A_FIRST})
    return work / "1"


@pytest.fixture
def one(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "one"))


def _refused_by_both(folder):
    assert failures(folder) != []
    assert second_draw(folder).returncode != 0


def _one_kept_more(plan):
    kept(plan)["kept"].append(kept(plan)["kept"][0])


@pytest.mark.parametrize(
    "alter",
    [
        lambda plan: plan["change"]["places"][0].update(session=str(plan["change"]["places"][0]["session"])),
        lambda plan: plan["change"]["places"][0].update(places=str(plan["change"]["places"][0]["places"])),
        *(lambda plan, odd=odd: plan["groups"][0].update(district=odd) for odd in (None, 5)),
        lambda plan: [group.update(district=None) for group in plan["groups"]],
        lambda plan: plan["groups"][0].update(closed=["x"]),
        lambda plan: plan["groups"][0].update(closed=[len(plan["closed"])]),
        lambda plan: plan["groups"][0].update(closed=None),
        lambda plan: plan["seating"]["accessible"].extend(["T1", "T0"]),
    ],
)
def test_another_form_is_refused(one, alter):
    remade(one, alter)
    _refused_by_both(one)


@pytest.mark.parametrize(
    "alter",
    [
        _one_kept_more,
        lambda plan: plan["groups"][0].pop("district"),
        lambda plan: kept(plan).pop("closed"),
        lambda plan: plan["seating"].update(room_size=0),  # rooms without end, none of which has a seat
    ],
)
def test_what_cannot_be_drawn_anew_is_refused(one, alter):
    """The second implementation draws some of it all the same: the form tells."""
    told = json.loads((one / "draw.json").read_text(encoding="utf-8"))
    plan = json.loads((one / "plan.json").read_text(encoding="utf-8"))
    alter(plan)
    (one / "plan.json").write_text(json_text(with_digest(plan)), encoding="utf-8")
    named = {"plan_file": hashlib.sha256((one / "plan.json").read_bytes()).hexdigest()}
    told |= named | {"plan_digest": with_digest(plan)["digest"]}
    (one / "draw.json").write_text(json_text(with_digest(told)), encoding="utf-8")
    _refused_by_both(one)
    ran = second_draw(one)
    assert ran.returncode == 2 or any(
        line.startswith("不同") and FORM in line for line in ran.stdout.splitlines()
    )


def test_a_record_names_pages_only(one):
    digest = hashlib.sha256((one / "changes.csv").read_bytes()).hexdigest()
    remade(one, record={"documents": {"changes.csv": digest}})
    ran = second_draw(one)
    assert "不同　draw.json 中不是页面的文件：changes.csv" in ran.stdout
    assert any("没有这种页面" in told for told in failures(one))


def test_what_would_help_is_of_the_draw_or_not_there(one):
    """Everybody has a place: no page about those without one is of this change, named or not."""
    remade(one)
    assert failures(one) == []
    page = one / "remedies.html"
    page.write_bytes(b"x")
    refused(one, "remedies.html")
    remade(one, record={"documents": {"remedies.html": hashlib.sha256(b"x").hexdigest()}})
    page.write_bytes(b"x")
    refused(one, "remedies.html")


def test_what_was_made_before_the_draw_is_not_kept_beside_it(made, tmp_path):
    """Who would have no place is told with the announcement; drawn, the record names what is there."""
    changed(made, tmp_path / "2", {"change": "seats", "id": "B", "date": "2026-12-02", "half": "am", "value": 0},
            {"change": "seats", "id": "A", "date": "2026-12-02", "half": "am", "value": 0})  # fmt: skip
    told = json.loads((tmp_path / "2" / "draw.json").read_text(encoding="utf-8"))
    assert {"remedies.html", "remedies.json"} <= told["documents"].keys()
    assert failures(tmp_path / "2") == []
    assert second_draw(tmp_path / "2").returncode == 0


def test_a_first_record_names_pages_only(made):
    first = made.parent / "0"
    told = json.loads((first / "draw.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((first / "plan.json").read_bytes()).hexdigest()
    folder = Path(shutil.copytree(first, made.parent / "named"))
    (folder / "draw.json").write_text(
        json_text(with_digest(told | {"documents": {"plan.json": digest}})), encoding="utf-8"
    )
    refused(folder, "plan.json")


def test_an_announcement_has_its_keys_and_no_others(announced):  # noqa: F811
    path = announced / "announcement.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert failures(announced) == []
    assert second_draw(announced).returncode == 0
    path.write_text(json_text(with_digest(content | {"note": "x"})), encoding="utf-8")
    _refused_by_both(announced)
    assert "不同　公告的内容" in second_draw(announced).stdout


def test_the_announcement_for_people_is_there_where_there_is_one(announced, one, tmp_path):  # noqa: F811
    """Its words one program compares; that it is there, both."""
    changed(announced, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T2"}, secrets=codes)
    (announced / "announcement.txt").unlink()
    _refused_by_both(announced)
    assert "不同　有没有 announcement.txt" in second_draw(announced).stdout
    (one / "announcement.txt").write_bytes(b"x")
    refused(one, "announcement.txt")
    ran = second_draw(tmp_path / "1")
    assert ran.returncode == 0
    assert "没有核对　announcement.txt 的文字" in ran.stdout


def test_what_the_plan_said_of_help_is_in_no_record(made, tmp_path):
    folder = Path(shutil.copytree(made.parent / "0", tmp_path / "first"))
    (folder / "remedies.json").write_bytes(b"{}")
    ran = second_draw(folder)
    assert ran.returncode == 0
    assert "没有核对　remedies.json" in ran.stdout


def test_a_session_that_comes_again_tells_its_own_reason(made, tmp_path, monkeypatch):
    """Who has to leave it hears why it came with fewer seats, and not of a number that it had before.

    Such a table contradicts itself and is refused; folders of earlier versions, which took it, are judged as they were.
    """
    monkeypatch.setattr(Stated, "tell", lambda *_: False)
    where = {"id": "B", "date": "2026-12-02", "half": "am"}
    changed(
        made,
        tmp_path / "2",
        {"change": "seats", **where, "value": 3, "reason": "坏了一张桌子"},
        {"change": "session_cancelled", **where, "reason": "停电"},
        {"change": "session_added", **where, "value": 1, "reason": "只有一间考场有电"},
        {"change": "trainee_added", "id": "N1", "institution_id": "I1", "item": trainee("T").item},
    )
    plan = json.loads((tmp_path / "2" / "plan.json").read_text(encoding="utf-8"))
    told = {one["reason"] for one in plan["change"]["touched"] if one["kind"] == "limit"}
    assert told == {"原场次的名额减少，由抽签决定离开（只有一间考场有电）"}
    assert failures(tmp_path / "2") == []
    assert second_draw(tmp_path / "2").returncode == 0
    remade(
        tmp_path / "2",
        lambda plan: [one.update(reason=one["reason"].replace("只有一间考场有电", "坏了一张桌子"))
                      for one in plan["change"]["touched"]],
    )  # fmt: skip
    refused(tmp_path / "2", "触及的缘由")


def test_what_would_help_before_the_draw_goes_with_it(made, tmp_path):
    """Without the batch nobody can say it anew after the draw; what was said before is of no draw."""
    no_seats = [
        {"change": "seats", "id": site, "date": "2026-12-02", "half": "am", "value": 0} for site in "AB"
    ]
    announce(made, tmp_path / "2", *no_seats)
    assert (tmp_path / "2" / "remedies.html").is_file()
    shutil.rmtree(tmp_path / "2" / "batch")
    opened(tmp_path / "2")
    assert not (tmp_path / "2" / "remedies.html").exists()
    assert failures(tmp_path / "2") == []
    assert second_draw(tmp_path / "2").returncode == 0
