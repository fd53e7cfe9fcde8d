"""Changes that are announced with a public value of their own: what is fixed before, and what nobody can try any more."""

import datetime as dt
import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.canonical import digest
from common.errors import InputError
from scheduler.batch.batch_files import write_batch
from scheduler.batch.kept_batch import keep, read_kept
from scheduler.documents.change_announcement import change_announcement_text
from scheduler.folder import json_text
from scheduler.record import no_documents
from scheduler.replan.codes import announced_leave_key, announced_seed, leave_key, leave_ticket, trial_code
from scheduler.replan.opening import draw_announced
from scheduler.replan.pipeline import announce_change
from scheduler.replan.request import Request
from scheduler.seed.announcement import Terms, make_announcement
from scheduler.seed.reveal import refuse_half
from scheduler.verifying import not_checked
from tests.scheduler.builders import at, places, problem, seed, site, trainee
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, random_changes, rows, table
from tests.scheduler.replan.test_chain import CODES, announced, codes, failures  # noqa: F401 - a fixture
from tests.scheduler.replan.test_kinds import small
from tests.scheduler.test_second_draw import second_draw

NOW = dt.datetime(2026, 11, 25, 1, tzinfo=dt.UTC)
KNOWN = dt.datetime(2026, 11, 26, 13, tzinfo=dt.UTC)
TERMS = Terms("某彩票第 2 期", KNOWN, "00 00")
AFTER = "2026-11-27T08:00:00+08:00"
A_FIRST = {"id": "A", "date": "2026-12-01", "half": "am"}


def announce(parent, out, *changes, secrets=None, terms=TERMS, now=NOW, batch=None):
    """Announce a change; gives what was announced."""
    path = table(out.with_suffix(".csv"), *changes) if changes else None
    return announce_change(Request(parent, out, path, batch), secrets or (lambda _: ()), "0", terms, now)


def opened(folder, value="03 08", secrets=None, now=KNOWN):
    return draw_announced(folder, secrets or (lambda _: ()), value, now, no_documents)


@pytest.fixture
def folder(tmp_path):
    return drawn(small(), tmp_path)


@pytest.fixture
def sealed(announced, tmp_path):  # noqa: F811 - the fixture of another file
    """A first draw that was announced, and one announced change of it, drawn."""
    out = tmp_path / "1"
    announce(announced, out, {"change": "seats", **A_FIRST, "value": 1}, secrets=codes)
    opened(out, secrets=codes)
    return out


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_an_announced_change_is_drawn_when_its_public_value_is_known(sealed):
    record = read(sealed / "draw.json")
    announcement = read(sealed / "announcement.json")
    assert record["code"] == CODES[1].hex()
    assert record["reveal"] == {"announcement_digest": announcement["digest"], "public_value": "03 08"}
    assert record["seed"] == announced_seed(CODES[1].hex(), announcement, "03 08")
    assert record["seed_origin"] == "第 1 次变更，按变更公告：公告时封存的第 1 个备用码与公开数值“03 08”"
    assert failures(sealed) == []
    assert second_draw(sealed).returncode == 0
    told = "".join(not_checked(sealed))
    assert "第 1 次变更：公开数值“03 08”是不是“某彩票第 2 期”在 2026 年 11 月 26 日 13:00:00" in told
    assert "也可以试算几份计划" not in told, "the plan is fixed before"


def test_announced_and_other_changes_follow_each_other(sealed, tmp_path):
    gone = {"change": "trainee_withdrawn", "id": "T2"}
    changed(sealed, tmp_path / "2", gone, secrets=codes, moment=AFTER)
    later = dt.timedelta(days=3)
    announce(
        tmp_path / "2", tmp_path / "3", {"change": "site_closed", "id": "B"}, secrets=codes,
        terms=TERMS._replace(when=KNOWN + later), now=NOW + later,
    )  # fmt: skip
    opened(tmp_path / "3", "11 12", secrets=codes, now=KNOWN + later)
    assert failures(tmp_path / "3") == []
    ran = second_draw(tmp_path / "3")
    assert ran.returncode == 0, ran.stdout
    assert (tmp_path / "3" / "chain" / "1" / "announcement.txt").is_file()


