"""The whole program offline: exit codes, options, settings, what it says and what it keeps to itself."""

import json
import os
import re
import sys

import pytest

from certcheck.registry.replica.server import Replica
from commands.root import run
from common.errors import ZhengkaoError
from tests.certcheck.lists import xlsx
from tests.journeys.check_support import (
    HEADER,
    askpass,
    check,
    environment,
    outcomes,
    people,
    person,
    program,
    roster,
    row,
    summary,
    write_csv,
)  # fmt: skip

AS_OF = ("--as-of", "2026-11-20")


def test_offline(here, capsys):
    """Nobody was asked, and everything says so; a clean row alone is no reason for 3."""
    assert check(roster(here, 2), "--out", "o", *AS_OF) == 0
    out = capsys.readouterr().out
    name = (here / "o" / "run.txt").read_text(encoding="utf-8").strip()
    assert out.splitlines()[0] == f"核验编号：{name}"
    assert "没有联网核验" in out
    assert [one["verdict"] for one in outcomes(here / "o")] == ["unverified"] * 2
    assert summary(here / "o")["run"] == name
    assert "没有向国家平台查询任何人" in (here / "o" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "options", "code"),
    [
        ({}, [], 0),
        ({"有效期至": "2026-01-01", "有效期起": "2020-01-02"}, [], 1),
        ({"有效期至": "2026-12-01", "有效期起": "2020-12-02", "初领日期": "", "应复审日期": ""}, [], 0),
        ({"有效期至": "2026-12-01", "有效期起": "2020-12-02", "初领日期": "", "应复审日期": ""}, ["--fail-on", "attention"], 1),
        ({"有效期至": "2026-01-01", "有效期起": "2020-01-02"}, ["--fail-on", "attention"], 1),
    ],
)  # fmt: skip
def test_fail_on(here, change, options, code):
    assert (
        check(write_csv(here / "a.csv", [row(*person(0), **change)]), "--out", "o", *AS_OF, *options) == code
    )


USAGE = [
    [], ["--nonsense"], ["a.csv", "--fail-on", "note"], ["a.csv", "--gap", "-1"], ["a.csv", "--gap", "nan"],
    ["a.csv", "--gap", "x"], ["a.csv", "--max-age", "-1"], ["a.csv", "--as-of", "20.11.2026"],
    ["a.csv", "--as-of", "9999-12-31"], ["a.csv", "--as-of", "2200-01-01"], ["a.csv", "--as-of", "0001-01-01"],
    ["a.csv", "--registry", "foo"],
    ["a.csv", "--registry", "http://example.invalid"], ["a.csv", "--registry", "mem", "--gap", "2.9"],
    ["a.csv", "--registry", "mem", "--gap", "nan"], ["a.csv", "--captcha", "web"], ["a.csv", "--captcha", "guess"],
    ["a.csv", "--captcha", "askpass:"], ["a.csv", "--captcha", "askpass:'x"], ["a.csv", "--captcha", "askpass:/no/program"],
    ["a.csv", "--columns", "name"], ["a.csv", "--columns", "nonsense=x"], ["a.csv", "--columns"], ["a.csv", "--sheet", "没有"],
    ["a.csv", "--db", "nonsense"], ["a.csv", "--rules", "missing.toml"], ["missing.csv"], ["--resume", "missing"],
    ["a.csv", "--resume", "latest"], ["--resume", "latest", "--fail-on", "attention"], ["a.csv", "--out"], ["."],
]  # fmt: skip


@pytest.mark.parametrize("arguments", USAGE, ids=lambda one: " ".join(one)[-40:])
def test_wrong_usage(here, capsys, arguments):
    """Exit 2 and one sentence in Chinese, without a traceback and without any English of click's."""
    roster(here, 1, "a.csv")
    assert check(*arguments) == 2
    err = capsys.readouterr().err
    assert re.search("[\u4e00-\u9fff]", err)
    assert not re.search(r"Traceback|Invalid|Error|Usage|No such|requires|not a valid|not in the", err)
    assert not (here / "home" / "last-error.txt").exists()


