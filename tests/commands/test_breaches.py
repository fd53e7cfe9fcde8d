"""What a check found, told at the terminal."""

from commands.breaches import tell_breaches, tell_unread, trainees_of
from scheduler.checker.breach import breach, session_breach, shown
from tests.scheduler.builders import at


def free(number, session):
    return session_breach("PUBLIC-PLACE-UNUSED", 4, "有空位", session, trainee_id=f"T{number}")


def test_a_free_public_place_is_told_last_and_once(capsys):
    """Seven people could use the place in the morning, one that of the afternoon; the missing trainee is not buried."""
    morning = [free(number, at("S1")) for number in range(1, 8)]
    tell_breaches([*morning, free(8, at("S1", "1pm")), breach("TRAINEE-MISSING", 1, "考生 T9 没有安排")], {})
    missing, first, second, *steps = capsys.readouterr().out.splitlines()
    assert missing.startswith("规则 1 TRAINEE-MISSING：考生 T9 没有安排")
    assert first.startswith(
        "规则 4 PUBLIC-PLACE-UNUSED：考点 S1 2026-12-01 上午场尚有可用的公共考位，可用它的 7 人"
    )
    assert "：T1、T2、T3、T4、T5 等（规则 4" in first
    assert "可用它的 1 人被安排在别处：T8（规则 4" in second
    assert steps == [
        "怎么改：",
        "  TRAINEE-MISSING（考生既没有安排，也不在未安排名单）：补排这名考生，或列入未安排名单并写明原因。",
        "  PUBLIC-PLACE-UNUSED（公共考点有空位而在别处考试）：改到本市的公共考点。",
    ]


def test_of_one_kind_the_first_ten_are_told(capsys):
    tell_breaches([breach("TRAINEE-MISSING", 1, f"考生 T{number} 没有安排") for number in range(12)], {})
    assert capsys.readouterr().out.splitlines()[10:11] == ["TRAINEE-MISSING 还有 2 处，全部见 --json。"]


def test_a_good_schedule_needs_no_steps(capsys):
    tell_breaches([], {})
    assert capsys.readouterr().out == ""


def test_the_rows_of_those_whom_it_is_about_are_told(capsys):
    """In the order of the sentence; none where the breach tells a row itself, is about staff, or nobody's row is known."""
    one = breach("TOO-EARLY", 1, "考生 T1 太早", trainee_id="T1")
    two = breach("SEAT-SHARED", 6, "考生 T1 与 T2 同座", trainee_id="T2", other_trainee_id="T1")
    own = breach("SITS-TWICE", 1, "a.csv 第 9 行：考生 T1", trainee_id="T1", row=9)
    staff = breach("STAFF-TIED", 5, "考务人员 W1 与考生 T1", staff_id="W1", trainee_id="T1")
    lost = breach("TRAINEE-MISSING", 1, "考生 T3 没有安排", trainee_id="T3")
    half = breach("TIME-CLASH", 1, "考生 T3 与 T1 同时", trainee_id="T1", other_trainee_id="T3")
    found = [one, two, own, staff, lost, half]
    assert trainees_of(found) == {"T1", "T2", "T3"}
    tell_breaches(found, {"T1": 4, "T2": 7})
    rows = [line.partition("安排表第 ")[2] for line in capsys.readouterr().out.splitlines()[:6]]
    assert rows == ["4 行）", "4、7 行）", "", "", "", ""]


def test_a_number_in_the_name_of_a_column_is_masked_before_the_name_is_cut(capsys):
    """Cut first, sixteen of the eighteen digits were left, which nothing knows for an identity number."""
    tell_unread("安排表", ["经办人 000000199001010018", "备注"])
    told = capsys.readouterr().err
    assert told == "请核对：安排表 没有读的列：“经办人 000000********00”、“备注”\n"


def test_of_a_whole_session_the_first_few_rows_are_told(capsys):
    """They may be people of several rows, or of none; what is told of them is no part of --json."""
    full = session_breach("SEATS-EXCEEDED", 1, "有 2 个座位，安排了 4 人", at("S1"))
    found = [shown(full, ["T1", "T2", "T3", "T4"]), shown(full, ["T2", "T8"]), shown(full, ["T8"]), full]
    assert trainees_of(found) == {"T1", "T2", "T3", "T4", "T8"}
    tell_breaches(found, {"T1": 3, "T2": 7, "T3": 9, "T4": 11})
    rows = [line.partition("安排表")[2] for line in capsys.readouterr().out.splitlines()[:4]]
    assert rows == ["第 3、7、9 行等）", "第 7 行）", "", ""]
    assert found[0].as_data() == full.as_data()