def test_neither_the_table_nor_the_record_changes_who_leaves_first(announced, tmp_path):  # noqa: F811
    """Drawn a second later the first draw has another record and the same seed: who would leave first stays the same.

    Drawn at once, each table has an order of its own, and each record; the code's holder could try them.
    """
    code = CODES[1].hex()
    fixed = announced_leave_key(code, read(announced / "draw.json")["seed"])
    assert len({leave_ticket(fixed, f"T{number}") for number in range(9)}) == 9
    later = shutil.copytree(announced, tmp_path / "later")
    record = read(later / "draw.json") | {"drawn_at": "2026-11-03T08:00:01+00:00"}
    record["digest"] = digest({name: value for name, value in record.items() if name != "digest"})
    (later / "draw.json").write_text(json_text(record), encoding="utf-8")
    left = []
    for number, folder in enumerate((announced, later)):
        for words in ("停电", "漏水"):
            out = tmp_path / f"{number}{words}"
            row = {"change": "seats", **A_FIRST, "value": 0, "reason": words}
            plan = announce(
                folder,
                out,
                row,
                {"change": "seats", "id": "B", "date": "2026-12-01", "half": "am", "value": 1},
                secrets=codes,
            ).plan
            left.append([(one["trainee_id"], one["kind"]) for one in plan["change"]["touched"]])
    assert all(one == left[0] for one in left)
    assert len({leave_key(code, f"{one:064x}", f"{two:064x}") for one in range(3) for two in range(3)}) == 9


def test_who_leaves_is_told_before_the_public_value_is_known(folder, tmp_path):
    """Two of three sit at one site; it loses a seat: one of the two has to leave, by the code and the first draw's seed."""
    full = max("AB", key=[row["site_id"] for row in rows(folder / "assignments.csv")].count)
    sits = [row["trainee_id"] for row in rows(folder / "assignments.csv") if row["site_id"] == full]
    plan = announce(folder, tmp_path / "1", {"change": "seats", **A_FIRST, "id": full, "value": 1}).plan
    key = announced_leave_key(trial_code(seed(1), 1), seed(1))
    last = max(sits, key=lambda name: leave_ticket(key, name))
    assert [(one["trainee_id"], one["kind"]) for one in plan["change"]["touched"]] == [(last, "limit")]
    opened(tmp_path / "1")
    assert failures(tmp_path / "1") == []


def test_different_public_values_draw_differently(tmp_path):
    """Two of the four people of a closed site get a seat: of 40 values some must draw each of the pairs."""
    people = [trainee(f"T{n}") for n in range(4)]
    sites = [site("A", kind="public"), site("B", kind="public")]
    batch = problem(people, sites, seats={at("A"): 2, at("B"): 2}, rows=[places("A", 4), places("B", 4)])
    folder = drawn(batch, tmp_path)
    more = {"change": "seats", **A_FIRST, "id": "B", "value": 3}
    announce(folder, tmp_path / "1", {"change": "site_closed", "id": "A"}, more)
    found = set()
    for number in range(40):
        copy = shutil.copytree(tmp_path / "1", tmp_path / f"copy{number}")
        opened(copy, f"{number:02} 00")
        found.add(frozenset(row["trainee_id"] for row in rows(copy / "assignments.csv")))
    assert len(found) == 2, "one free seat, two people who lost theirs"


def test_the_moment_the_form_and_the_code_are_kept_to(announced, tmp_path):  # noqa: F811
    out = tmp_path / "1"
    with pytest.raises(InputError, match="已经过去"):
        announce(announced, out, {"change": "trainee_withdrawn", "id": "T1"}, secrets=codes, now=KNOWN)
    assert not out.exists()
    announce(announced, out, {"change": "trainee_withdrawn", "id": "T1"}, secrets=codes)
    with pytest.raises(InputError, match="已经公告，还没有抽签：到时用 zhengkao exam draw 加 --public 抽签"):
        changed(out, tmp_path / "2", {"change": "trainee_withdrawn", "id": "T2"}, secrets=codes)
    with pytest.raises(InputError, match="还没有到"):
        opened(out, secrets=codes, now=NOW)
    with pytest.raises(InputError, match="公告约定的写法是“00 00”"):
        opened(out, "3 8", secrets=codes)
    with pytest.raises(InputError, match="--secret"):
        opened(out, secrets=lambda _: [CODES[2].hex()])
    assert not (out / "draw.json").exists()
    opened(out, secrets=codes)
    with pytest.raises(InputError, match="抽签只做一次"):
        opened(out, secrets=codes)