def test_failures(here, capsys):
    """A database or folder that cannot be written to: exit 4 and a sentence."""
    roster(here, 1, "a.csv")
    assert check("a.csv", "--db", f"sqlite:///{here}/missing/x.db") == 4
    assert check("a.csv", "--out", here / "a.csv") == 4
    assert check("--resume", "latest") == 2  # a run that never began is no run
    assert "last-error" not in capsys.readouterr().err


def test_precedence_of_incomplete(here):
    """Violations and missing answers together: 3."""
    with Replica(people(0)) as replica:
        ask = [
            "--registry",
            replica.url,
            "--gap",
            0,
            "--captcha",
            f'askpass:{sys.executable} -c "raise SystemExit(1)"',
        ]
        rows = [row(*person(0), 有效期至="2026-01-01", 有效期起="2020-01-02")]
        assert check(write_csv(here / "a.csv", rows), "--out", "o", *AS_OF, *ask) == 3


def test_json(here, capsys):
    """Only JSON on standard output, the same as summary.json."""
    assert check(roster(here, 2), "--out", "o", *AS_OF, "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == summary(here / "o")
    assert "核验编号" in err


def test_list_without_people(here, capsys):
    assert check(write_csv(here / "a.csv", []), "--out", "o", *AS_OF) == 0
    assert "没有人员" in capsys.readouterr().out
    assert outcomes(here / "o") == []
    (here / "b.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert check("b.csv", "--out", "o") == 2


def test_columns(here):
    """Several words after one option, before or after the files."""
    header = ("谁", "号", *HEADER[2:])
    write_csv(here / "a.csv", [row(*person(0))], header)
    words = ["--columns", "name=谁", "id_number=号"]
    for number, arguments in enumerate(
        (["a.csv", *words], [*words, "a.csv"], ["--columns=name=谁", "--columns", "id_number=号", "a.csv"])
    ):
        assert check(*arguments, "--out", f"o{number}", *AS_OF) == 0
        assert outcomes(here / f"o{number}")[0]["name"] == person(0)[0]


def test_changed_list_is_not_resumed(here, capsys):
    roster(here, 1, "a.csv")
    check("a.csv", "--out", "o", *AS_OF)
    roster(here, 2, "a.csv")
    assert check("--resume", "o") == 2
    assert "改动过" in capsys.readouterr().err
    (here / "a.csv").unlink()
    assert check("--resume", "o") == 2


PLANTED = "000000199607010010"


def test_numbers_and_names_stay_where_they_belong(here, capsys):
    """Planted in every column: on the terminal, in file names and in all reports masked; whole only in the list."""
    name, number = person(0)
    rows = [
        row(name, number),
        row(f"仿真{PLANTED}", person(1)[1], 岗位=f"电工 {PLANTED}", 准操项目=f"低压 {PLANTED}", 证书编号=PLANTED, 有效期至=PLANTED),
        row("仿真全角", "０００００0199607010010", 证书编号="T０００００0199607010010"),
        row("仿真坏号", PLANTED[:-1] + "1"),
    ]  # fmt: skip
    with Replica(people(0, 1), audit=here / "a.jsonl") as replica:
        ask = ["--registry", replica.url, "--gap", 0, "--captcha", askpass(here)]
        assert check(write_csv(here / "名单.csv", rows), "--out", "o", *AS_OF, *ask) in (1, 3)
        out, err = capsys.readouterr()
    read = {
        path.name: path.read_text(encoding="latin-1" if path.suffix == ".zip" else "utf-8")
        for path in (here / "o").iterdir()
        if path.suffix != ".xlsx"
    }
    for text in (
        *read.values(),
        (here / "a.jsonl").read_text(encoding="utf-8"),
        out,
        err,
        *map(str, here.rglob("*")),
    ):
        for secret in (number, person(1)[1], PLANTED, PLANTED[:-1] + "1", "０００００0199607010010"):
            assert secret not in text
    assert name not in out + err + (here / "a.jsonl").read_text(encoding="utf-8")
    assert check("名单.csv", "--out", "p", *AS_OF, "--show-id") == 1
    for file in ("outcomes.jsonl", "report.html"):
        assert PLANTED in (here / "p" / file).read_text(encoding="utf-8")
        assert number in (here / "p" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [RuntimeError, KeyError, ZhengkaoError])
def test_last_error_holds_no_values(here, capsys, monkeypatch, error):
    """What nobody foresaw is told in a sentence; the log names kinds and places only."""

    def fails(*_, **__):
        raise error(*person(0)) from ValueError(*person(0))

    monkeypatch.setattr("commands.checking.verify", fails)
    assert check(roster(here, 1), "--out", "o") == 4
    if error is not ZhengkaoError:
        log = (here / "home" / "last-error.txt").read_text(encoding="utf-8")
        assert error.__name__ in log
        assert "ValueError" in log
        err = capsys.readouterr().err
        assert "last-error.txt" in err
        assert not any(part in log + err for part in person(0))


LOADED = """
import sys
from commands.root import run
sys.stdout.reconfigure(encoding="utf-8")
code = run(sys.argv[1:])
heavy = {"sqlalchemy", "ortools", "requests", "PIL", "xlsxwriter", "numpy"} & set(sys.modules)
sys.exit(f"loaded {heavy}" if heavy else code)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "--help"], ["exam", "--help"], ["registry", "--help"]]
)
def test_help_is_quick_and_chinese(here, arguments):
    """Help loads no library it does not need, and holds no English of click's."""
    process = program(here / "home", *arguments, code=LOADED)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    text = out.decode()
    assert not re.search(r"Usage|Options|Commands|Show |default:|required|exit\.", text)
    if "--help" in arguments:
        assert "用法：" in text
        assert "显示本说明后退出" in text


def test_no_command(capsys):
    """Without any words the help is shown, as a wrong usage."""
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("用法： zhengkao")
    assert run(["nonsense"]) == 2
    assert "没有命令 nonsense" in capsys.readouterr().err
    assert run(["check", "--shw-id"]) == 2
    assert "--show-id" in capsys.readouterr().err


def test_numbers_among_the_options_are_masked(here, capsys):
    """A number typed in the wrong place is not repeated."""
    for arguments in (["--gap", f"{PLANTED}x"], [f"--{PLANTED}"], ["--as-of", PLANTED]):
        assert check("a.csv", *arguments) == 2
    assert PLANTED not in capsys.readouterr().err


def test_file_name_that_is_no_text(here):
    """A name in no known encoding is read and reported like any other."""
    path = os.fsdecode(os.fsencode(here) + b"/\xff.csv")
    roster(here, 1).rename(path)
    assert run(["check", path, "--out", "o", *AS_OF]) == 0
    assert run(["check", "--resume", "o"]) == 0
    assert environment(here)["ZHENGKAO_HOME"] == str(here)


def test_rows_under_no_header(here, capsys):
    """What holds a number and was not read ends with 3, is told loudly everywhere, and says what to do."""
    book = xlsx(
        here / "名单.xlsx",
        {
            "一": [HEADER, row(*person(1))],
            "二": [row(*person(2))],
            "三": [["x", "y"], [person(3)[1], person(3)[0]]],
        },
    )
    assert check(book, "--out", "o", *AS_OF) == 3
    said = capsys.readouterr()
    assert "“三”第 2 行" in said.err
    assert "加一行表头" in said.err
    assert "工作表“二”没有表头，按前面的工作表“一”的表头读取了 1 行" in said.out
    assert len(outcomes(here / "o")) == 2
    told = summary(here / "o")
    assert [(s["unused_rows"], s["not_read_rows"], s["goes_on_from"]) for s in told["sheets"]] == [
        ([], [], ""), ([], [], "一"), ([2], [2], ""),
    ]  # fmt: skip
    page = (here / "o" / "report.html").read_text(encoding="utf-8")
    assert all(line in page for line in told["warnings"])
    assert len(told["warnings"]) == 2
    assert check(book, "--sheet", "一", "--out", "p", *AS_OF) == 0
