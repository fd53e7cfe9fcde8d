"""Sealed postings through the program itself: sealed in the evening, opened by two on the morning."""

import csv
import datetime as dt
import io
import json
import os
import stat

import openpyxl
import pytest

from commands import root, settings
from scheduler.postings import folder as sealing
from tests.scheduler.papers.drawn import NUMBERS, drawn

ZONE = dt.timezone(dt.timedelta(hours=8))
EVENING = dt.datetime(2026, 12, 6, 12, 0, tzinfo=dt.UTC)  # the machine may be set to any zone
MORNING = dt.datetime(2026, 12, 7, 7, 0, tzinfo=ZONE)  # two hours before the session at nine
FIRST, SECOND = "001-2026-12-07", "002-2026-12-08"
STAFF = ["仿真考务一", "仿真考务二", "仿真考务三"]


@pytest.fixture
def clock(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    moments = [EVENING]
    monkeypatch.setattr(settings, "now", lambda: moments[-1])
    return moments


@pytest.fixture
def exam(tmp_path, clock):
    made = drawn(tmp_path / "exam")
    assert run("seal", made, "--keys", tmp_path / "keys") == 0
    clock.append(MORNING)
    return made


def run(*arguments):
    return root.run(["exam", *map(str, arguments)])


def posting(exam, name=FIRST):
    return exam / "sealed" / f"posting-{name}.json"


def key(tmp_path, whose, name=FIRST):
    """The part as it stands on the sheet."""
    site = "" if whose == "a" else f"-{name[:3]}"
    text = (tmp_path / "keys" / f"key-{whose}{site}.txt").read_text(encoding="utf-8-sig")
    (line,) = [line for line in text.splitlines() if line.startswith(name)]
    return line.removeprefix(name).strip()


def unseal(exam, tmp_path, *more, file=None, a=None, b=None):
    keys = "--key-a", a or key(tmp_path, "a"), "--key-b", b or key(tmp_path, "b")
    return run("unseal", file or posting(exam), *keys, "--who", "仿真主考 云州考试中心", *more)


def nothing_written(exam):
    return not (exam / "sealed" / "opened").exists() and not (exam / "sealed" / "openings.jsonl").exists()


def test_what_lies_open_holds_no_name_and_no_duty(exam, tmp_path):
    record = json.loads((exam / "draw.json").read_text(encoding="utf-8"))
    paths = sorted((exam / "sealed").iterdir())
    assert [path.name for path in paths] == [f"posting-{FIRST}.json", f"posting-{SECOND}.json"]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
        assert content["draw_digest"] == record["digest"]
        assert record["result_digest"] not in text  # a small draw could be guessed by it
        stated = json.dumps({name: one for name, one in content.items() if name != "sealed"})
        assert not [one for one in ("W1", "W2", "W3") if one in stated]  # in base64 they come by chance
        assert not [one for one in (*STAFF, *NUMBERS) if one in text]
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {
        "key-a.txt",
        "key-b-001.txt",
        "key-b-002.txt",
    }


def test_two_keys_open_one_site_and_the_opening_is_recorded(exam, tmp_path, capsys):
    assert unseal(exam, tmp_path) == 0
    opened = exam / "sealed" / "opened"
    text = (opened / f"duties-{FIRST}.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(one["岗位"], one["考场"], one["替补次序"], one["姓名"]) for one in rows] == [
        ("考评员", "第 1 组", "", "仿真考务二"),
        ("监考员", "第 1 考场", "", "仿真考务一"),
        ("巡考员", "全考点", "", "仿真考务三"),
        ("监考员", "", "1", "仿真考务三"),
    ]
    assert {one["日期"] for one in rows} == {"2026-12-07"}
    assert not [number for number in NUMBERS if number in text]
    book = openpyxl.load_workbook(opened / f"duties-{FIRST}.xlsx")
    assert [sheet.max_row for sheet in book] == [6, 4]
    (line,) = (exam / "sealed" / "openings.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["who"], entry["at"], entry["early"], entry["posting"]) == (
        "仿真主考 云州考试中心", "2026-12-07T07:00:00+08:00", None, FIRST,
    )  # fmt: skip
    told = capsys.readouterr()
    assert entry["digest"] in told.out
    secret = [*STAFF, key(tmp_path, "a"), key(tmp_path, "b"), "仿真主考"]
    assert not [one for one in secret if one in told.out + told.err + line.replace(entry["who"], "")]


def test_sheets_are_taken_as_files_and_each_opening_follows_the_one_before(exam, tmp_path, clock):
    clock.append(MORNING + dt.timedelta(days=2))
    for name in (FIRST, SECOND):
        a, b = tmp_path / "keys" / "key-a.txt", tmp_path / "keys" / f"key-b-{name[:3]}.txt"
        assert unseal(exam, tmp_path, "--out", tmp_path / "lists", file=posting(exam, name), a=a, b=b) == 0
    assert len(list((tmp_path / "lists").iterdir())) == 4
    assert run("seal", exam, "--check") == 0


def test_keys_of_another_posting_open_nothing_and_the_wrong_one_is_named(exam, tmp_path, capsys):
    other_a, other_b = key(tmp_path, "a", SECOND), key(tmp_path, "b", SECOND)
    for keys, told in (
        ({"a": other_a}, "钥匙 A 不是"),
        ({"b": other_b}, "钥匙 B 不是"),
        ({"b": key(tmp_path, "a")}, "给出的是钥匙 A"),
        ({"b": tmp_path / "keys" / "key-b-002.txt"}, "没有编号"),
        ({"b": tmp_path / "no" / "such.txt"}, "没有这个钥匙文件"),
    ):
        assert unseal(exam, tmp_path, **keys) == 2
        assert told in capsys.readouterr().err
    assert (
        run("unseal", posting(exam), "--key-a", key(tmp_path, "a"), "--who", "仿真主考") == 2
    )  # one key alone
    assert nothing_written(exam)


def test_a_mistyped_key_is_named_by_its_group_and_not_repeated(exam, tmp_path, capsys):
    groups = key(tmp_path, "b").split()
    groups[4] = groups[4][:2] + ("A" if groups[4][2] != "A" else "C") + groups[4][3:]
    assert unseal(exam, tmp_path, b=" ".join(groups)) == 2
    told = capsys.readouterr().err
    assert "钥匙 B：第 5 组有误" in told
    assert not [group for group in groups if group in told]
    assert nothing_written(exam)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sealed", lambda text: text[:100] + ("A" if text[100] != "A" else "B") + text[101:]),
        ("sealed", lambda text: text[:8]),
        ("draw_digest", lambda text: "0" * 64),
        ("site", lambda text: "考点三"),
        ("opens_at", lambda text: "2026-12-01T07:00+08:00"),
    ],
)
def test_one_changed_letter_and_nothing_opens(exam, tmp_path, capsys, name, change):
    content = json.loads(posting(exam).read_text(encoding="utf-8"))
    content[name] = change(content[name])
    posting(exam).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert unseal(exam, tmp_path) == 2
    assert "改动过" in capsys.readouterr().err
    assert nothing_written(exam)