@pytest.mark.parametrize(
    ("name", "told"),
    [("plan.json", "摘要不符"), ("changes.csv", "变更表"), ("announcement.json", "摘要不符"), ("chain/0/draw.json", "复核")],
)  # fmt: skip
def test_what_was_announced_cannot_be_changed_before_the_draw(folder, tmp_path, name, told):
    announce(folder, tmp_path / "1", {"change": "seats", **A_FIRST, "value": 1})
    path = tmp_path / "1" / name
    content = path.read_bytes()
    for was, now in ((b"2026-12-01", b"2026-12-02"), (b'placed": 3', b'placed": 4'), (b"11-26", b"11-27")):
        content = content.replace(was, now)
    assert content != path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        opened(tmp_path / "1")


def test_another_good_plan_is_not_the_announced_one(folder, tmp_path):
    """Somebody who does not like the plan makes another, whole and for the same change: it is not drawn."""
    for number in (1, 2):
        announce(folder, tmp_path / str(number), {"change": "seats", **A_FIRST, "value": number - 1})
    for name in ("plan.json", "changes.csv"):
        shutil.copyfile(tmp_path / "2" / name, tmp_path / "1" / name)
    with pytest.raises(InputError, match="公告之后计划被换过"):
        opened(tmp_path / "1")


def test_an_announced_change_goes_on_when_the_sealed_codes_are_used_up(sealed, tmp_path):
    """Three codes were sealed; the fourth change is announced: its code is open, its public value is not foreseen."""
    for number, name in ((2, "T1"), (3, "T2")):
        changed(
            tmp_path / str(number - 1), tmp_path / str(number), {"change": "trainee_withdrawn", "id": name},
            secrets=codes, moment=AFTER,
        )  # fmt: skip
    closed = {"change": "site_closed", "id": "A"}
    with pytest.raises(InputError, match="--public-source"):
        changed(tmp_path / "3", tmp_path / "4", closed, secrets=codes, moment=AFTER)
    later = dt.timedelta(days=3)
    announce(
        tmp_path / "3", tmp_path / "4", {"change": "site_closed", "id": "A"}, secrets=codes,
        terms=TERMS._replace(when=KNOWN + later), now=NOW + later,
    )  # fmt: skip
    opened(tmp_path / "4", secrets=codes, now=KNOWN + later)
    record = read(tmp_path / "4" / "draw.json")
    assert record["committed"] is False
    assert record["code"] == trial_code(read(tmp_path / "4" / "chain" / "0" / "draw.json")["seed"], 4)
    assert "没有封存过" in (tmp_path / "4" / "announcement.txt").read_text(encoding="utf-8")
    assert failures(tmp_path / "4") == []
    assert second_draw(tmp_path / "4").returncode == 0


def forged(folder, alter, *, announcement=lambda told: None, again=True):
    """Alter the record and the announcement and make digests anew, as somebody would who holds the code."""
    told, record = read(folder / "announcement.json"), read(folder / "draw.json")
    announcement(told)
    told["digest"] = digest({name: value for name, value in told.items() if name != "digest"})
    (folder / "announcement.json").write_text(json_text(told), encoding="utf-8")
    if again:
        record["reveal"]["announcement_digest"] = told["digest"]
    alter(record)
    record["digest"] = digest({name: value for name, value in record.items() if name != "digest"})
    (folder / "draw.json").write_text(json_text(record), encoding="utf-8")


def forged_plan(folder, alter):
    """Alter the plan of an announced change that is not drawn, and announce it anew."""
    plan = read(folder / "plan.json")
    alter(plan)
    plan["digest"] = digest({name: value for name, value in plan.items() if name != "digest"})
    (folder / "plan.json").write_text(json_text(plan), encoding="utf-8")
    announced_anew(folder, lambda told: told.update(plan_digest=plan["digest"]))


