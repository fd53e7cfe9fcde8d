"""The chain of changes: announced codes in their order, and no byte of it can be changed unseen."""

import datetime as dt
import json

import pytest

from common.errors import InputError
from scheduler.batch.batch_files import write_batch
from scheduler.batch.kept_batch import keep
from scheduler.file_names import DRAW_FILE
from scheduler.record import draw_and_write, write_plan
from scheduler.replan.codes import trial_code
from scheduler.seed.announcement import Terms, make_announcement, opened_seed, write_announcement
from scheduler.seed.commitment import commitment
from scheduler.seed.seed_origin import announced_origin
from scheduler.verifying import not_checked, verify
from tests.scheduler.builders import planned, seed, staff
from tests.scheduler.replan.drawn import changed, drawn, rules_toml
from tests.scheduler.replan.test_kinds import small

CODES = [bytes([number]) * 32 for number in range(4)]
EARLY = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 11, 3, 8, tzinfo=dt.UTC)


def failures(folder):
    """Give what failed; a record that cannot be read at all ends verifying, which is no success either."""
    try:
        return [told for good, told in verify(folder) if not good]
    except InputError as error:
        return [str(error)]


def codes(_):
    return [one.hex() for one in CODES[1:]]


@pytest.fixture
def announced(tmp_path):
    batch, out = tmp_path / "given", tmp_path / "0"
    batch.mkdir()
    write_batch(small(), batch)
    (batch / "rules.toml").write_text(rules_toml(small()), encoding="utf-8")
    keep(batch, None, out)
    write_plan(out, planned(small()))
    write_announcement(out, make_announcement(out, CODES, Terms("某彩票第 1 期", LATE), EARLY))
    value, reveal = opened_seed(out, CODES[0].hex(), "1 2 3", LATE)
    draw_and_write(out, value, announced_origin(reveal["public_value"]), LATE.isoformat(), reveal=reveal)
    return out


def three(folder, tmp_path, secrets=None):
    for number, row in enumerate(
        [
            {"change": "seats", "id": "A", "date": "2026-12-01", "half": "am", "value": 1},
            {"change": "trainee_withdrawn", "id": "T2"},
            {"change": "site_closed", "id": "B"},
        ],
        start=1,
    ):
        changed(tmp_path / str(number - 1), tmp_path / str(number), row, secrets=secrets)
    return tmp_path / "3"


def test_announced_codes_are_used_in_their_order(announced, tmp_path):
    last = three(announced, tmp_path, codes)
    used = [
        json.loads((tmp_path / str(number) / DRAW_FILE).read_text(encoding="utf-8"))["code"]
        for number in (1, 2, 3)
    ]
    assert used == [one.hex() for one in CODES[1:]]
    assert failures(last) == []
    told = "".join(told for _, told in verify(last))
    assert "公告时封存的第 3 个" in told
    with pytest.raises(InputError, match="已经用完"):
        changed(last, tmp_path / "4", {"change": "trainee_withdrawn", "id": "T1"}, secrets=codes)


def test_codes_of_another_announcement_are_refused(announced, tmp_path):
    wrong = [CODES[2].hex(), CODES[1].hex()]
    with pytest.raises(InputError, match="不是这份公告封存的"):
        changed(
            announced, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T1"}, secrets=lambda _: wrong
        )
    assert not (tmp_path / "1").exists()


def test_a_trial_says_that_nothing_was_committed(tmp_path):
    folder = drawn(small(), tmp_path, 9)
    _, record, *_ = changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T1"})
    assert record["code"] == trial_code(seed(9), 1)
    assert record["committed"] is False
    assert record["seed_origin"].startswith("试用")
    assert any("没有封存" in told for told in not_checked(tmp_path / "1"))
    assert commitment(1, bytes.fromhex(record["code"]))  # it has the form of a code


def test_a_flipped_byte_anywhere_in_the_chain_is_seen(announced, tmp_path):
    last = three(announced, tmp_path, codes)
    files = [
        path
        for path in sorted(last.rglob("*"))
        if path.is_file() and "batch" not in path.relative_to(last).parts
    ]
    assert {"0", "1", "2"} == {path.name for path in (last / "chain").iterdir()}
    for path in files:
        content = path.read_bytes()
        for place in {len(content) * part // 12 for part in range(12)} | {len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert failures(last), (path.relative_to(last), place)
        path.write_bytes(content)
    assert failures(last) == []


def test_a_link_that_is_missing_is_seen(announced, tmp_path):
    last = three(announced, tmp_path, codes)
    (last / "chain" / "1").rename(tmp_path / "away")
    assert failures(last)


def _forged(folder, path, alter):
    """Alter a plan or record and give it a fresh digest, as somebody would who wants it to look right."""
    from common.canonical import digest
    from scheduler.folder import json_text

    content = json.loads(path.read_text(encoding="utf-8"))
    alter(content)
    content["digest"] = digest({name: value for name, value in content.items() if name != "digest"})
    path.write_bytes(json_text(content).encode("utf-8"))
    return failures(folder)


def _kept(plan):
    return next(one for one in plan["groups"] if "kept" in one)


def _move(plan):
    cell = _kept(plan)["cells"][0]
    cell["session"] = 1 - cell["session"]


def _shorten(plan):
    _kept(plan)["part"] = "theory"


def _unseat(plan):
    group = _kept(plan)
    before = {**plan["sessions"][group["cells"][0]["session"]], **group["kept"][0], "exceptions": []}
    before = {name: one for name, one in before.items() if name not in ("seats", "chance", "site_chance")}
    group["kept"][0].update(room="", seat="")
    plan["change"]["lost_seats"].append({"trainee_id": group["trainees"][0], "before": before})


def _except(plan):
    plan["change"]["touched"][0]["before"]["exceptions"] = ["sole_site"]


def _touch(plan):
    plan["change"]["touched"][0]["trainee_id"] = "T2"


@pytest.mark.parametrize(
    ("forge", "seen"),
    [
        (_move, "没有触及的人"),
        (_shorten, "没有触及的人"),
        (_unseat, "失去座位的人"),
        (_except, "理由"),
        (_touch, "理由"),
    ],
    ids=[
        "moved unseen",
        "another exam",
        "a seat lost without ground",
        "exceptions that were not",
        "a touch without ground",
    ],
)
def test_a_plan_that_says_what_is_not_so_is_seen(tmp_path, forge, seen):
    folder = drawn(small(people=[staff("W1", roles=("invigilator",))]), tmp_path)
    changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T1"})
    failed = _forged(tmp_path / "1", tmp_path / "1" / "plan.json", forge)
    assert any(seen in told for told in failed)
