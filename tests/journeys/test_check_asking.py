"""The whole program against the replica: answers, stops, resumption, manners."""

import random
import sys

import pytest

from certcheck.registry.replica.faults import FAULTS, parse_faults
from certcheck.registry.replica.server import Replica
from tests.journeys.check_support import (
    asking,
    askpass,
    check,
    outcomes,
    people,
    person,
    queries,
    roster,
    row,
    summary,
    write_csv,
)  # fmt: skip


def answers(folder):
    return [one["registry"]["answer"] for one in outcomes(folder)]


def test_found_not_found_and_exit_codes(here, capsys):
    """Who is on record is valid, who is not is to be checked; numbers never show on the terminal."""
    with Replica(people(0, 1), audit=here / "audit.jsonl") as replica:
        assert check(roster(here, 2), "--out", "good", *asking(here, replica)) == 0
        assert check(roster(here, 3), "--out", "bad", *asking(here, replica)) == 1
    assert [one["verdict"] for one in outcomes(here / "good")] == ["valid", "valid"]
    assert answers(here / "bad") == ["found", "found", "not_found"]
    assert [f["code"] for f in outcomes(here / "bad")[2]["findings"]] == ["REG-NOT-FOUND"]
    assert len(queries(here / "audit.jsonl")) == 2 + 4
    out, err = capsys.readouterr()
    assert out.startswith("核验编号：")
    assert "这不是国家平台，结果不能作为依据；下文写作“国家平台”的，都是指它。" in out
    told = out + err + (here / "audit.jsonl").read_text()
    assert not any(part in told for nth in range(3) for part in person(nth))


def test_same_person_is_asked_once(here):
    """Two rows and two items of one person are one question."""
    rows = [row(*person(0)), row(*person(0), 准操项目="高压电工作业"), row(*person(1))]
    with Replica(people(0, 1), audit=here / "audit.jsonl") as replica:
        assert check(write_csv(here / "a.csv", rows), "--out", "o", *asking(here, replica)) == 1
    assert len(queries(here / "audit.jsonl")) == 2
    assert [f["code"] for f in outcomes(here / "o")[1]["findings"]] == ["REG-ITEM"]


def test_gap_and_never_two_at_once(here):
    """The replica's own log shows the gap, also between an ended run and the next."""
    with Replica(people(0, 1, 2), audit=here / "audit.jsonl") as replica:
        for count in (2, 3):
            check(roster(here, count), "--out", "o", *asking(here, replica, gap=0.6))
    log = queries(here / "audit.jsonl")
    assert len(log) == 5
    assert all(line["gap"] >= 0.6 for line in log[1:])
    assert {line["concurrent"] for line in log} == {1}


def test_nobody_here(here, capsys):
    """A program that says nobody is there, or no terminal: exit 3, kept, and how to go on."""
    with Replica(people(0, 1)) as replica:
        nobody = ["--registry", replica.url, "--gap", 0, "--captcha"]
        assert (
            check(
                roster(here, 2), "--out", "o", *nobody, f'askpass:{sys.executable} -c "raise SystemExit(1)"'
            )
            == 3
        )
        assert answers(here / "o") == ["not_asked", "not_asked"]
        assert summary(here / "o")["verdicts"]["unverified"] == 2
        name = (here / "o" / "run.txt").read_text().strip()
        assert f"zhengkao check --resume {name}" in capsys.readouterr().out
        assert "已暂停" in (here / "o" / "report.html").read_text(encoding="utf-8")
        assert check(roster(here, 2), "--out", "p", *nobody, "ask") == 3
        assert check("--resume", "o", "--captcha", askpass(here)) == 0
        assert replica.queries == 2


def test_refusals_stop(here):
    """Five in a row; the rows after it are not asked, and answers before it are kept."""
    spec = ",".join(f"frequent@{nth}" for nth in range(2, 20))
    with Replica(people(*range(5)), faults=parse_faults(spec)) as replica:
        assert check(roster(here, 5), "--out", "o", *asking(here, replica)) == 3
        assert replica.queries == 6
    assert answers(here / "o") == ["found", "no_answer", "no_answer", "not_asked", "not_asked"]


def test_wrong_captchas_cost_a_picture_each(here):
    with Replica(
        people(0), faults=parse_faults("wrong-captcha@1,wrong-captcha@2"), audit=here / "a.jsonl"
    ) as replica:
        assert check(roster(here, 1), "--out", "o", *asking(here, replica)) == 0
    assert len(queries(here / "a.jsonl")) == 3