@pytest.mark.parametrize(
    "change", [{"posting": "../x"}, {"format": "x"}, {"key_a": 1}, {"more": "x"}, {"opens_at": "soon"}]
)
def test_what_is_no_sealed_posting_is_refused(exam, tmp_path, change):
    content = json.loads(posting(exam).read_text(encoding="utf-8"))
    posting(exam).write_text(json.dumps(content | change), encoding="utf-8")
    assert unseal(exam, tmp_path) == 2
    assert nothing_written(exam)


def test_before_the_moment_it_opens_only_with_a_reason_that_is_recorded(exam, tmp_path, clock, capsys):
    clock.append(MORNING - dt.timedelta(seconds=1))
    assert unseal(exam, tmp_path) == 2
    assert "2026-12-07 07:00" in capsys.readouterr().err
    assert nothing_written(exam)
    assert unseal(exam, tmp_path, "--early", " ") == 2
    assert unseal(exam, tmp_path, "--early", "台风，提前通知考务人员") == 0
    entry = json.loads((exam / "sealed" / "openings.jsonl").read_text(encoding="utf-8"))
    assert entry["early"] == "台风，提前通知考务人员"


def test_a_changed_record_of_openings_is_found_and_stops_the_next(exam, tmp_path, capsys):
    assert unseal(exam, tmp_path) == 0
    log = exam / "sealed" / "openings.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("仿真主考", "仿真副考"), encoding="utf-8")
    assert unseal(exam, tmp_path, "--out", tmp_path / "again") == 2
    assert not (tmp_path / "again").exists()
    assert run("seal", exam, "--check") == 1
    assert "不符：openings.jsonl 第 1 行被改动过" in capsys.readouterr().out


