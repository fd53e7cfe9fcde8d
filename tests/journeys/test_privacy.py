"""Whole runs, faulty, killed and resumed ones: every output, log and database file is searched for planted people."""

import base64
import io
import json
import random
import signal
import sys
import urllib.parse
import zipfile

import pytest

from certcheck.registry.replica.faults import FAULTS, parse_faults
from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.journeys.check_support import (
    asking,
    check,
    outcomes,
    people,
    person,
    program,
    roster,
    row,
    write_csv,
)  # fmt: skip
from tests.journeys.test_check_kill import DIES

NAMES_MAY_STAND_IN = {"report.html", "outcomes.jsonl", "problems.xlsx", "deadlines.ics"}
FULL = "-核验结果.xlsx"  # the list handed back
COUNT = 5


def forms(text):
    """A text in every form in which a file may hold it, as bytes."""
    yield from (text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))
    yield json.dumps(text)[1:-1].encode()
    quoted = urllib.parse.quote(text)
    yield from (quoted.encode(), quoted.lower().encode(), urllib.parse.quote(quoted).encode())
    plain = text.encode()
    for shift in range(3):  # base64 looks different at each place within three bytes
        encoded = base64.b64encode(b"\0" * shift + plain)
        yield encoded[4 if shift else 0 : -4]
    yield plain.hex().encode()


def contents(path):
    """What a file holds: itself, and what is packed in it."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def found_in(data, *texts):
    return [text for text in texts if any(form in data for form in forms(text))]


def search(folder, own=()):
    """Where somebody stands who should not: (file, text). ``own`` are the user's own files."""
    names, numbers = zip(*(person(nth) for nth in range(COUNT)), strict=True)
    told = []
    for path in folder.rglob("*"):
        told += [(path.name, text) for text in found_in(str(path.name).encode(), *names, *numbers)]
        if path.is_dir() or path.name in own or path.name.endswith(FULL):
            continue
        secret = numbers if path.name in NAMES_MAY_STAND_IN else (*names, *numbers)
        for data in contents(path):
            told += [(path.name, text) for text in found_in(data, *secret)]
    return told


def planted(here):
    """A list in a folder that is called after somebody; gives the folder that the list is in."""
    folder = here / "lists"
    inner = folder / "".join(person(0))
    inner.mkdir(parents=True)
    return roster(inner, COUNT)


@pytest.fixture
def clean(here, capfd):
    """Search everything under ``here`` but the lists, and what was said, at the end of a test."""
    yield
    out, err = capfd.readouterr()
    names, numbers = zip(*(person(nth) for nth in range(COUNT)), strict=True)
    assert found_in((out + err).encode(), *names, *numbers) == []
    for folder in here.iterdir():
        if folder.is_dir() and folder.name != "lists":
            assert search(folder) == []


def test_the_search_finds(tmp_path):
    """A search that finds nothing must be one that could: each form, also within a packed file."""
    name, number = person(1)
    for nth, form in enumerate(forms(f"——{number}——")):
        (tmp_path / f"{nth}.bin").write_bytes(b"\x01" + form + b"\x02")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x", name * 5)
    (tmp_path / f"{number}.txt").write_bytes(b"")
    assert {file for file, _ in search(tmp_path)} == {path.name for path in tmp_path.iterdir()}


def test_whole_runs(here, clean):
    """Found and not found, nobody there, used again, asked anew, resumed; the database open or closed."""
    listed = planted(here)
    (here / "logs").mkdir()
    with Replica(people(0, 1, 2), audit=here / "logs" / "audit.jsonl") as site:
        assert check(listed, "--out", "whole", *asking(here, site)) == 1
        assert check(listed, "--out", "again", *asking(here, site, max_age=7)) == 1
        nobody = ["--captcha", f'askpass:{sys.executable} -c "raise SystemExit(1)"']
        assert check(listed, "--out", "nobody", *asking(here, site), *nobody) == 3
        assert check("--resume", "nobody", "--captcha", asking(here, site)[3]) == 1
        assert run(["key", "rotate", "--yes"]) == 0
        assert check("--resume", "whole") == 1
    assert outcomes(here / "whole")[0]["registry"]["answer"] == "found"