def announced_anew(folder, alter):
    """Alter the announcement of a change and make digest and text anew."""
    told = read(folder / "announcement.json")
    alter(told)
    told["digest"] = digest({name: value for name, value in told.items() if name != "digest"})
    (folder / "announcement.json").write_text(json_text(told), encoding="utf-8")
    (folder / "announcement.txt").write_text(change_announcement_text(told), encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (lambda record: record["reveal"].update(public_value="03 09"), "种子"),
        (lambda record: record["reveal"].update(public_value="3 8"), "写法"),
        (lambda record: record["reveal"].update(secret="00" * 32), "reveal"),
        (lambda record: record["reveal"].update(announcement_digest="00" * 32), "另一份变更公告"),
        (lambda record: record.pop("reveal"), "announcement.json"),
        (lambda record: record.update(drawn_at="2026-11-26T12:59:59+00:00"), "先后顺序"),
        (lambda record: record.update(seed_origin="按公告"), "种子来历"),
        (lambda record: record.update(committed=False), "备用码"),
        (lambda record: record.update(extra=1), "extra"),
        (lambda record: record.pop("documents"), "documents"),
    ],
)  # fmt: skip
def test_a_record_that_was_altered_does_not_verify(sealed, alter, what):
    forged(sealed, alter)
    assert any(what in told for told in failures(sealed)), failures(sealed)
    assert second_draw(sealed).returncode in (1, 2)


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (lambda told: told.update(public_moment="2026-11-24T00:00:00+00:00"), "先后顺序"),
        (lambda told: told.update(announced_at="2026-11-02T00:00:00+00:00"), "早于上一次抽签"),
        (lambda told: told.update(changes_digest="00" * 32), "变更表"),
        (lambda told: told.update(plan_digest="00" * 32), "计划"),
        (lambda told: told.update(parent="00" * 32), "上一次的抽签记录"),
        (lambda told: told.update(change_number=2), "次序"),
        (lambda told: told.update(code_commitment="00" * 32), "备用码"),
        (lambda told: told.update(format="zhengkao-announcement/1"), "变更公告"),
        (lambda told: told.update(more=1), "内容不全"),
        (lambda told: told.pop("committed"), "内容不全"),
    ],
)  # fmt: skip
def test_an_announcement_made_afterwards_does_not_verify(sealed, alter, what):
    forged(sealed, lambda record: None, announcement=alter)
    assert any(what in told for told in failures(sealed)), failures(sealed)
    assert second_draw(sealed).returncode in (1, 2)


def test_an_announced_change_that_was_drawn_at_once_is_refused(announced, sealed, tmp_path):  # noqa: F811
    """The public value was not liked: the same change, announced, is drawn without it. Both programs see the announcement."""
    changed(announced, tmp_path / "again", {"change": "seats", **A_FIRST, "value": 1}, secrets=codes)
    assert failures(tmp_path / "again") == []
    for name in ("announcement.json", "announcement.txt"):
        shutil.copyfile(sealed / name, tmp_path / "again" / name)
    assert any("没有按公开数值抽签" in told for told in failures(tmp_path / "again"))
    assert second_draw(tmp_path / "again").returncode == 1


