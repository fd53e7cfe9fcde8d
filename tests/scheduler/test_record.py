"""The record of a draw; why: what cannot be repeated by a stranger proves nothing."""

import csv
import io
import json
import threading
from dataclasses import replace

import pytest

from common.canonical import digest
from common.errors import InputError
from scheduler import record
from scheduler.file_names import PLAN_FILE
from scheduler.folder import holds
from scheduler.record import draw_and_write, read_plan, write_plan
from scheduler.seed.seed_origin import GIVEN, TRIAL_RANDOM, announced_origin
from scheduler.verifying import not_checked, verify
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, planned, seed
from tests.scheduler.checker.good import good_problem
from tests.scheduler.plan_damages import DAMAGES, with_digest

MOMENT = "2026-11-20T09:00:00+08:00"
COLUMNS = [
    "trainee_id",
    "site_id",
    "date",
    "half",
    "room",
    "seat",
    "group",
    "place",
    "exception",
    "chance",
    "site_chance",
]


@pytest.fixture
def drawn(tmp_path):
    write_plan(tmp_path, planned(good_problem()))
    draw_and_write(tmp_path, seed(7).upper(), GIVEN, MOMENT)
    return tmp_path


def failed(folder):
    return [told for good, told in verify(folder) if not good]


def change(path, **values):
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | values, ensure_ascii=False), encoding="utf-8")
    return content


def test_two_programs_at_the_same_moment_draw_a_folder_once(tmp_path):
    """The second comes while the first is at its documents: it waits, and finds the folder drawn."""
    write_plan(tmp_path, planned(good_problem()))
    inside, outcomes = threading.Event(), []

    def second():
        try:
            draw_and_write(
                tmp_path, seed(2), GIVEN, "2026-11-20T09:00:01+08:00", lambda *_: inside.set() or {}
            )
        except InputError as error:
            outcomes.append(str(error))

    other = threading.Thread(target=second)

    def documents(*_):
        other.start()
        assert not inside.wait(0.5), "both are drawing"
        return {}

    draw_and_write(tmp_path, seed(1), GIVEN, MOMENT, documents)
    other.join()
    assert [told.partition(" ")[2] for told in outcomes] == [
        "已经抽过签；抽签只做一次。复核请用 zhengkao exam verify。"
    ]
    assert json.loads((tmp_path / "draw.json").read_text(encoding="utf-8"))["seed"] == seed(1)


def test_what_a_killed_draw_left_is_gone_after_the_next_one(tmp_path):
    write_plan(tmp_path, planned(good_problem()))
    (tmp_path / ".assignments.csv.x1").write_text("半", encoding="utf-8")
    draw_and_write(tmp_path, seed(1), GIVEN, MOMENT)
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_a_file_that_is_missing_is_told_as_missing(drawn):
    (drawn / "unassigned.csv").unlink()
    assert failed(drawn)[0] == "没有 unassigned.csv 这个文件，不能与重新抽签的结果比较"


def test_a_good_draw_is_verified(drawn):
    assert failed(drawn) == []
    record = json.loads((drawn / "draw.json").read_text(encoding="utf-8"))
    assert record["seed"] == seed(7)
    assert record["plan_digest"] == read_plan(drawn)["digest"]
    assert {"seed_origin", "drawn_at", "result_digest"} <= record.keys()


def test_a_folder_is_drawn_once_and_keeps_its_plan(drawn):
    before = {path.name: path.read_bytes() for path in drawn.iterdir()}
    with pytest.raises(InputError, match="一次"):
        draw_and_write(drawn, seed(8), "x", "y")
    with pytest.raises(InputError, match="抽过签"):
        write_plan(drawn, planned(good_problem()))
    assert {path.name: path.read_bytes() for path in drawn.iterdir()} == before


@pytest.mark.parametrize("name", ["assignments.csv", "unassigned.csv"])
def test_a_changed_or_missing_result_is_caught(drawn, name):
    content = (drawn / name).read_bytes()
    (drawn / name).write_bytes(content.replace(b"T1", b"T2", 1))
    assert any(name in told for told in failed(drawn))
    (drawn / name).unlink()
    assert any(name in told for told in failed(drawn))


@pytest.mark.parametrize(
    "values",
    [{"seed": seed(8)}, {"seed": "x"}, {"seed": None}, {"plan_digest": "0" * 64}, {"result_digest": "0" * 64},
     {"seed_origin": "承诺"}, {"drawn_at": "2020-01-01"}, {"placed": 99}, {"files": {}}],
)  # fmt: skip
def test_a_changed_record_is_caught(drawn, values):
    change(drawn / "draw.json", **values)
    assert failed(drawn)


