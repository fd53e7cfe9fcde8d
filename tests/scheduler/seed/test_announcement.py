"""Commit and reveal through real files; why: every way of choosing a seed afterwards must be refused or caught."""

import datetime as dt
import hashlib
import json
import stat
import sys

import pytest

from common.canonical import digest
from common.errors import InputError, ZhengkaoError
from scheduler.documents.announcement import moment_words
from scheduler.draw import draw
from scheduler.duties.files import drawn_duties
from scheduler.record import draw_and_write, read_plan, result_files, write_plan
from scheduler.seats.summary import seating_summary
from scheduler.seed.announcement import Terms, make_announcement, opened_seed, write_announcement
from scheduler.seed.commitment import combined_seed
from scheduler.seed.secret_file import read_secret, write_secret
from scheduler.seed.seed_origin import GIVEN
from scheduler.seed.seed_origin import announced_origin as origin
from scheduler.verifying import not_checked, verify
from tests.scheduler.builders import planned, seed
from tests.scheduler.checker.good import good_problem

ZONE = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
KNOWN = dt.datetime(2026, 11, 23, 21, 15, tzinfo=ZONE)
LATER = dt.datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
CODES = [bytes([number]) * 32 for number in (5, 6, 7)]
SECRET = CODES[0].hex()
VALUE = "03 08 12"


@pytest.fixture
def announced(tmp_path):
    write_plan(tmp_path, planned(good_problem()))
    write_announcement(tmp_path, make_announcement(tmp_path, CODES, Terms("某彩票 第 1 期", KNOWN), NOW))
    return tmp_path


def draw_announced(folder, secret=SECRET, value=VALUE, now=LATER):
    found, reveal = opened_seed(folder, secret, value, now)
    return draw_and_write(
        folder, found, origin(reveal["public_value"]), now.isoformat(timespec="seconds"), reveal=reveal
    )


@pytest.fixture
def drawn(announced):
    draw_announced(announced)
    return announced


def failed(folder):
    return [told for good, told in verify(folder) if not good]


def change(path, **values):
    """Change a file as a forger would: with its digest made anew."""
    content = json.loads(path.read_text(encoding="utf-8")) | values
    content.pop("digest")
    path.write_text(json.dumps(content | {"digest": digest(content)}, ensure_ascii=False), encoding="utf-8")


def forge(folder, **reveal):
    """Draw anew with another secret or value and put every digest and file right, as a careful forger would."""
    record = json.loads((folder / "draw.json").read_text(encoding="utf-8"))
    announcement = json.loads((folder / "announcement.json").read_text(encoding="utf-8"))
    told = record["reveal"] | {"announcement_digest": announcement["digest"]} | reveal
    found = combined_seed(announcement, bytes.fromhex(told["secret"]), told["public_value"])
    plan = read_plan(folder)
    schedule = draw(plan, found)
    duties, summary = drawn_duties(plan, schedule, found)
    files = result_files(schedule) | duties
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    made = {"files": digests, "result_digest": digest(digests)}
    counted = {"seating": seating_summary(plan, schedule), "vacant": summary.vacant}
    change(
        folder / "draw.json",
        reveal=told,
        seed_origin=origin(told["public_value"]),
        seed=found,
        **made,
        **counted,
    )


def test_an_announced_draw_is_verified_and_says_what_a_program_cannot_know(drawn):
    assert failed(drawn) == []
    told = "\n".join(text for _, text in verify(drawn))
    for words in ("密封码就是公告时封存的", VALUE, "先公告", "announcement.txt 与公告的内容一致"):
        assert words in told
    announcement = json.loads((drawn / "announcement.json").read_text(encoding="utf-8"))
    people = "\n".join(not_checked(drawn))
    assert VALUE in people
    assert "某彩票 第 1 期" in people
    assert announcement["digest"] in people


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda lines: lines[0].encode() + b"9\n" + "\n".join(lines[1:]).encode(), "第 1 行应为“"),
        (lambda lines: "\n".join([*lines, ""]).encode("gb18030"), "不是 UTF-8 编码"),
        (lambda lines: "\r\n".join([*lines, ""]).encode(), "只是换行或文件开头的标记（BOM）不同"),
    ],
)
def test_another_text_of_the_announcement_is_told_and_the_draw_repeated_all_the_same(drawn, harm, told):
    """Plan and record are sound: that the text was saved anew says nothing against the draw."""
    path = drawn / "announcement.txt"
    path.write_bytes(harm(path.read_text(encoding="utf-8").splitlines()))
    (wrong,) = failed(drawn)
    assert wrong.startswith("announcement.txt 与公告的内容不一致：")
    assert told in wrong
    assert any("assignments.csv" in text for good, text in verify(drawn) if good), "drawn again"


