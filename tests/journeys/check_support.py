"""What the journeys of ``zhengkao check`` share: lists of invented people, and the program itself."""

import csv
import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from stdnum.cn.ric import calc_check_digit

from certcheck.registry.replica.people import People, Person, Record
from certcheck.registry.replica.picture import ANSWER_MARK
from certcheck.report.problem_file import read_problems
from certcheck.report.write import PROBLEMS
from commands.root import run
from common.resources import DATA

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "姓名",
    "证件号码",
    "岗位",
    "准操项目",
    "证书编号",
    "初领日期",
    "有效期起",
    "有效期至",
    "应复审日期",
)
DATES = ("2024-05-13", "2024-05-13", "2030-05-12", "2027-05-12")


def person(count):
    """The nth invented person."""
    stem = f"0000001990{count % 12 + 1:02d}{count % 28 + 1:02d}{count % 900:03d}"
    return (
        f"仿真{'甲乙丙丁戊己庚辛壬癸'[count % 10]}{'子丑寅卯辰巳午未申酉'[count // 10 % 10]}",
        stem + calc_check_digit(stem + "0"),
    )


def row(name, number, **change):
    cells = dict(zip(HEADER, (name, number, "电工", "低压电工作业", f"T{number}", *DATES), strict=True))
    return list((cells | change).values())


def people(*counts):
    """A registry that has these people's certificates as ``row`` states them."""
    first, start, end, due = DATES

    def record(number):
        return Record(
            "special", start, end, "电工作业", "低压电工作业", f"T{number}", first_issue=first, review_due=due
        )

    return People([Person(*person(count), (record(person(count)[1]),)) for count in counts])


def write_csv(path, rows, header=HEADER):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def roster(folder, count, name="名单.csv"):
    return write_csv(folder / name, [row(*person(nth)) for nth in range(count)])


def askpass(folder):
    """A quick program that reads the replica's answer out of its picture, in the place of a person."""
    path = folder / "askpass.py"
    path.write_text(
        "import re, sys\n"
        f"found = re.search(rb'{ANSWER_MARK}\\x00([0-9]{{4}})', open(sys.argv[1], 'rb').read())\n"
        "print(found[1].decode())\n",
        encoding="utf-8",
    )
    return f"askpass:{sys.executable} -SE {path}"


def check(*arguments):
    """Run ``zhengkao check`` in this process; gives the exit code."""
    return run(["check", *map(str, arguments)])


def environment(home):
    return {**os.environ, "ZHENGKAO_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def program(home, *arguments, code=None):
    """Start ``zhengkao`` (or some code around it) as a process of its own."""
    start = ["-c", code] if code else [str(ROOT / "cli.py")]
    return subprocess.Popen(
        [sys.executable, *start, *map(str, arguments)],
        env=environment(home), cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def outcomes(folder):
    return [json.loads(line) for line in (folder / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()]


def summary(folder):
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def queries(audit):
    """The queries of an audit log."""
    lines = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["event"] == "query"]


def reports(folder):
    """Every report's bytes but for the run's name, the replica's port and the moments of asking."""
    name = (folder / "run.txt").read_text(encoding="utf-8").strip()
    told = {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.name[0] != "." and path.name not in ("run.txt", "evidence.zip")
    }
    lines = [{**one, "registry": {**one["registry"], "asked_at": None}} for one in outcomes(folder)]
    told["outcomes.jsonl"] = json.dumps(lines).encode()
    problems = [
        dataclasses.replace(one, since=one.since.replace(name, "RUN"))
        for one in read_problems(folder / PROBLEMS)
    ]
    told[PROBLEMS] = repr([(one, one.cells, one.by_hand) for one in problems]).encode()
    told = {file: content.replace(name.encode(), b"RUN") for file, content in told.items()}
    return {file: re.sub(rb"127\.0\.0\.1:[0-9]+", b"HOST", content) for file, content in told.items()}


def asking(here, replica, *more, gap=0, max_age=0):
    """The options of a run that asks a replica."""
    return [
        "--registry",
        replica.url,
        "--captcha",
        askpass(here),
        "--gap",
        gap,
        "--max-age",
        max_age,
        "--as-of",
        "2026-11-20",
        *more,
    ]


def rules(here, **values):
    """A rule file of an administrator that changes some values of ours."""
    text = (DATA / "rules" / "certificate" / "registry.toml").read_text(encoding="utf-8")
    for name, value in values.items():
        text, count = re.subn(rf"(?m)^{name} = {{ value = [^,]+", f"{name} = {{ value = {value}", text)
        assert count == 1
    path = here / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path