def test_a_flipped_byte_of_the_announcement_is_seen(sealed):
    for name in ("announcement.json", "announcement.txt", "changes.csv", "plan.json"):
        path = sealed / name
        content = path.read_bytes()
        for place in {len(content) * part // 20 for part in range(20)} | {len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert failures(sealed), (name, place)
        path.write_bytes(content)
    assert failures(sealed) == []


def test_a_draw_that_was_killed_is_drawn_again_the_same(folder, tmp_path):
    announce(folder, tmp_path / "1", {"change": "site_closed", "id": "A"})
    copy = shutil.copytree(tmp_path / "1", tmp_path / "copy")
    (copy / "assignments.csv").write_text("half", encoding="utf-8")  # what a killed run left
    done, again = opened(tmp_path / "1"), opened(copy)
    assert done.record == again.record
    assert (copy / "draw.json").read_bytes() == (tmp_path / "1" / "draw.json").read_bytes()


def test_without_the_batch_it_is_drawn_all_the_same(folder, tmp_path):
    announce(folder, tmp_path / "1", {"change": "site_closed", "id": "A"})
    shutil.rmtree(tmp_path / "1" / "batch")
    assert opened(tmp_path / "1").remedies is None
    assert failures(tmp_path / "1") == []


def test_another_batch_beside_the_plan_is_not_used(folder, tmp_path):
    announce(folder, tmp_path / "1", {"change": "site_closed", "id": "A"})
    shutil.rmtree(tmp_path / "1" / "batch")
    keep_batch(small(), tmp_path / "1")
    with pytest.raises(InputError, match="batch"):
        opened(tmp_path / "1")


def keep_batch(batch, folder):
    given = folder.with_name("given2")
    given.mkdir()
    write_batch(batch, given)
    keep(given, None, folder)


@given(st.data())
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_random_announced_changes_agree_with_the_second_implementation(tmp_path_factory, data):
    base = tmp_path_factory.mktemp("chain")
    folder = drawn(data.draw(drawable_batches()), base)
    for step in range(1, 3):
        sitting = {row["trainee_id"] for row in rows(folder / "assignments.csv")}
        out, later = base / str(step), dt.timedelta(days=2 * step)
        made = random_changes(data.draw, read_kept(folder), sitting, step)
        terms = TERMS._replace(when=KNOWN + later)
        announce(folder, out, *made, terms=terms, now=NOW + later)
        opened(out, f"{step:02} {data.draw(st.integers(10, 99))}", now=KNOWN + later)
        folder = out
    assert failures(folder) == []
    ran = second_draw(folder)
    assert ran.returncode == 0, ran.stdout


def test_what_would_help_is_told_before_it_is_announced_to_others(folder, tmp_path):
    """The site with two of the three is closed, one seat is free at the other: one will have no place, and a seat there would do."""
    full = max("AB", key=[row["site_id"] for row in rows(folder / "assignments.csv")].count)
    (other,) = {"A", "B"} - {full}
    done = announce(folder, tmp_path / "1", {"change": "site_closed", "id": full})
    assert done.plan["unplaced"] == "1"
    assert (done.remedies["unplaced"], done.remedies["change"]) == (1, 1)
    (bottleneck,) = done.remedies["bottlenecks"]
    assert (bottleneck["people"], bottleneck["places"]) == (2, 1)
    grown = [one for remedy in bottleneck["remedies"] for one in remedy["changes"]]
    assert any(one["site_id"] == other for one in grown), grown
    assert (tmp_path / "1" / "remedies.html").is_file()
    opened(tmp_path / "1")
    assert failures(tmp_path / "1") == []
    assert announce(folder, tmp_path / "2", {"change": "trainee_withdrawn", "id": "T1"}).remedies is None


def test_a_form_that_leaves_few_values_is_told(sealed):
    """Of 00 00 there are ten thousand: whoever makes the plan could try them all."""
    assert any("只有 10000 种数值" in told for told in not_checked(sealed))


def test_a_zone_with_seconds_is_refused_before_anything_is_announced(folder, tmp_path):
    odd = TERMS._replace(when=KNOWN.astimezone(dt.timezone(dt.timedelta(hours=8, seconds=30))))
    with pytest.raises(InputError, match="整分钟"):
        announce(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T1"}, terms=odd)
    assert not (tmp_path / "1").exists()


def test_a_change_at_once_before_an_announced_one_is_told_of(announced, tmp_path):  # noqa: F811
    """Whoever tried the first change and adds an announced one cannot make the warning go away."""
    changed(announced, tmp_path / "1", {"change": "site_closed", "id": "A"}, secrets=codes)
    announce(tmp_path / "1", tmp_path / "2", {"change": "trainee_withdrawn", "id": "T1"}, secrets=codes)
    opened(tmp_path / "2", secrets=codes)
    told = not_checked(tmp_path / "2")
    assert any(one.startswith("第 1 次变更：") and "试算几份计划" in one for one in told)
    assert any(one.startswith("第 2 次变更：") and "谁离开由备用码决定" in one for one in told)


def test_a_change_of_a_folder_that_was_touched_is_refused(sealed, tmp_path):
    """Copied into the chain, it would fail every check afterwards."""
    (sealed / "chain" / "0" / "unassigned.csv").write_bytes(b"x")
    gone = {"change": "trainee_withdrawn", "id": "T1"}
    with pytest.raises(InputError, match=r"chain/0/unassigned\.csv"):
        changed(sealed, tmp_path / "2", gone, secrets=codes, moment=AFTER)


def test_the_announcement_of_a_change_is_not_made_as_of_a_first_draw(folder, tmp_path):
    out = tmp_path / "1"
    announce(folder, out, {"change": "seats", **A_FIRST, "value": 1})
    (out / "announcement.json").unlink()
    with pytest.raises(InputError, match="重新运行 zhengkao exam replan"):
        refuse_half(out)
    with pytest.raises(InputError, match="由 zhengkao exam replan 公告"):
        make_announcement(out, CODES, TERMS, NOW)