def test_the_same_parts_give_the_same_seed_however_the_value_is_typed(announced):
    assert opened_seed(announced, SECRET, "０３　08\t12 ", LATER) == opened_seed(
        announced, SECRET, VALUE, KNOWN
    )
    assert (
        opened_seed(announced, SECRET, VALUE + "9", LATER)[0]
        != opened_seed(announced, SECRET, VALUE, LATER)[0]
    )


def test_nothing_that_is_published_before_the_draw_tells_a_code(announced):
    for path in announced.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [code for code in CODES if code.hex() in text], path.name


def test_the_substitutes_stay_secret_after_the_draw(drawn):
    for path in drawn.iterdir():
        assert not [code for code in CODES[1:] if code.hex() in path.read_text(encoding="utf-8")], path.name


def test_the_text_to_publish_tells_all_that_is_fixed(announced):
    text = (announced / "announcement.txt").read_text(encoding="utf-8")
    announcement = json.loads((announced / "announcement.json").read_text(encoding="utf-8"))
    for name in (
        "plan_digest",
        "list_digest",
        "rules_digest",
        "secret_commitment",
        "public_source",
        "digest",
    ):
        assert announcement[name] in text
    assert all(one in text for one in announcement["substitute_commitments"])
    assert "2026 年 11 月 23 日 21:15:00（时区 +08:00）" in text
    assert len(announcement["substitute_commitments"]) == 2


def test_without_substitutes_the_text_says_so(tmp_path):
    write_plan(tmp_path, planned(good_problem()))
    write_announcement(tmp_path, make_announcement(tmp_path, CODES[:1], Terms("某彩票", KNOWN), NOW))
    assert "没有封存备用码" in (tmp_path / "announcement.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", [CODES[1].hex(), "0" * 64, "x", SECRET.upper()[:-1]])
def test_another_secret_is_not_drawn(announced, secret):
    with pytest.raises(InputError, match="不是这份公告封存的"):
        draw_announced(announced, secret=secret)
    assert not (announced / "draw.json").exists()


def test_another_plan_is_not_drawn(announced):
    change(announced / "plan.json", rules_title="另一份规则")
    with pytest.raises(InputError, match="计划与公告的不同"):
        draw_announced(announced)


def test_a_plan_is_not_made_anew_under_an_announcement(announced):
    with pytest.raises(InputError, match="已经做过抽签公告"):
        write_plan(announced, planned(good_problem()))


def test_a_changed_announcement_is_not_drawn(announced):
    path = announced / "announcement.json"
    path.write_text(path.read_text(encoding="utf-8").replace("某彩票", "别的彩票"), encoding="utf-8")
    with pytest.raises(InputError, match="改动过"):
        draw_announced(announced)


@pytest.mark.parametrize(
    "values",
    [{"format": "x"}, {"public_moment": "2026-11-23"}, {"public_moment": 3}, {"secret_commitment": None},
     {"substitute_commitments": 5}, {"substitute_commitments": ["x"]}, {"list_digest": "x"}, {"public_source": " "},
     {"public_source": None}],
)  # fmt: skip
def test_an_announcement_without_its_form_is_not_drawn(announced, values):
    change(announced / "announcement.json", **values)
    with pytest.raises(InputError, match="不是这个版本的公告"):
        draw_announced(announced)


def test_it_is_drawn_once(drawn):
    before = {path.name: path.read_bytes() for path in drawn.iterdir()}
    with pytest.raises(InputError, match="一次"):
        draw_announced(drawn, value="99")
    with pytest.raises(InputError, match="已经抽过签"):
        make_announcement(drawn, CODES, Terms("x", KNOWN), NOW)
    assert {path.name: path.read_bytes() for path in drawn.iterdir()} == before


def test_it_is_announced_once(announced):
    with pytest.raises(InputError, match="已经做过公告"):
        make_announcement(announced, CODES, Terms("x", KNOWN), NOW)


def test_an_announced_folder_takes_no_seed_by_hand(announced):
    with pytest.raises(InputError, match="不能另给种子"):
        draw_and_write(announced, seed(1), GIVEN, "2026-11-24T09:00:00+08:00")


def test_it_is_not_drawn_before_the_value_can_be_known(announced):
    with pytest.raises(InputError, match=r"（时区 .*）还没有到"):
        draw_announced(announced, now=KNOWN - dt.timedelta(seconds=1))


