"""The page on the tables of a batch says what the program takes: whoever adds a column, a word or a rule adds it there."""

import re
import tomllib
from pathlib import Path

import pytest

from common.text import key
from common.wordtables import WordTable
from scheduler.batch.columns import REQUIRED, TABLES, load_columns
from scheduler.batch.references import _ENDS
from scheduler.packs import DEFAULT_PACK, PACKS, load_pack
from scheduler.rules import RulesError, load_rules

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "batch-tables.zh-CN.md"
COLUMNS = load_columns(ROOT / "data" / "batch" / "columns.toml")
WORDS = WordTable(ROOT / "data" / "batch" / "words.toml")
OWN_PAGE = {"change"}  # words of tables of changes: README.zh-CN.md lists them
RULES = load_pack(DEFAULT_PACK)


def rows(heading, width):
    """Give the rows of tables of some width below a heading, without those of column names."""
    text = PAGE.read_text(encoding="utf-8")
    below = re.split(rf"^{re.escape(heading)}\n", text, maxsplit=1, flags=re.MULTILINE)[1]
    part = re.split(
        r"^#+ ", re.sub(r"```.*?```", "", below, flags=re.DOTALL), maxsplit=1, flags=re.MULTILINE
    )[0]
    found, before = [], ""
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == width and before and not set(cells[0]) <= set("-"):
            found.append(cells)
        before = line if line.startswith("|") else ""
    return found


def code_of(cell):
    """Give a name and the code behind it: 姓名 `name`."""
    name, code = re.fullmatch(r"(?:(\S+) )?`([^`]+)`", cell).groups()
    return name, code


def chinese(words):
    return next(word for word in words if not word.isascii())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_there_with_its_words_and_whether_it_is_needed(table):
    stated = COLUMNS[table]
    due = {
        (chinese(words), name, tuple(word for word in words if word not in (name, chinese(words))), name in stated["_needed"])
        for name, words in stated.items()
        if not name.startswith("_")
    }  # fmt: skip
    told = rows(f"### {chinese(stated['_table'])} `{table}`", 4)
    found = {
        (*code_of(column), tuple(word for word in others.split("、") if word), needed == "是")
        for column, others, needed, _ in told
        if not (table == "relations" and code_of(column)[1] in _ENDS)
    }
    assert found == due
    assert all(cells[-1] for cells in told), "what a cell may hold is said of every column"


@pytest.mark.parametrize("table", TABLES)
def test_the_blank_workbook_tells_of_every_column_what_the_page_tells(table):
    notes = WordTable(ROOT / "data" / "batch" / "notes.toml")
    for column, _, _, told in rows(f"### {chinese(COLUMNS[table]['_table'])} `{table}`", 4):
        name = code_of(column)[1]
        if not (table == "relations" and name in _ENDS):
            links = r"（见(\[[^\]]*\]\([^)]*\)|下表)）"
            assert notes.text(table, name) == re.sub(links, "", told).replace("`", "")


def test_the_tables_that_must_be_there_are_named():
    named = "、".join(chinese(COLUMNS[table]["_table"]) for table in REQUIRED)
    assert f"必须有的表：{named}。" in PAGE.read_text(encoding="utf-8")


def test_every_kind_of_relation_is_there_with_what_its_ends_are():
    ends = {"机构": "机构", "考点": "考点", "考生": "考生", "考生或考务人员": "人员（考生或考务人员）"}
    listed = WORDS.words("relation")
    found = {
        code_of(kind): (ends[first], ends[second])
        for kind, first, second, _ in rows("### 关系 `relations`", 4)
        if code_of(kind)[1] in listed
    }
    assert found == {(chinese(listed[code]), code): both for code, both in _ENDS.items()}


def test_every_word_is_there():
    due = [
        (code, {key(word) for word in words} - {key(code)})
        for subject in WORDS.sections
        if subject not in OWN_PAGE
        for code, words in WORDS.words(subject).items()
    ]
    found = [
        (code_of(code)[1], {key(word) for word in words.split("、")})
        for _, code, _, words in rows("## 单元格里的词", 4)
    ]
    assert found == due


def _rules_and_packs():
    """Give the rows of the keys, and those of the packs, which stand below them."""
    told, packs = rows("## rules.toml", 5), len(list(PACKS.glob("*.toml")))
    return told[:-packs], told[-packs:]


def test_every_key_of_the_rules_is_there_with_its_default_and_its_source():
    told = {code_of(name)[1]: (default, source) for name, default, _, _, source in _rules_and_packs()[0]}
    due = {"pack": (DEFAULT_PACK, "—")} | {
        f"{section}.{name}": (value, RULES.sources[f"{section}.{name}"])
        for section, values in RULES.tables.items()
        for name, value in values.items()
    }
    found = {
        name: (tomllib.loads(f"value = {default.strip('`')}")["value"], source)
        for name, (default, source) in told.items()
    }
    assert found == due
    published = load_rules().as_data()
    assert set(due) - {"notice.website"} == {"pack"} | {  # that is published where it is stated
        f"{one}.{name}" for one in published if one != "pack" for name in published[one]
    }


def whole_numbers():
    found = []
    for name, _, allowed, _, _ in _rules_and_packs()[0]:
        ends = re.fullmatch(r"(\d+) 至 (\d+) 的整数", allowed)
        found += [(code_of(name)[1], int(ends[1]), int(ends[2]))] if ends else []
    return found


@pytest.mark.parametrize(("name", "least", "most"), whole_numbers())
def test_the_least_and_the_most_of_a_whole_number_are_as_said(tmp_path, name, least, most):
    section, _, called = name.partition(".")

    def load(value):
        path = tmp_path / "rules.toml"
        path.write_text(f"[{section}]\n{called} = {value}\n", encoding="utf-8")
        return load_rules(path).as_data()[section][called]

    assert (load(least), load(most)) == (least, most)
    for value in (least - 1, most + 1):
        with pytest.raises(RulesError):
            load(value)


def test_whole_numbers_are_found():
    assert len(whole_numbers()) == sum(
        isinstance(value, int) and not isinstance(value, bool)
        for values in RULES.tables.values()
        for value in values.values()
    )


def test_every_pack_is_there_with_what_it_has_otherwise():
    due = []
    for path in sorted(PACKS.glob("*.toml")):
        pack = load_pack(path.stem)
        other = [
            (f"{section}.{name}", value)
            for section, values in pack.tables.items()
            for name, value in values.items()
            if RULES.tables[section][name] != value
        ]
        when = f"{pack.valid_from} 至 {pack.valid_to or '今'}"
        due.append((pack.name, pack.title, when, other, "；".join(pack.sources[name] for name, _ in other)))
    found = [
        (code_of(name)[1], title, when, [_stated(one) for one in re.findall(r"`([^`]+)`", keys)], source)
        for name, title, when, keys, source in _rules_and_packs()[1]
    ]  # fmt: skip
    assert found == due


def _stated(line):
    name, _, value = line.partition(" = ")
    return name, tomllib.loads(f"value = {value}")["value"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_lead_there(readme):
    assert "(docs/batch-tables.zh-CN.md)" in (ROOT / readme).read_text(encoding="utf-8")
