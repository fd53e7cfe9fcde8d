"""Duties from the files to a verified draw, through the program itself."""

import json
import shutil

import pytest

from common.resources import DATA
from tests.journeys.test_exam import program, rows
from tests.scheduler.builders import ITEM, seed
from tests.scheduler.files import TABLES, write_folder

EXAMPLE = DATA / "examples" / "batch"
STAFF = ["staff_id", "name", "id_number", "roles", "items", "max_duties"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    out = tmp_path_factory.mktemp("staffed")
    assert program("exam", "run", EXAMPLE, "--out", out, "--seed", seed(3))[0] == 0
    return out


@pytest.fixture
def copy(drawn, tmp_path):
    return shutil.copytree(drawn, tmp_path / "copy")


def test_every_duty_of_the_example_is_done(drawn):
    assert rows(drawn / "vacancies.csv") == []
    duties, substitutes = rows(drawn / "duties.csv"), rows(drawn / "substitutes.csv")
    assert {row["role"] for row in duties} == {"invigilator", "examiner", "patrol"}
    assert substitutes
    on_duty = {(row["date"], row["half"], row["staff_id"]) for row in duties}
    assert on_duty.isdisjoint((row["date"], row["half"], row["staff_id"]) for row in substitutes)
    code, told, errors = program("exam", "check", EXAMPLE, drawn)
    assert (code, errors) == (0, "")
    assert "未作检查" not in told
    assert program("exam", "verify", drawn)[0] == 0


def test_a_draw_says_how_many_duties_there_are_and_the_greatest_load(tmp_path):
    _, told, _ = program("exam", "run", EXAMPLE, "--out", tmp_path, "--seed", seed(3))
    listed = [row["staff_id"] for row in rows(tmp_path / "duties.csv")]
    most = max(listed.count(name) for name in listed)
    assert f"考务任务 {len(listed)} 项，由 {len(set(listed))} 人担任，每人最多 {most} 项" in told


def test_who_has_two_staff_ids_is_counted_once(tmp_path):
    """One person invigilates under one id and examines under another."""
    people = [
        STAFF,
        ["W1", "丙三", "000000197001010035", "invigilator", "", ""],
        ["W2", "丙三", "000000197001010035", "examiner", "低压电工作业", ""],
    ]
    header, first, other = TABLES["trainees"]
    seats, one, two = TABLES["seats"]
    batch = write_folder(
        tmp_path / "batch",
        staff=people,
        trainees=[
            header,
            [*first[:5], "practical", "", ""],
            other,
        ],  # at S1 in the morning, at S2 in the afternoon
        seats=[seats, [*one[:3], "1"], two],
    )
    _, told, _ = program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(3))
    duties = rows(tmp_path / "out" / "duties.csv")
    assert {row["staff_id"] for row in duties} == {"W1", "W2"}
    assert f"考务任务 {len(duties)} 项，由 1 人担任，每人最多 {len(duties)} 项" in told


def test_the_plan_says_of_the_staff_neither_names_nor_numbers(drawn):
    text = (drawn / "plan.json").read_text(encoding="utf-8")
    assert len(json.loads(text)["staff"]) == len(rows(EXAMPLE / "staff.csv"))
    for person in rows(EXAMPLE / "staff.csv"):
        assert person["id_number"] not in text


@pytest.mark.parametrize("name", ["duties.csv", "substitutes.csv", "vacancies.csv"])
def test_a_changed_file_is_found(copy, name):
    (copy / name).write_bytes((copy / name).read_bytes() + b"W001,patrol,S1,2026-12-07,am,\r\n")
    code, told, _ = program("exam", "verify", copy)
    assert code == 1
    assert f"{name} 逐字节不同" in told


def test_a_changed_duty_is_found_by_the_checker(copy):
    path = copy / "duties.csv"
    text = path.read_text(encoding="utf-8-sig")
    first = text.splitlines()[1]
    path.write_text(
        text.replace(first, first.replace(first[:4], "W999"), 1), encoding="utf-8-sig", newline=""
    )
    code, told, _ = program("exam", "check", EXAMPLE, copy, "--json")
    found = json.loads(told)["findings"]
    assert code == 1
    assert ("STAFF-UNKNOWN", 5, "W999") in {(one["code"], one["rule"], one["staff_id"]) for one in found}


@pytest.mark.parametrize(
    "row", ["W001,厨师,S1,2026-12-07,am,", ",patrol,S1,2026-12-07,am,", "W001,patrol,S1,x,am,"]
)
def test_a_row_that_cannot_be_read_is_a_finding(copy, row):
    with (copy / "duties.csv").open("ab") as file:
        file.write(f"{row}\r\n".encode())
    code, told, _ = program("exam", "check", EXAMPLE, copy, "--json")
    assert code == 1
    assert "DUTY-ROW-UNREADABLE" in {one["code"] for one in json.loads(told)["findings"]}


def test_without_duties_the_check_says_what_it_did_not_judge(copy):
    (copy / "duties.csv").unlink()
    code, told, _ = program("exam", "check", EXAMPLE, copy)
    assert code == 0
    assert "没有 duties.csv，考务人员（规则 5、6）未作检查。" in told
    code, told, errors = program("exam", "check", EXAMPLE, copy, "--json")
    assert json.loads(told) == {"findings": [], "placed": 800, "unplaced": 0, "unchecked": ["duties"]}
    assert "未作检查" in errors


