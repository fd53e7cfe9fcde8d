"""What the draw record on paper says of repeating the draw: with the files that it names, and with none less, it is repeated."""

import re
import shutil
from dataclasses import replace

import pytest

from scheduler.papers.draw_record import draw_record
from scheduler.papers.facts import read_facts
from scheduler.papers.notice import notice
from scheduler.papers.people import People
from tests.scheduler.replan.drawn import changed, drawn
from tests.scheduler.replan.test_announced import A_FIRST, sealed  # noqa: F401 - a fixture
from tests.scheduler.replan.test_chain import announced, codes, failures  # noqa: F401 - a fixture
from tests.scheduler.replan.test_kinds import small
from tests.scheduler.test_second_draw import second_draw


def told(folder):
    """The blocks under the heading that says how to repeat the draw, as one text, and the table of result files."""
    blocks = draw_record(read_facts(folder))
    at = next(place for place, one in enumerate(blocks) if one.get("text") == "怎样复核")
    return "\n".join(one["text"] for one in blocks[at:] if "text" in one), blocks


def named(folder):
    """What the record says is needed: the result files of its table, and the names of the section about repeating."""
    text, blocks = told(folder)
    (results,) = [one["rows"] for one in blocks if one.get("head") == ["文件", "SHA-256"]]
    line = next(one for one in text.splitlines() if one.startswith("所需文件"))
    listed = set(re.findall(r"[a-z]+\.[a-z]+|chain", line))
    assert "上表各文件" in line
    return {name for name, _ in results} | listed


def handed_over(folder, out, names):
    """A copy of a folder that holds nothing but these."""
    out.mkdir()
    for name in names:
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copyfile
        copy(folder / name, out / name)
    return out


def is_repeated(folder):
    """Both programs come to the same outcome."""
    good = failures(folder) == []
    assert (second_draw(folder).returncode == 0) is good
    return good


@pytest.fixture
def first(tmp_path):
    return drawn(small(), tmp_path)


@pytest.fixture
def at_once(announced, tmp_path):  # noqa: F811 - the fixture of another file
    """The second change of an announced draw, neither of them announced."""
    changed(announced, tmp_path / "1", {"change": "seats", **A_FIRST, "value": 1}, secrets=codes)
    changed(tmp_path / "1", tmp_path / "2", {"change": "trainee_withdrawn", "id": "T2"}, secrets=codes)
    return tmp_path / "2"


@pytest.mark.parametrize("kind", ["first", "announced", "at_once", "sealed"])
def test_the_files_that_the_record_names_are_enough_and_each_is_needed(kind, request, tmp_path):
    folder = request.getfixturevalue(kind)
    names = named(folder)
    copy = handed_over(folder, tmp_path / "copy", names)
    assert is_repeated(copy)
    for name in sorted(names):
        (copy / name).rename(tmp_path / "away")
        assert not is_repeated(copy), name
        (tmp_path / "away").rename(copy / name)


def test_the_record_of_a_change_names_the_table_the_chain_and_what_the_seed_came_of(at_once):
    text, blocks = told(at_once)
    assert "changes.csv" in text
    assert "chain 文件夹（整个：0 是首次抽签，1 是第 1 次变更" in text
    assert "zhengkao exam verify 文件夹" in text
    assert "node draw.mjs 文件夹" in text
    assert "batch" in text, "says that nobody needs it, and that it is private"
    facts = read_facts(at_once)
    fields = {row[0]: row[1] for one in blocks if one.get("head") == [] for row in one["rows"]}
    assert fields["变更次数"] == "第 2 次变更"
    assert fields["上一次记录摘要"] == facts.draw["parent"]
    assert fields["变更表摘要"] == facts.draw["changes_digest"]


def test_the_record_of_a_first_draw_speaks_of_no_change(first):
    text, blocks = told(first)
    assert "changes.csv" not in text
    assert "chain" not in text
    assert "变更次数" not in {row[0] for one in blocks if one.get("head") == [] for row in one["rows"]}


def test_the_record_says_which_exam_whose_and_when_in_the_time_of_china(first):
    facts = read_facts(first)
    notice = {**facts.plan["rules"]["notice"], "issuer": "云州市考试中心"}
    rules = {**facts.plan["rules"], "notice": notice}
    elsewhere = {**facts.draw, "drawn_at": "2026-11-24T16:30:05+00:00"}
    blocks = draw_record(replace(facts, plan={**facts.plan, "rules": rules}, draw=elsewhere))
    fields = {row[0]: row[1] for one in blocks if one.get("head") == [] for row in one["rows"]}
    assert blocks[1]["text"] == "云州市考试中心　2026年12月1日安全生产资格考试"
    assert fields["考试机构"] == "云州市考试中心"
    assert fields["抽签时间"] == "2026年11月25日 00:30:05（北京时间）"


def test_it_says_where_a_citizen_gets_the_second_program(first):
    """It named a folder of this program's source, which nobody outside has, and the docs said that it tells where to get it."""
    text, _ = told(first)
    assert "源码" not in text
    assert "draw.mjs 和抽签规格由考试机构与上述文件一同公布，网址：＿" in text
    facts = read_facts(first)
    notice_rules = {**facts.plan["rules"]["notice"], "website": "https://kaoshi.example/2026"}
    stated = replace(facts, plan={**facts.plan, "rules": {**facts.plan["rules"], "notice": notice_rules}})
    texts = [one.get("text", "") for one in draw_record(stated)]
    assert any("一同公布，网址：https://kaoshi.example/2026。" in one for one in texts)
    public = notice(stated, People(stated, None, show_id=False), with_list=False)
    assert any("抽签记录公开（https://kaoshi.example/2026），任何人" in one.get("text", "") for one in public)
    assert not any(
        "example" in str(one) for one in notice(facts, People(facts, None, show_id=False), with_list=False)
    )
