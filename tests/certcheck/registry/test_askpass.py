import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from certcheck.registry.askpass import AskpassAsker, picture_file


def asker(code, seconds=30):
    return AskpassAsker([sys.executable, "-c", code], seconds)


def test_prints_the_answer():
    """The picture's file is the last argument; blanks around the answer do not count."""
    code = "import sys; print(' ', open(sys.argv[-1], 'rb').read().decode(), ' ')"
    assert asker(code).ask(b"4071") == "4071"


@pytest.mark.parametrize(
    "code", ["raise SystemExit(1)", "print('4071'); raise SystemExit(3)", "", "print(' ')"]
)
def test_nobody_here(code):
    assert asker(code).ask(b"x") is None


def test_late_or_missing_program():
    assert asker("import time; time.sleep(20)", 0.3).ask(b"x") is None
    assert AskpassAsker(["/no/such/program"]).ask(b"x") is None


def test_undecodable_answer_is_an_answer():
    """Whatever was printed goes to the site, which says that it is wrong."""
    assert asker("import sys; sys.stdout.buffer.write(b'\\xff12')").ask(b"x") == "\ufffd12"


def test_its_own_words_reach_the_person(capfd):
    asker("import sys; sys.stderr.write('请看图')").ask(b"x")
    assert capfd.readouterr().err == "请看图"


@pytest.mark.parametrize(
    ("image", "ending"), [(b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"?", ".img")]
)
def test_picture_is_gone_afterwards(image, ending):
    with picture_file(image) as path:
        assert (path.suffix, path.read_bytes()) == (ending, image)
        assert path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert not Path(path).exists()


def test_a_picture_that_a_viewer_holds_open_ends_nothing(monkeypatch):
    """Windows does not let anybody remove it then."""
    true = Path.unlink

    def unlink(path, *, missing_ok=False):
        true(path, missing_ok=missing_ok)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", unlink)
    assert asker("print('4071')").ask(b"x") == "4071"


HOLDING = """
import sys
from certcheck.registry.askpass import picture_file
with picture_file(b"x") as path:
    print(path, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("killed", [True, False])
def test_the_picture_of_a_killed_run_is_removed_by_the_next(tmp_path, monkeypatch, killed):
    """And that of a living one is not."""
    command = [sys.executable, "-c", HOLDING]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        path = Path(process.stdout.readline().strip())
        if killed:
            process.kill()
            process.wait()
        assert path.exists()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with picture_file(b"y"):
            assert path.exists() is not killed
        process.kill()