@pytest.mark.parametrize("when", [NOW, NOW - dt.timedelta(days=1), NOW + dt.timedelta(microseconds=900_000)])
def test_a_value_that_may_be_known_is_not_announced(tmp_path, when):
    write_plan(tmp_path, planned(good_problem()))
    with pytest.raises(InputError, match=r"（时区 .*）已经过去"):
        make_announcement(tmp_path, CODES, Terms("x", when), NOW)


def test_fractions_of_seconds_do_not_spoil_the_order(tmp_path):
    """Announced at 9:00:00.9 for 9:00:01.2: written down as :00 and :01, and verified."""
    write_plan(tmp_path, planned(good_problem()))
    now, when = NOW.replace(microsecond=900_000), NOW.replace(second=1, microsecond=200_000)
    write_announcement(tmp_path, make_announcement(tmp_path, CODES, Terms("x", when), now))
    draw_announced(tmp_path, now=when)
    assert failed(tmp_path) == []


@pytest.mark.parametrize("text", ["", " ", "x\u200b", "y" * 1001])
def test_source_and_value_must_be_readable(announced, tmp_path_factory, text):
    with pytest.raises(InputError, match=r"--public：应为一行文字|--public：第 2 个字符是 U\+200B，不能用"):
        draw_announced(announced, value=text)
    other = tmp_path_factory.mktemp("other")
    write_plan(other, planned(good_problem()))
    with pytest.raises(InputError, match="--public-source：应为一行文字"):
        make_announcement(other, CODES, Terms(text, KNOWN), NOW)


def formed(folder, form):
    write_plan(folder, planned(good_problem()))
    write_announcement(folder, make_announcement(folder, CODES, Terms("某彩票 第 1 期", KNOWN, form), NOW))
    return folder


def test_a_value_is_drawn_only_as_it_was_announced_to_be_written(tmp_path):
    """03 08 12 has as many seeds as spellings, and the holder of the secret sees them all: one was announced."""
    folder = formed(tmp_path, "００ 00  00")
    assert json.loads((folder / "announcement.json").read_bytes())["public_form"] == "00 00 00"
    assert "写法：00 00 00\n其中每个数字代表任一数字" in (folder / "announcement.txt").read_text(
        encoding="utf-8"
    )
    for value in ("3 8 12", "03,08,12", "030812", "03 08 12 .", "03 08 1x"):
        with pytest.raises(InputError, match="公告约定的写法是“00 00 00”"):
            draw_announced(folder, value=value)
    draw_announced(folder, value="０３ 08 12")
    assert (True, "公开数值“03 08 12”是公告约定的写法“00 00 00”") in verify(folder)
    assert failed(folder) == []
    assert not any("没有约定公开数值的写法" in told for told in not_checked(folder))


def test_a_forger_with_another_spelling_is_caught_by_the_announced_form(tmp_path):
    folder = formed(tmp_path, "00 00 00")
    draw_announced(folder)
    forge(folder, public_value="3 8 12")
    assert failed(folder)[0] == "公开数值“3 8 12”不是公告约定的写法“00 00 00”"


def test_a_forger_with_what_cannot_be_seen_behind_the_value_is_caught(drawn):
    """The printed value looks the same, the seed is another."""
    forge(drawn, public_value=VALUE + "\ufe0f")
    assert failed(drawn)[0] == "公开数值没有按规格写成统一形式，或有规格不许的字符"


def test_where_no_form_was_announced_people_are_told_what_that_allows(drawn):
    assert failed(drawn) == []
    assert any("没有约定公开数值的写法" in told and "先试算再挑选" in told for told in not_checked(drawn))


@pytest.mark.parametrize("form", ["", "第期", "0、0", "0\ufe0f"])
def test_a_form_that_fixes_nothing_readable_is_refused(tmp_path, form):
    with pytest.raises(InputError, match="--public-form："):
        formed(tmp_path, form)


@pytest.mark.parametrize("form", [None, 5, "", "0  0", "第期"])
def test_an_announcement_with_a_form_that_is_none_is_no_announcement(announced, form):
    change(announced / "announcement.json", public_form=form)
    with pytest.raises(InputError, match="不是这个版本的公告"):
        draw_announced(announced)


def test_a_plan_without_list_digest_cannot_be_announced(tmp_path):
    write_plan(tmp_path, planned(good_problem()))
    change(tmp_path / "plan.json", list_digest=None)
    with pytest.raises(InputError, match="没有名单摘要"):
        make_announcement(tmp_path, CODES, Terms("x", KNOWN), NOW)


