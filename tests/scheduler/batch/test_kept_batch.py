"""The batch kept beside its plan; why: the papers must carry the names of those who were planned, nobody else's."""

import os
import stat

import pytest

from common.canonical import digest
from common.errors import InputError, ZhengkaoError
from scheduler.batch import kept_batch
from scheduler.batch.facts_digest import facts_digest
from scheduler.batch.kept_batch import KEPT, NOTICE, batch_in, keep, read_kept
from scheduler.pipeline import make_plan
from scheduler.reading import read_batch
from scheduler.record import write_plan
from tests.scheduler.files import CHINESE, TABLES, write_folder, write_workbook


def planned(batch, out, rules=None):
    _, content, *_ = make_plan(batch, "0", rules)
    write_plan(out, content)
    return keep(batch, rules, out)


def test_a_folder_is_kept_with_its_rules_and_read_again(tmp_path):
    batch = write_folder(tmp_path / "batch")
    (batch / "rules.toml").write_text("[staffing]\nroom_size = 7\n", encoding="utf-8")
    (batch / "电话本.csv").write_text("与考试无关", encoding="utf-8")
    kept = planned(batch, tmp_path / "out")
    assert sorted(path.name for path in kept.iterdir()) == sorted(
        [*(f"{name}.csv" for name in TABLES), "rules.toml", NOTICE]
    )
    assert (kept / "trainees.csv").read_bytes() == (batch / "trainees.csv").read_bytes()
    found = read_kept(tmp_path / "out")
    assert found == read_batch(batch)
    assert found.rules.room_size == 7
    assert "不得公开" in (kept / NOTICE).read_text(encoding="utf-8")