@pytest.mark.parametrize("seed", range(4))
def test_random_faults(here, seed, capsys):
    """Whatever goes wrong in whatever order: nobody on record is ever called not found."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    kinds = sorted(set(FAULTS) - {"timeout", "slow"})
    spec = ",".join(
        f"{kind}@{nth}" for nth in range(1, 60) for kind in dice.sample(kinds, dice.choice([0, 1, 1, 2]))
    )
    with Replica(people(*range(6)), faults=parse_faults(spec), audit=here / "a.jsonl") as replica:
        code = check(roster(here, 8), "--out", "o", *asking(here, replica))
        for _ in range(12):
            if code != 3:
                break
            code = check("--resume", "latest")
    assert code in (1, 3)
    found = answers(here / "o")
    assert "not_found" not in found[:6]
    for nth, one in enumerate(outcomes(here / "o")):
        assert {r["id_number"][-4:] for r in one["registry"]["records"]} <= {person(nth)[1][-4:]}
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert not list((here / "home").glob("last-error*"))


def test_other_name(here):
    """The same number under another name is told as that."""
    with Replica(people(0), faults=parse_faults("other-name")) as replica:
        assert check(roster(here, 1), "--out", "o", *asking(here, replica)) == 1
    (one,) = outcomes(here / "o")
    assert [f["code"] for f in one["findings"]] == ["REG-NAME"]
    assert one["findings"][0]["expected"] == "仿真异名"


def test_older_answers_are_used_again(here):
    """Shown with their own date; 0 asks anew; a resumed run keeps what it used."""
    with Replica(people(0, 1), audit=here / "a.jsonl") as replica:
        check(roster(here, 2), "--out", "one", *asking(here, replica))
        assert check(roster(here, 2), "--out", "two", *asking(here, replica, max_age=7)) == 0
        assert replica.queries == 2
        assert check(roster(here, 2), "--out", "three", *asking(here, replica, max_age=0)) == 0
        assert replica.queries == 4
        before = (here / "two" / "outcomes.jsonl").read_bytes()
        assert check("--resume", "two") == 0
        assert replica.queries == 4
    assert (here / "two" / "outcomes.jsonl").read_bytes() == before
    one, two, three = (outcomes(here / name)[0]["registry"]["asked_at"] for name in ("one", "two", "three"))
    assert one == two != three


def test_finished_run_writes_the_same_bytes(here):
    with Replica(people(0, 1), audit=here / "a.jsonl") as replica:
        check(roster(here, 3), "--out", "o", *asking(here, replica))
        count = replica.queries
        before = {path.name: path.read_bytes() for path in (here / "o").iterdir()}
        name = (here / "o" / "run.txt").read_text().strip()
        for which in ("latest", name, here / "o"):
            assert check("--resume", which) == 1
        assert replica.queries == count
    assert {path.name: path.read_bytes() for path in (here / "o").iterdir()} == before


def test_resume_without_asking_keeps_what_was_answered(here):
    """--resume with --registry none asks no more; the answers of the run still count, and it is not complete."""
    with Replica(people(0, 1, 2), faults=parse_faults("forbidden:2"), audit=here / "a.jsonl") as replica:
        check(roster(here, 3), "--out", "o", *asking(here, replica))
    before = answers(here / "o")
    assert "found" in before
    asked = len(queries(here / "a.jsonl"))
    code = check("--resume", here / "o", "--registry", "none")
    assert len(queries(here / "a.jsonl")) == asked
    assert [one for one in answers(here / "o") if one == "found"] == [one for one in before if one == "found"]
    assert code == (0 if before == ["found"] * 3 else 3)
    page = (here / "o" / "report.html").read_text(encoding="utf-8")
    assert "没有向国家平台查询任何人" not in page


def test_who_cannot_be_asked_is_told(here):
    """A passport has no known code at the site: nothing is asked, the row says why, and the run is complete."""
    rows = [row(*person(0)), row("仿真外", "E12345678")]
    with Replica(people(0), audit=here / "a.jsonl") as replica:
        assert check(write_csv(here / "a.csv", rows), "--out", "o", *asking(here, replica)) == 0
    assert len(queries(here / "a.jsonl")) == 1
    told = outcomes(here / "o")[1]
    assert told["registry"]["answer"] == "not_asked"
    assert [(f["code"], f["severity"]) for f in told["findings"]][-1] == ("REG-NOT-ASKED", "note")