@pytest.mark.parametrize(
    "values",
    [
        {"placed": 99},
        {"files": {}},
        {"result_digest": "0" * 64},
        {"seed": seed(8)},
        {"seating": {"rooms": 1}},
        *({name: None} for name in ("format", "seed_origin", "drawn_at", "documents", "files", "placed")),
        {"format": "x"},
        {"seed_origin": " "},
        {"seed": None},
        {"seed": "A" * 64},
        {"note": "另有说明"},
        *(
            {"drawn_at": moment}
            for moment in (
                "1/0",
                "2026-11-20",
                "2026-11-20T01:00:00Z",
                "2026-11-20T09:00:00.5+08:00",
                "2026-W47-5T09:00:00+08:00",
                "2026-11-20 09:00:00+08:00",
                "2026-11-20T09:00:00",
                "2026-11-31T09:00:00+08:00",
            )
        ),
        *({"documents": value} for value in (0, "x", [None], {"schedule.html": 1})),
    ],
)
def test_a_record_changed_with_its_digest_is_caught_by_the_repeated_draw(drawn, values):
    change(drawn / "draw.json", **values)
    content = json.loads((drawn / "draw.json").read_text(encoding="utf-8"))
    rest = {name: value for name, value in content.items() if name != "digest"}
    change(drawn / "draw.json", digest=digest(rest))
    assert failed(drawn)
    assert not_checked(drawn)


@pytest.mark.parametrize(
    "values", [{"denominator": 480}, {"tool": {"version": 1.5}}, {"groups": []}, {"digest": "0" * 64}]
)
def test_a_changed_plan_is_caught_and_never_drawn(drawn, values):
    change(drawn / "plan.json", **values)
    assert failed(drawn)
    (drawn / "draw.json").unlink()
    with pytest.raises(InputError, match="摘要"):
        draw_and_write(drawn, seed(1), "x", "y")


def test_a_plan_changed_with_its_digest_is_another_plan(drawn):
    plan = json.loads((drawn / "plan.json").read_text(encoding="utf-8"))
    rest = {name: value for name, value in plan.items() if name != "digest"} | {"rules_title": "x"}
    change(drawn / "plan.json", rules_title="x", digest=digest(rest))
    assert any("另一份计划" in told for told in failed(drawn))