def test_rules_given_beside_the_batch_are_those_kept(tmp_path):
    batch = write_folder(tmp_path / "batch")
    (batch / "rules.toml").write_text("[staffing]\nroom_size = 7\n", encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text("[staffing]\nroom_size = 8\n", encoding="utf-8")
    planned(batch, tmp_path / "out", own)
    assert read_kept(tmp_path / "out").rules.room_size == 8


def test_a_workbook_is_kept_without_the_name_it_was_given(tmp_path):
    book = write_workbook(tmp_path / "仿真张三的批次.xlsx", CHINESE)
    book.with_suffix(".toml").write_text("[staffing]\nroom_size = 9\n", encoding="utf-8")
    kept = planned(book, tmp_path / "out")
    assert sorted(path.name for path in kept.iterdir()) == ["batch.toml", "batch.xlsx", NOTICE]
    assert read_kept(tmp_path / "out").rules.room_size == 9
    alone = read_batch(kept / "batch.xlsx")  # as exam check does
    assert alone.rules.room_size == 9
    assert not [told for told in alone.remarks if "toml" in told]


def test_a_workbook_kept_by_an_earlier_version_has_its_rules_under_the_name_of_a_folders(tmp_path):
    book = write_workbook(tmp_path / "b.xlsx", CHINESE)
    own = tmp_path / "own.toml"
    own.write_text("[staffing]\nroom_size = 9\n", encoding="utf-8")
    kept = planned(book, tmp_path / "out", own)
    (kept / "batch.toml").rename(kept / "rules.toml")
    assert read_kept(tmp_path / "out").rules.room_size == 9
    (told,) = [told for told in read_batch(kept / "batch.xlsx").remarks if "toml" in told]
    assert told.startswith("工作簿旁边的 rules.toml 没有读"), "exam check says so"


def test_a_second_plan_from_a_kept_workbook_keeps_its_rules(tmp_path):
    book = write_workbook(tmp_path / "b.xlsx", CHINESE)
    book.with_suffix(".toml").write_text("[staffing]\nroom_size = 9\n", encoding="utf-8")
    kept = planned(book, tmp_path / "out")
    again = planned(kept / "batch.xlsx", tmp_path / "again")
    assert (again / "batch.toml").read_bytes() == book.with_suffix(".toml").read_bytes()
    assert read_kept(tmp_path / "again").rules.room_size == 9


def test_where_the_batch_is(tmp_path):
    kept = planned(write_workbook(tmp_path / "b.xlsx", CHINESE), tmp_path / "out")
    assert batch_in(kept) == kept / "batch.xlsx"
    kept = planned(write_folder(tmp_path / "batch"), tmp_path / "out")
    assert batch_in(kept) == kept


def test_a_second_plan_keeps_the_second_batch_only_even_from_the_kept_one(tmp_path):
    out = tmp_path / "out"
    planned(write_workbook(tmp_path / "b.xlsx", CHINESE), out)
    planned(write_folder(tmp_path / "batch"), out)
    planned(out / KEPT, out)
    assert sorted(path.name for path in (out / KEPT).iterdir()) == sorted(
        [*(f"{n}.csv" for n in TABLES), NOTICE]
    )
    assert sorted(path.name for path in out.iterdir()) == [KEPT, "plan.json"]
    assert read_kept(out) is not None


@pytest.mark.parametrize(
    ("name", "before", "after"), [("trainees.csv", "甲一", "甲二"), ("seats.csv", '"2"', '"3"')]
)
def test_a_kept_batch_that_was_changed_is_not_used(tmp_path, name, before, after):
    kept = planned(write_folder(tmp_path / "batch"), tmp_path / "out")
    text = (kept / name).read_text(encoding="utf-8-sig")
    assert before in text
    (kept / name).write_text(text.replace(before, after), encoding="utf-8-sig")
    with pytest.raises(InputError, match="不是同一份"):
        read_kept(tmp_path / "out")


def test_other_rules_than_the_plans_are_noticed(tmp_path):
    kept = planned(write_folder(tmp_path / "batch"), tmp_path / "out")
    (kept / "rules.toml").write_text("[staffing]\nroom_size = 7\n", encoding="utf-8")
    with pytest.raises(InputError, match="不是同一份"):
        read_kept(tmp_path / "out")


def test_nothing_kept_is_none(tmp_path):
    assert read_kept(tmp_path) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_only_the_owner_reads_what_is_kept(tmp_path):
    kept = planned(write_folder(tmp_path / "batch"), tmp_path / "out")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert stat.S_IMODE((kept / "trainees.csv").stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(ZhengkaoError, match="不能写入"):
        keep(write_folder(tmp_path / "batch"), None, tmp_path / "out")


def test_an_earlier_batch_comes_back_where_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    """On Windows a folder stays where it is while any file in it is open."""
    kept = planned(write_folder(tmp_path / "batch"), tmp_path / "out")

    def move(source, target):
        if target == kept and source.name != "before":
            raise PermissionError(13, "Access is denied")
        source.replace(target)

    monkeypatch.setattr(kept_batch, "move", move)
    with pytest.raises(ZhengkaoError, match="批次不能存到"):
        keep(tmp_path / "batch", None, tmp_path / "out")
    assert read_kept(tmp_path / "out") is not None


@pytest.mark.parametrize("form", [1, 2])
def test_a_plan_of_an_earlier_version_knows_its_batch_by_the_digest_of_that_version(tmp_path, form):
    """The first of them do not say in what form its digest of the list is; a change after its draw must still be possible."""
    problem, content, *_ = make_plan(write_folder(tmp_path / "batch"), "0", None)
    earlier = {name: value for name, value in content.items() if name not in ("list_form", "digest")}
    earlier |= {} if form == 1 else {"list_form": form}
    earlier["list_digest"] = facts_digest(problem, form)
    earlier["digest"] = digest(earlier)
    write_plan(tmp_path / "out", earlier)
    keep(tmp_path / "batch", None, tmp_path / "out")
    assert read_kept(tmp_path / "out") == problem
    write_folder(tmp_path / "batch", trainees=TABLES["trainees"][:2])
    keep(tmp_path / "batch", None, tmp_path / "out")
    with pytest.raises(InputError, match="不是同一份"):
        read_kept(tmp_path / "out")