def test_without_duties_a_batch_without_staff_leaves_nothing_unchecked(tmp_path):
    batch = write_folder(tmp_path / "batch")
    program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(1))
    _, told, _ = program("exam", "check", batch, tmp_path / "out", "--json")
    assert "unchecked" not in json.loads(told)


def test_what_of_rule_4_is_not_judged_is_named_for_programs_too(tmp_path):
    """Where an item may be sat in other cities, whether people from there could make room is not judged."""
    batch = write_folder(tmp_path / "batch")
    (batch / "rules.toml").write_text(f'[cross_city]\nitems = ["{ITEM}"]\n', encoding="utf-8")
    assert program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(1))[0] == 0
    _, told, errors = program("exam", "check", batch, tmp_path / "out", "--json")
    assert json.loads(told)["unchecked"] == ["priority"]
    assert "没有判断" in errors


def test_a_duty_that_nobody_can_do_ends_with_3_and_a_reason(tmp_path):
    """One person for everything, who examines nothing: told at once, and after the draw."""
    person = ["W2", "仿真乙", "", "invigilator;patrol", "", "1"]
    batch = write_folder(tmp_path / "batch", TABLES, staff=[STAFF, person])
    code, told, _ = program("exam", "plan", batch, "--out", tmp_path / "out")
    assert code == 3
    assert "至少有" in told
    assert "考评员（低压电工作业）" in told
    code, told, _ = program("exam", "draw", tmp_path / "out", "--seed", seed(1))
    assert code == 3
    vacancies = rows(tmp_path / "out" / "vacancies.csv")
    assert f"有 {len(vacancies)} 项考务任务无人可派" in told
    assert {row["reason"] for row in vacancies if row["role"] == "examiner"} == {
        "考务人员中没有考评员（低压电工作业）"
    }
    assert program("exam", "verify", tmp_path / "out")[0] == 0
    code, told, _ = program("exam", "check", batch, tmp_path / "out", "--json")
    assert not [one for one in json.loads(told)["findings"] if one["rule"] in (5, 6)]
    _, told, _ = program("exam", "check", batch, tmp_path / "out")
    assert f"；另有 {len(vacancies)} 项考务任务无人可派（见 vacancies.csv）。" in told


def test_who_lacks_an_agreement_is_told_so_though_the_files_say_only_that_a_paper_is_over(tmp_path):
    """Repeated bytes stay (decision 0012): the terminal tells which paper it is, by id and day."""
    header = [*STAFF, "licence_to", "agreement_to"]
    person = ["W1", "仿真甲", "", "invigilator", "", "", "2030-01-01", "2020-01-01"]
    batch = write_folder(tmp_path / "batch", TABLES, staff=[header, person])
    _, told, errors = program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(1))
    assert "请核对：考务人员的责任书（承诺书）在" in errors
    assert "W1（2020-01-01）" in errors
    assert "的证件在" not in errors
    assert any("证件过期 1 人" in row["reason"] for row in rows(tmp_path / "out" / "vacancies.csv"))
    assert (
        "其中“证件过期”的是 W1（2020-01-01）；括号里是证件、责任书（承诺书）、年度培训三个有效期里最早的一个"
        in told
    )


def test_whose_licence_ends_is_named_and_nobody_where_none_does(tmp_path):
    """One of three patrols has a licence to the day before; the other two are no reason to speak of papers."""
    header = [*STAFF, "licence_to"]
    people = [
        ["W1", "仿真甲", "", "patrol", "", "", "2026-11-30"],
        ["W2", "仿真乙", "", "patrol", "", "", ""],
    ]
    batch = write_folder(
        tmp_path / "batch",
        TABLES,
        staff=[header, *people, ["W3", "仿真丙", "", "patrol", "", "", "2026-12-01"]],
    )
    rules = tmp_path / "rules.toml"
    rules.write_text(
        "[staffing]\npatrols_per_site = 3\ninvigilators_per_room = 0\nexaminers_per_item = 0\n",
        encoding="utf-8",
    )
    _, told, _ = program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(1), "--rules", rules)
    assert "其中“证件过期”的是 W1（2026-11-30）；" in told
    staff = [header, *([*one[:-1], ""] for one in people)]
    batch = write_folder(tmp_path / "again", TABLES, staff=staff)
    _, told, _ = program(
        "exam", "run", batch, "--out", tmp_path / "free", "--seed", seed(1), "--rules", rules
    )
    assert "无人可派" in told
    assert "证件过期" not in told


def test_a_batch_without_staff_is_planned_and_drawn_without_duties(tmp_path):
    batch = write_folder(tmp_path / "batch")
    code, told, _ = program("exam", "run", batch, "--out", tmp_path / "out", "--seed", seed(1))
    assert "没有考务人员" in told
    assert not (tmp_path / "out" / "duties.csv").exists()
    assert code == program("exam", "plan", batch, "--out", tmp_path / "again")[0]
