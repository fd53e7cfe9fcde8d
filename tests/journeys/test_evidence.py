"""The evidence of whole runs: written, verified by both programs, opened, the same after a resume."""

import json
import subprocess
import sys
import zipfile

import pytest

from certcheck.evidence import archive
from certcheck.evidence.keys import SIGNING, EvidenceKeys
from certcheck.registry.replica.faults import parse_faults
from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.certcheck.evidence.evidence_support import signed_anew
from tests.journeys.check_support import ROOT, asking, check, outcomes, people, person, roster

SINGLE_FILE = ROOT / "docs" / "verify_evidence.py"


def evidence(*arguments):
    return run(["evidence", *map(str, arguments)])


def public_key(capsys):
    capsys.readouterr()
    assert evidence("key") == 0
    return capsys.readouterr().out.strip()


def alone(*arguments):
    """The single-file verifier, with the standard library only."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SINGLE_FILE, *arguments], capture_output=True, check=False
    )
    assert done.stderr == b""
    return done.returncode


@pytest.fixture
def asked(here):
    """Two people on record, one not; the first query of the second refused."""
    with Replica(people(0, 1), faults=parse_faults("frequent@2")) as replica:
        assert check(roster(here, 3), "--out", "o", *asking(here, replica)) == 1
    return here / "o" / "evidence.zip"


def test_every_outcome_names_its_entry(here, asked):
    entries = [one["registry"]["evidence"] for one in outcomes(here / "o")]
    with zipfile.ZipFile(asked) as file:
        about = [json.loads(file.read(name)) for name in entries]
    assert [one["state"] for one in about] == ["found", "found", "nothing_found"]
    assert [one["asked_at"] for one in about] == [one["registry"]["asked_at"] for one in outcomes(here / "o")]
    assert entries == ["exchanges/0001.json", "exchanges/0003.json", "exchanges/0005.json"]


def test_opened_it_shows_who_was_asked(here, asked, capsys):
    assert evidence("open", asked, "--out", "opened") == 0
    out, err = capsys.readouterr()
    assert not any(part in out + err for nth in range(3) for part in person(nth))
    for nth, entry in enumerate(("0001", "0003", "0005")):
        told = json.loads((here / "opened" / entry / "question.json").read_text(encoding="utf-8"))
        assert (told["question"]["name"], told["question"]["id_number"]) == person(nth)
        assert person(nth)[0] in (here / "opened" / entry / "page.html").read_text(encoding="utf-8")
    assert json.loads((here / "opened" / "0001" / "answer.bin").read_bytes())["code"] == 200
    assert evidence("open", asked, "--out", "opened") == 2  # never over what is there


def test_both_programs_verify(here, asked, capsys):
    key = public_key(capsys)
    (here / "key.txt").write_text(key, encoding="utf-8")
    assert evidence("verify", asked) == evidence("verify", asked, "--key", "key.txt") == 0
    assert alone(asked) == alone(asked, key) == alone(asked, "key.txt") == 0
    other = "0" * 64
    assert evidence("verify", asked, "--key", other) == alone(asked, other) == 1
    data = bytearray(asked.read_bytes())
    for place in (0, len(data) // 2, len(data) - 1):
        changed = here / "changed.zip"
        changed.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert evidence("verify", changed) == alone(changed, key) == 1
        assert evidence("open", changed, "--out", "none") == 1
    for nothing in (here / "key.txt", here / "missing.zip", here):
        assert evidence("verify", nothing) == alone(nothing, key) == 2
    capsys.readouterr()
    assert evidence("verify", here / "missing.zip", "--json") == 2
    assert json.loads(capsys.readouterr().out)["result"] == "unreadable"
    assert evidence("verify", asked, "--key", "none.txt") == alone(asked, "none.txt") == 2


def test_it_says_whose_key_it_used(here, asked, capsys, monkeypatch):
    key = public_key(capsys)

    def told(*more):
        capsys.readouterr()
        assert evidence("verify", asked, "--json", *more) == 0
        return json.loads(capsys.readouterr().out)

    answer = told()
    assert (answer["result"], answer["trust"], answer["key"], answer["exchanges"]) == ("good", "own", key, 5)
    assert told("--key", key)["trust"] == "pinned"
    (here / "elsewhere").mkdir()
    monkeypatch.setenv("ZHENGKAO_HOME", str(here / "elsewhere"))
    assert told()["trust"] == "bundle"
    assert evidence("verify", asked) == 0
    assert "不能说明是谁签的" in capsys.readouterr().out
    assert list((here / "elsewhere").iterdir()) == []  # to verify makes no keys
    assert evidence("open", asked, "--out", "none") == 2
    evidence("key")
    assert evidence("open", asked, "--out", "none") == 2
    assert "不是为本机的密钥加密的" in capsys.readouterr().err


def test_to_verify_needs_no_folder_and_no_keys_of_its_own(here, asked, monkeypatch):
    (here / "home" / SIGNING).write_bytes(b"damaged")
    assert evidence("verify", asked) == 0
    monkeypatch.setenv("ZHENGKAO_HOME", str(asked / "no" / "folder"))
    assert evidence("verify", asked) == 0


def test_resumed_with_nothing_to_ask_it_is_the_same_file(here, asked):
    before = asked.read_bytes()
    asked.unlink()
    assert check("--resume", "o") == 1
    assert asked.read_bytes() == before
    assert check("--resume", "o", "--registry", "none") == 1
    assert asked.read_bytes() == before


def test_an_answer_used_again_is_marked(here):
    with Replica(people(0, 1)) as replica:
        check(roster(here, 2), "--out", "o", *asking(here, replica))
        check(roster(here, 2), "--out", "p", *asking(here, replica, max_age=7))
    first, again = (outcomes(here / name) for name in "op")
    for old, new in zip(first, again, strict=True):
        with zipfile.ZipFile(here / "p" / "evidence.zip") as file:
            about = json.loads(file.read(new["registry"]["evidence"]))
        assert about["reused"]
        assert about["asked_at"] == old["registry"]["asked_at"] == new["registry"]["asked_at"]


def test_nobody_asked_no_bundle(here):
    assert check(roster(here, 1), "--out", "o") == 0
    assert not (here / "o" / "evidence.zip").exists()
    assert not (here / "home" / SIGNING).exists()


def test_evidence_is_never_written_over_by_another_run(here):
    """Another run into the same folder, asking or not, keeps the bundle of the one before under that run's name."""
    kept = {}
    with Replica(people(0)) as replica:
        for _ in range(2):
            check(roster(here, 1), "--out", "o", *asking(here, replica))
            name = (here / "o" / "run.txt").read_text(encoding="utf-8").strip()
            kept[name] = (here / "o" / "evidence.zip").read_bytes()
    check(roster(here, 1), "--out", "o")
    assert not (here / "o" / "evidence.zip").exists()
    for name, content in kept.items():
        assert (here / "o" / f"evidence-{name}.zip").read_bytes() == content