def test_what_is_not_there_or_no_record(tmp_path, drawn):
    with pytest.raises(InputError):
        verify(tmp_path / "nowhere")
    (drawn / "draw.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError):
        verify(drawn)
    (drawn / "plan.json").write_text('{"format": "other"}', encoding="utf-8")
    with pytest.raises(InputError):
        read_plan(drawn)


def test_no_names_and_no_identity_numbers_in_any_file(tmp_path):
    batch = good_problem()
    named = {
        name: replace(one, name="诸葛试题", id_number=one.id_number or ANOTHER_PERSON)
        for name, one in batch.trainees.items()
    }
    write_plan(tmp_path, planned(replace(batch, trainees=named)))
    draw_and_write(tmp_path, seed(1), GIVEN, MOMENT)
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(secret in text for secret in ("诸葛试题", ONE_PERSON, ANOTHER_PERSON)), path.name


def test_csv_files_are_as_the_contract_says(drawn):
    for name, columns in (("assignments.csv", COLUMNS), ("unassigned.csv", ["trainee_id", "reason"])):
        content = (drawn / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert rows[0] == columns
        assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
        assert all(len(row) == len(columns) for row in rows)
    rows = list(csv.DictReader(io.StringIO((drawn / "assignments.csv").read_text(encoding="utf-8-sig"))))
    assert {"sole_site", "cross_city"} <= {row["exception"] for row in rows}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_plan_that_contradicts_itself_is_not_drawn(tmp_path, damage):
    """A plan made by hand, its digest right and its numbers wrong: told, not drawn, no endless dice."""
    plan = planned(good_problem())
    damage(plan)
    (tmp_path / PLAN_FILE).write_text(json.dumps(with_digest(plan)), encoding="utf-8")
    with pytest.raises(InputError, match="前后矛盾"):
        draw_and_write(tmp_path, "00" * 32, "test", MOMENT)
    assert sorted(path.name for path in tmp_path.iterdir()) == [PLAN_FILE]


def rewritten(path, **values):
    """Change a file with its digest, as a forger would."""
    change(path, **values)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(path, digest=digest({name: value for name, value in content.items() if name != "digest"}))


@pytest.mark.parametrize(
    "told", ["公证处摇出的种子", "按公告抽签", announced_origin("03 08"), TRIAL_RANDOM + "。"]
)
def test_a_seed_is_said_to_come_from_where_the_record_shows_and_nowhere_else(drawn, told):
    """Nothing was announced: a record that says so all the same would be printed on every page."""
    rewritten(drawn / "draw.json", seed_origin=told)
    assert failed(drawn)[0] == "记录所写的种子来历与记录的内容不符"


def test_a_reveal_beside_a_seed_by_hand_is_caught(drawn):
    rewritten(drawn / "draw.json", reveal={})
    assert "记录 draw.json 缺少或不对：reveal" in failed(drawn)


def test_what_only_a_change_has_is_not_of_a_first_draw(drawn):
    (drawn / "chain").mkdir()
    assert failed(drawn) == ["chain 不是这次抽签写出的：记录里没有它，请移走"]


def test_a_table_of_changes_that_waits_beside_a_draw_is_said_not_to_be_of_it(drawn):
    """Somebody writes it there and asks for the change next: the draw is good, and nobody may think that it was changed."""
    (drawn / "changes.csv").write_text("change,id\n", encoding="utf-8")
    assert failed(drawn) == []
    assert "changes.csv 不属于这次抽签" in not_checked(drawn)[-1]


def test_the_plan_of_a_change_is_no_first_draw(drawn):
    rewritten(drawn / PLAN_FILE, change={})
    assert "计划前后矛盾：这是变更的计划" in failed(drawn)


def test_documents_are_part_of_the_record(tmp_path):
    """The page that people read is held against the record, too: changed or gone, verify says so."""
    write_plan(tmp_path, planned(good_problem()))
    draw_and_write(tmp_path, seed(7), GIVEN, MOMENT, lambda plan, record, schedule: {"schedule.html": b"<p>"})
    assert failed(tmp_path) == []
    (tmp_path / "schedule.html").write_bytes(b"<q>")
    assert failed(tmp_path) == ["schedule.html 不是抽签时写出的文件"]
    (tmp_path / "schedule.html").unlink()
    assert len(failed(tmp_path)) == 1


def test_a_page_that_the_record_does_not_name_is_not_of_the_draw(drawn):
    (drawn / "schedule.html").write_bytes(b"<p>")
    assert failed(drawn) == ["schedule.html 不是抽签时写出的文件：记录里没有它"]


@pytest.mark.parametrize("name", ["duties.csv", "vacancies.csv", "substitutes.csv", "difference.csv"])
def test_a_result_that_the_draw_did_not_write_is_not_of_the_draw(tmp_path, name):
    """Papers print duties from the file: a forged one beside a batch without staff would be printed."""
    write_plan(tmp_path, planned(replace(good_problem(), staff={})))
    draw_and_write(tmp_path, seed(7), GIVEN, MOMENT)
    (tmp_path / name).write_text(
        "staff_id,role,site_id,date,half,room\nW1,patrol,P1,2026-12-01,am,\n", encoding="utf-8"
    )
    assert failed(tmp_path) == [f"{name} 不是这次抽签写出的：记录里没有它，请移走"]


def test_rules_that_are_not_those_of_their_digest(drawn):
    """The draw would come out the same; what the city published as its rules would not."""
    plan = json.loads((drawn / "plan.json").read_text(encoding="utf-8"))
    plan["rules"]["conflicts"]["years"] = 1
    plan["digest"] = digest({name: value for name, value in plan.items() if name != "digest"})
    (drawn / "plan.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    assert "计划 plan.json 中规则的摘要与规则不符" in failed(drawn)


def test_what_planning_wrote_for_people_is_said_not_to_be_covered(drawn):
    (drawn / "remedies.html").write_bytes(b"<p>")
    assert failed(drawn) == []
    assert any("remedies.html 是做计划时写出的" in told for told in not_checked(drawn))


def test_verifying_claims_no_more_of_a_page_than_it_checks(tmp_path):
    """Whoever writes another page and its digest into the record is not found out: so people are told what counts."""
    write_plan(tmp_path, planned(good_problem()))
    draw_and_write(tmp_path, seed(7), GIVEN, MOMENT, lambda *_: {"schedule.html": b"<p>"})
    assert (True, "schedule.html 与记录中的摘要相同") in verify(tmp_path)
    assert any(
        "schedule.html 供人阅读" in told and "以 CSV 文件为准" in told for told in not_checked(tmp_path)
    )


def test_a_key_that_is_there_twice_is_refused(drawn):
    """A person reads the first one, a program the last."""
    path = drawn / "draw.json"
    path.write_text(path.read_text(encoding="utf-8").replace("{", '{"seed": "00",', 1), encoding="utf-8")
    with pytest.raises(InputError, match="读不了"):
        verify(drawn)


@pytest.mark.parametrize(
    ("before", "first"), [('"groups"', '"groups": []'), ('"chance"', '"ch\\u0061nce": "1/1"')]
)
def test_a_key_that_is_there_twice_anywhere_in_a_plan_is_refused(drawn, before, first):
    """The digest is that of the last one; people read the first: nobody in any group, or a chance that nobody has."""
    path = drawn / PLAN_FILE
    whole = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(whole, ensure_ascii=False).replace(before, f"{first}, {before}", 1)
    assert json.loads(text) == whole
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="同一个键写了两次"):
        verify(drawn)
    (drawn / "draw.json").unlink()
    with pytest.raises(InputError, match="同一个键写了两次"):
        draw_and_write(drawn, seed(7), GIVEN, MOMENT)


def test_a_plan_with_other_blanks_is_the_same_plan(drawn):
    """Only in the bytes that the program writes are keys certainly there once; other bytes are looked through."""
    path = drawn / PLAN_FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=3), encoding="utf-8")
    assert failed(drawn) == []


