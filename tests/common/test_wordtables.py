"""Word tables of data/: a fault in any of them is told with file, line and field, never a crash."""

import shutil

import pytest

from certcheck.registry.vocabulary import load_vocabulary
from certcheck.staff_list.header_words import load_headers
from common.errors import DataError
from common.resources import DATA
from common.wordtables import WordTable
from scheduler.batch.columns import load_columns

TABLES = {
    "roster/headers.toml": load_headers,
    "registry/fields.toml": load_vocabulary,
    "batch/columns.toml": load_columns,
}
DAMAGES = [
    ("roster/headers.toml", "[claim]", "[klaim]", "claim"),
    ("roster/headers.toml", 'sex = ["性别",', 'sex = "性别" #', "person.sex"),
    ("roster/headers.toml", 'sex = ["性别",', "sex = [3] #", "person.sex"),
    ("roster/headers.toml", 'sex = ["性别",', 'sex = ["姓名"] #', "person.sex"),
    ("registry/fields.toml", 'captcha = ["验证码"]', 'captcha = "验证码"', "words.captcha"),
    ("registry/fields.toml", 'captcha = ["验证码"]', "", "words.captcha"),
    ("registry/fields.toml", 'means = "no_answer"', 'means = "maybe"', "empty_list.means"),
    ("registry/fields.toml", 'means = "no_answer"', 'means = "not_found"', "empty_list.confirmed_by"),
    ("batch/columns.toml", '_needed = ["staff_id"]', '_needed = ["staff"]', "staff._needed"),
    ("batch/columns.toml", "[relations]", "[relation]", "relations"),
]


@pytest.mark.parametrize(("name", "good", "bad", "field"), DAMAGES)
def test_a_damaged_table_is_told(tmp_path, name, good, bad, field):
    """The table that ships is good; damaged in one place, the error names that place."""
    path = tmp_path / "table.toml"
    shutil.copy(DATA / name, path)
    TABLES[name](path)
    content = path.read_text(encoding="utf-8")
    assert good in content
    damaged = tmp_path / "damaged.toml"
    damaged.write_text(content.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        TABLES[name](damaged)
    assert caught.value.field == field
    assert "damaged.toml" in str(caught.value)


def test_a_fault_names_its_line(tmp_path):
    """Line 3 holds the field that is no list."""
    path = tmp_path / "t.toml"
    path.write_text('# words\n[a]\nx = "y"\n', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        WordTable(path).words("a")
    assert (caught.value.row, caught.value.field) == (3, "a.x")


def test_no_toml_and_no_file_are_told(tmp_path):
    """A missing bracket is told with its line, a missing file by name."""
    path = tmp_path / "t.toml"
    path.write_text("[a]\n[b\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        WordTable(path)
    assert caught.value.row == 2
    with pytest.raises(DataError, match="打不开"):
        WordTable(tmp_path / "none.toml")
