"""Folders for what is written on the way: a dead process's are removed, a living one's never, and nobody else's."""

import signal
import subprocess
import sys

import pytest

from common import locks, scratch
from common.errors import InputError
from common.scratch import remove_dead

USING = """
import sys
from pathlib import Path
from common.scratch import scratch
with scratch(Path(sys.argv[1]), sys.argv[2]) as folder:
    (folder / "batch").mkdir()
    (folder / "batch" / "trainees.csv").write_text("甲", encoding="utf-8")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def using(tmp_path):
    """Start a process that has a scratch folder and writes into it; gives it with the folder."""
    begun = []

    def start(name=""):
        command = [sys.executable, "-X", "utf8", "-c", USING, str(tmp_path), name]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        begun.append(process)
        return process, tmp_path / process.stdout.readline().strip()

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def hidden(folder):
    return sorted(one.name for one in folder.iterdir() if one.name.startswith(".zhengkao-"))


def test_a_scratch_folder_is_empty_private_and_gone_afterwards(tmp_path):
    for name in ("", "变更1"):
        with scratch.scratch(tmp_path, name) as folder:
            assert folder.parent == tmp_path
            assert [one.name for one in folder.iterdir()] == [".held"]
            assert folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
            (folder / "a" / "b").mkdir(parents=True)
            (folder / "c").write_bytes(b"")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "变更1"])
def test_what_a_killed_process_left_is_removed(tmp_path, using, name):
    process, folder = using(name)
    remove_dead(tmp_path)
    assert (folder / "batch" / "trainees.csv").exists(), "it lives"
    process.kill()
    process.wait()
    assert hidden(tmp_path) == [folder.name]
    remove_dead(tmp_path)
    assert hidden(tmp_path) == []


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="kill -STOP")
def test_a_process_that_is_stopped_lives(tmp_path, using):
    process, folder = using("变更1")
    process.send_signal(signal.SIGSTOP)
    remove_dead(tmp_path)
    assert hidden(tmp_path) == [folder.name]
    process.send_signal(signal.SIGCONT)
    process.communicate("")
    assert process.returncode == 0
    assert hidden(tmp_path) == []


def test_a_name_takes_the_place_of_what_was_left_of_it_and_of_no_living_one(tmp_path, using, monkeypatch):
    """Facts of a change that was killed lie there in private: the next one for the same folder removes them."""
    monkeypatch.setattr(scratch, "_TRIES", 3)
    process, folder = using("变更1")
    with pytest.raises(InputError, match="正由另一个程序使用"), scratch.scratch(tmp_path, "变更1"):
        pass
    assert (folder / "batch" / "trainees.csv").exists()
    process.kill()
    process.wait()
    with scratch.scratch(tmp_path, "变更1") as again:
        assert again == folder
        assert [one.name for one in again.iterdir()] == [".held"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_such_a_name_that_is_nobodys_scratch_stays(tmp_path):
    """Somebody keeps database and keys in ~/.zhengkao-home and writes a change to ~/home."""
    home = tmp_path / ".zhengkao-home"
    home.mkdir()
    (home / "key").write_bytes(b"k")
    remove_dead(tmp_path)
    with pytest.raises(InputError, match="不是本程序留下的"), scratch.scratch(tmp_path, "home"):
        pass
    assert (home / "key").read_bytes() == b"k"
    (tmp_path / ".zhengkao-file").write_bytes(b"")
    remove_dead(tmp_path)
    with pytest.raises(InputError, match="不是本程序留下的"), scratch.scratch(tmp_path, "file"):
        pass
    remove_dead(tmp_path / "nowhere")
    assert hidden(tmp_path) == [".zhengkao-file", ".zhengkao-home"]


def test_killed_before_the_mark_was_there(tmp_path):
    (tmp_path / ".zhengkao-变更1").mkdir()
    remove_dead(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_link_leads_nowhere(tmp_path):
    """Neither a link of such a name nor one inside a folder that was left is followed."""
    own = tmp_path / "own"
    own.mkdir()
    for name in (".held", "kept.txt"):
        (own / name).write_bytes(b"")
    (tmp_path / ".zhengkao-link").symlink_to(own)
    left = tmp_path / ".zhengkao-left"
    left.mkdir()
    (left / ".held").touch()
    (left / "own").symlink_to(own)
    remove_dead(tmp_path)
    assert hidden(tmp_path) == [".zhengkao-link"]
    assert (own / "kept.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="flock")
def test_where_files_cannot_be_held_nobody_knows_who_lives(tmp_path, monkeypatch):
    """Such a system loses nothing of others; what bears the own name is taken, or no run would come to its end."""
    import fcntl

    def refuse(*_):
        raise OSError(locks.errno.ENOLCK, "no locks")

    left = tmp_path / ".zhengkao-变更1"
    left.mkdir()
    (left / ".held").touch()
    (left / "x").touch()
    monkeypatch.setattr(fcntl, "flock", refuse)
    remove_dead(tmp_path)
    assert (left / "x").exists()
    with scratch.scratch(tmp_path, "变更1") as again:
        assert not (again / "x").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_another_user_is_nobodys_to_remove(tmp_path, monkeypatch):
    """In a place for everybody somebody may have set it up as a trap."""
    left = tmp_path / ".zhengkao-left"
    left.mkdir()
    monkeypatch.setattr(scratch, "_own", lambda path: False)
    remove_dead(tmp_path)
    assert left.exists()
    monkeypatch.undo()
    remove_dead(tmp_path)
    assert not left.exists()