@pytest.mark.parametrize("seed", range(3))
def test_faulty_runs(here, clean, seed):
    """Whatever the site answers, whoever it names."""
    listed = planted(here)
    dice = random.Random(seed)  # noqa: S311 - no secret
    kinds = sorted(set(FAULTS) - {"timeout", "slow"})
    spec = ",".join(
        f"{kind}@{nth}" for nth in range(1, 40) for kind in dice.sample(kinds, dice.choice([0, 1, 2]))
    )
    with Replica(people(*range(COUNT)), faults=parse_faults(spec)) as site:
        code = check(listed, "--out", "o", *asking(here, site))
        for _ in range(10):
            if code != 3:
                break
            code = check("--resume", "latest")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_killed_runs(here, clean):
    """The files as a kill leaves them, the log of the database full."""
    listed = planted(here)
    with Replica(people(0, 1, 2)) as site:
        start = ["check", listed, "--out", here / "o", *asking(here, site)]
        for _ in range(3):
            process = program(here / "home", "after journal write", 2, *start, code=DIES)
            said = b"".join(process.communicate(timeout=60))
            assert process.returncode == -signal.SIGKILL
            assert (here / "home" / "zhengkao.sqlite-wal").stat().st_size > 0
            assert found_in(said, *person(0), *person(1)) == []
            assert search(here / "home") == []
            start = ["check", "--resume", "latest"]
        assert check("--resume", "latest") == 1


def test_what_nobody_foresaw(here, clean, monkeypatch):
    listed = planted(here)

    def fails(*_, **__):
        raise RuntimeError(*person(0)) from ValueError(*person(1))

    monkeypatch.setattr("commands.checking.verify", fails)
    assert check(listed, "--out", "o") == 4
    assert (here / "home" / "last-error.txt").exists()


def test_numbers_anywhere_in_the_list(here, clean):
    """In every column; what quotes a cell is masked."""
    name, number = person(0)
    rows = [
        row(name, number),
        row(person(1)[0], person(1)[1], 岗位=f"电工{number}", 准操项目=f"低压 {number}", 证书编号=number, 有效期至=number),
    ]  # fmt: skip
    (here / "lists").mkdir()
    with Replica(people(0, 1)) as site:
        assert check(write_csv(here / "lists" / "名单.csv", rows), "--out", "o", *asking(here, site)) in (
            1,
            3,
        )


def test_shown_only_where_it_is_asked_for(here, capfd):
    """``--show-id``: whole numbers in the reports; still none on the terminal, in the database, or in file names."""
    listed = planted(here)
    numbers = [person(nth)[1] for nth in range(COUNT)]
    with Replica(people(0, 1, 2)) as site:
        check(listed, "--out", "o", *asking(here, site), "--show-id")
    for file in ("report.html", "outcomes.jsonl"):
        assert found_in((here / "o" / file).read_bytes(), *numbers) == numbers
    assert found_in("".join(capfd.readouterr()).encode(), *numbers) == []
    assert search(here / "home") == []
    assert {file for file, _ in search(here / "o")} <= {"report.html", "outcomes.jsonl", "problems.xlsx"}


def test_purged(here, clean):
    """Forgotten for good, and the program goes on."""
    listed = planted(here)
    with Replica(people(0, 1, 2)) as site:
        check(listed, "--out", "o", *asking(here, site))
        asked = site.queries
        assert run(["purge", "--run", "o"]) == 2  # nobody is there to agree
        assert check("--resume", "o") == 1
        assert run(["purge", "--run", "o", "--yes"]) == 0
        assert check("--resume", "o") == 2
        assert site.queries == asked
        assert check(listed, "--out", "p", *asking(here, site, max_age=7)) == 1
        assert site.queries == 2 * asked