def test_a_forger_with_another_secret_is_caught_by_the_commitment(drawn):
    forge(drawn, secret=CODES[1].hex())
    assert failed(drawn) == ["公开的密封码不是公告时封存的密封码", "计划或记录不可靠，没有重新抽签"]


def test_a_forger_with_another_value_is_shown_to_people(drawn):
    """Nothing in the folder contradicts another value: only the source does, and verify says so with the value."""
    forge(drawn, public_value="99")
    assert failed(drawn) == []
    assert "公开数值“99”" in not_checked(drawn)[0]


def test_a_changed_value_alone_is_caught_by_the_seed(drawn):
    record = json.loads((drawn / "draw.json").read_text(encoding="utf-8"))
    change(drawn / "draw.json", reveal=record["reveal"] | {"public_value": "99"})
    assert any("不是由密封码" in told for told in failed(drawn))


def test_a_forger_with_another_announcement_changes_the_digest_that_people_kept(drawn):
    before = not_checked(drawn)[1]
    change(drawn / "announcement.json", public_source="别的彩票")
    assert any("另一份公告" in told for told in failed(drawn))
    forge(drawn)
    assert any("announcement.txt" in told for told in failed(drawn))
    assert not_checked(drawn)[1] != before


def test_a_forger_with_another_plan_is_caught_by_the_announcement(drawn):
    change(drawn / "plan.json", rules_title="另一份规则")
    plan = json.loads((drawn / "plan.json").read_text(encoding="utf-8"))
    change(drawn / "draw.json", plan_digest=plan["digest"])
    forge(drawn)
    assert "计划与公告的不同" in failed(drawn)


def test_a_draw_by_hand_under_an_announcement_is_caught(announced):
    text = (announced / "announcement.json").read_bytes()
    told = (announced / "announcement.txt").read_bytes()
    for name in ("announcement.json", "announcement.txt"):
        (announced / name).unlink()
    draw_and_write(announced, seed(1), GIVEN, "2026-11-24T09:00:00+08:00")
    assert failed(announced) == []
    assert "没有事先的承诺" in not_checked(announced)[0]
    (announced / "announcement.txt").write_bytes(told)
    assert any("却没有 announcement.json" in told for told in failed(announced))
    (announced / "announcement.json").write_bytes(text)
    assert any("另外给出的种子" in told for told in failed(announced))


@pytest.mark.parametrize(
    "reveal", [[], "x", {}, {"secret": 5, "public_value": []}, {"secret": SECRET, "public_value": " 1"}]
)
def test_a_reveal_in_no_form_is_caught(drawn, reveal):
    change(drawn / "draw.json", reveal=reveal)
    assert failed(drawn)
    assert not_checked(drawn)


def test_a_missing_or_broken_announcement_is_caught(drawn):
    for content in (b"[1]", b"\xff", b'{"a": 1.5}'):
        (drawn / "announcement.json").write_bytes(content)
        assert any("announcement.json" in told for told in failed(drawn))
    (drawn / "announcement.json").unlink()
    assert any("没有这个文件" in told for told in failed(drawn))
    assert not_checked(drawn) == []


@pytest.mark.parametrize("drawn_at", ["2026-11-23T21:14:59+08:00", "2026-11-24T09:00:00", "x", None])
def test_the_moments_must_be_in_their_order(drawn, drawn_at):
    change(drawn / "draw.json", drawn_at=drawn_at)
    assert any("先后" in told or "时间" in told for told in failed(drawn))


def test_moments_are_told_in_words():
    assert moment_words("2026-12-03T21:15:00-03:30") == "2026 年 12 月 3 日 21:15:00（时区 -03:30）"


def test_the_secret_file_is_for_its_owner_and_never_overwritten(tmp_path):
    path = tmp_path / "new" / "secret.json"
    write_secret(path, "d" * 64, [code.hex() for code in CODES])
    assert read_secret(path) == SECRET
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["substitutes"] == [code.hex() for code in CODES[1:]]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(InputError, match="已经存在"):
        write_secret(path, "d" * 64, ["0" * 64])
    assert path.read_bytes() == before


def test_a_secret_file_that_cannot_be_used_is_told_without_its_content(tmp_path):
    path = tmp_path / "secret.json"
    with pytest.raises(InputError, match="没有这个文件"):
        read_secret(path)
    for content in ("x", "[]", "{}", json.dumps({"secret": SECRET[:-1]})):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_secret(path)
        assert SECRET[:-1] not in str(caught.value)
    (tmp_path / "file").write_text("")
    with pytest.raises(ZhengkaoError, match="写不了"):
        write_secret(tmp_path / "file" / "secret.json", "d" * 64, [SECRET])