def test_signed_anew_it_is_found_on_the_machine_that_sealed_it(here, asked, capsys):
    """Sealed with this machine's key and signed with another's: found without --key, unless --key says it is right."""
    entries = archive.read(asked.read_bytes())
    with zipfile.ZipFile(asked) as file:
        run_name = json.loads(file.read("manifest.json"))["run"]["name"]
    assert run_name == (here / "o" / "run.txt").read_text(encoding="utf-8").strip()
    forger = EvidenceKeys(b"f" * 32, b"g" * 32)
    (here / "forged.zip").write_bytes(signed_anew(entries, forger, run_name=run_name))
    assert evidence("verify", "forged.zip") == 1
    assert "另签" in capsys.readouterr().out
    assert evidence("open", "forged.zip", "--out", "opened") == 0  # the seals are ours; but it is told
    assert "另签" in capsys.readouterr().err
    assert evidence("verify", "forged.zip", "--key", forger.public.hex()) == 0


def test_a_damaged_key_is_told_before_anybody_is_asked(here, capsys):
    (here / "home" / SIGNING).write_bytes(b"damaged")
    with Replica(people(0)) as replica:
        assert check(roster(here, 1), "--out", "o", *asking(here, replica)) == 4
        assert replica.queries == 0
    assert "不是 32 字节" in capsys.readouterr().err
