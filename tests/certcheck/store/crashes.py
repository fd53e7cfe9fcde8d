"""Kill -9 at every write point of an operation, each time in a copy of the same folder.

A write point is a statement of SQL that is no mere question, a commit, or a call by which a file comes or goes:
between two of them other programs see the same (what was written and not flushed outlives a kill). The
copies are left as the kill left them, for a test to look at.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 of a fork")

_SCRIPT = """
import importlib, os, pathlib, shutil, signal, sys
import sqlalchemy as sa
from sqlalchemy import event
base, target, module, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3].split(":")
operation = getattr(importlib.import_module(module), name)
left = [0]
def point(*_, **__):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def statement(connection, cursor, text, *_):
    if text.split(None, 1)[0].upper() != "SELECT":
        point()
def watched(call):
    def watching(*arguments, **named):
        point()
        return call(*arguments, **named)
    return watching
event.listen(sa.Engine, "before_cursor_execute", statement)
event.listen(sa.Engine, "commit", point)
for call in ("link", "unlink", "mkdir", "replace"):
    setattr(os, call, watched(getattr(os, call)))
nth = 0
while True:
    nth += 1
    folder = target / str(nth)
    shutil.copytree(base, folder)
    child = os.fork()
    if not child:
        left[0] = nth
        try:
            operation(folder)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != -signal.SIGKILL:
        sys.exit(status)
"""


def killed_everywhere(base, target, operation):
    """Give the folders in which ``operation`` was killed, one a write point, and last one in which it was not.

    It is named ``module:function``; one of ``operations`` by its function alone.
    """
    if ":" not in operation:
        operation = f"tests.certcheck.store.operations:{operation}"
    target.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(base), str(target), operation],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return sorted(target.iterdir(), key=lambda path: int(path.name))