@pytest.mark.parametrize("odd", ["1.0", "1e2", "-0", "NaN", '"\\ud800"'])
def test_what_has_no_canonical_form_is_not_drawn(drawn, odd):
    text = (drawn / PLAN_FILE).read_text(encoding="utf-8").replace("{", '{"odd": ' + odd + ",", 1)
    (drawn / PLAN_FILE).write_text(text, encoding="utf-8")
    (drawn / "draw.json").unlink()
    with pytest.raises(InputError, match=r"读不了|摘要不符"):
        draw_and_write(drawn, seed(7), GIVEN, MOMENT)


def test_a_byte_order_mark_is_not_of_a_plan(drawn):
    (drawn / PLAN_FILE).write_bytes(b"\xef\xbb\xbf" + (drawn / PLAN_FILE).read_bytes())
    with pytest.raises(InputError, match="读不了"):
        verify(drawn)


def test_the_text_of_an_announcement_alone_is_noticed(drawn):
    (drawn / "announcement.txt").write_text("公告", encoding="utf-8")
    assert failed(drawn)[0] == "文件夹里有 announcement.txt，却没有 announcement.json，抽签也没有按公告"


@pytest.mark.parametrize(("limit", "told"), [("seats", "人数超过座位数"), ("day_limit", "人数超过每日上限")])
def test_a_plan_that_overfills_a_session_or_a_day_is_refused(drawn, limit, told):
    """The plan says how many a session takes, and a site's day: nobody needs the batch to see that it takes more."""
    path = drawn / PLAN_FILE
    plan = json.loads(path.read_text(encoding="utf-8"))
    for one in plan["sessions"] if limit == "seats" else plan["sites"]:
        one[limit] = 0
    plan["digest"] = digest({key: value for key, value in plan.items() if key != "digest"})
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert any(told in one for one in failed(drawn))


def test_a_plan_just_written_is_drawn_as_it_lies_there(drawn, tmp_path_factory, monkeypatch):
    """Drawn without being read again, byte for byte as if it had been: what was written is what was planned."""
    folder = tmp_path_factory.mktemp("run")
    plan = planned(good_problem())
    write_plan(folder, plan)
    assert read_plan(folder) == plan
    monkeypatch.setattr(record, "read_plan", None)
    draw_and_write(folder, seed(7), GIVEN, MOMENT, written=plan)
    for path in drawn.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()


def test_a_plan_changed_right_after_it_was_written_is_read_and_checked(tmp_path):
    plan = planned(good_problem())
    path = write_plan(tmp_path, plan)
    path.write_bytes(path.read_bytes().replace(b'"T', b'"U', 1))
    with pytest.raises(InputError, match="摘要"):
        draw_and_write(tmp_path, seed(7), GIVEN, MOMENT, written=plan)
    path.unlink()
    with pytest.raises(InputError, match="没有这个文件"):
        draw_and_write(tmp_path, seed(7), GIVEN, MOMENT, written=plan)


@pytest.mark.parametrize(
    "changed", [lambda text: text + b" ", lambda text: text[:-1], lambda text: b" " + text]
)
def test_a_file_holds_a_plan_to_the_byte(tmp_path, changed):
    plan = planned(good_problem())
    path = write_plan(tmp_path, plan)
    assert holds(path, plan)
    path.write_bytes(changed(path.read_bytes()))
    assert not holds(path, plan)