def test_check_tells_files_of_another_draw_and_missing_ones(exam, tmp_path, capsys):
    assert run("seal", exam, "--check") == 0
    content = json.loads(posting(exam).read_text(encoding="utf-8"))
    posting(exam).write_text(json.dumps(content | {"draw_digest": "0" * 64}), encoding="utf-8")
    posting(exam, SECOND).unlink()
    capsys.readouterr()
    assert run("seal", exam, "--check") == 1
    told = capsys.readouterr().out
    assert "写明的是另一次抽签" in told
    assert f"posting-{SECOND}.json 缺少" in told
    assert run("seal", exam, "--check", "--out", tmp_path) == 2


def test_check_works_where_the_duties_are_kept_back(exam, capsys):
    for name in ("duties.csv", "substitutes.csv"):
        (exam / name).unlink()
    assert run("seal", exam, "--check") == 0
    assert "是否齐全没有核对" in capsys.readouterr().out


def test_sealing_again_would_void_the_keys_and_is_refused(exam, tmp_path):
    before = {
        path: path.read_bytes() for place in ("exam/sealed", "keys") for path in (tmp_path / place).iterdir()
    }
    assert run("seal", exam, "--keys", tmp_path / "others") == 2
    assert run("seal", exam, "--keys", tmp_path / "keys", "--out", tmp_path / "other") == 2
    assert all(path.read_bytes() == content for path, content in before.items())
    assert not list((tmp_path / "other").glob("*.json"))


def test_keys_never_lie_beside_what_they_open(tmp_path, clock, capsys):
    made = drawn(tmp_path / "exam")
    assert run("seal", made, "--keys", made / "keys") == 2
    assert run("seal", made, "--out", tmp_path / "send", "--keys", tmp_path / "send" / "keys") == 2
    assert not (made / "sealed").exists()
    assert run("seal", made) == 0
    (keys,) = (tmp_path / "home" / "posting-keys").iterdir()
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    groups = key_groups(keys)
    assert groups
    told = capsys.readouterr()
    assert not [group for group in groups if group in told.out + told.err]


def key_groups(keys):
    lines = [line for path in keys.iterdir() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    return [group for line in lines if line[:3].isdigit() for group in line.split()[1:]]


def test_without_duties_there_is_nothing_to_seal(tmp_path, clock, capsys):
    made = drawn(tmp_path / "exam", seats=False)
    assert run("seal", made) == 2
    assert "没有 duties.csv" in capsys.readouterr().err
    assert not (made / "sealed").exists()
    assert run("seal", tmp_path) == 2


def test_without_the_kept_batch_ids_are_sealed(tmp_path, clock, capsys):
    made = drawn(tmp_path / "exam", keep=False)
    assert run("seal", made, "--keys", tmp_path / "keys") == 0
    assert "以编号代替姓名" in capsys.readouterr().out
    assert unseal(made, tmp_path, "--early", "演练") == 0
    assert "W1" in (made / "sealed" / "opened" / f"duties-{FIRST}.csv").read_text(encoding="utf-8-sig")


def test_the_same_entropy_gives_the_same_bytes(tmp_path, clock):
    """Randomness is an argument: nothing else of a sealed file differs from one time to another."""
    from scheduler.papers.facts import read_facts

    facts = read_facts(drawn(tmp_path / "exam"))
    first, second = (
        sealing.seal_all(facts, None, tmp_path / f"out{n}", tmp_path / f"keys{n}", counted()) for n in (1, 2)
    )
    for one, two in zip(first, second, strict=True):
        assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def counted():
    state = iter(range(1000))
    return lambda count: bytes([next(state) % 256] * count)
