"""A batch is read while what plans it is loaded: both take about a second of a long list."""

import subprocess
import sys

from common.resources import DATA

ROOT = DATA.parent
READING = """
import sys, time
from pathlib import Path
import scheduler.pipeline

assert "ortools" not in sys.modules, "loaded before anything is read"
read = scheduler.pipeline.read_batch

def slowly(*arguments):
    end = time.monotonic() + 60
    while "ortools" not in sys.modules:
        assert time.monotonic() < end, "not loaded while the batch is read"
        time.sleep(0.01)
    return read(*arguments)

scheduler.pipeline.read_batch = slowly
stages = []
made = scheduler.pipeline.make_plan(Path(sys.argv[1]), "0", stage=stages.append)
assert made.content["trainees"] == 800
assert stages == ["读入批次", "计算每人的机会", "试算补救办法"], stages
"""


def test_the_solver_is_loaded_while_a_batch_is_read():
    command = [sys.executable, "-X", "utf8", "-c", READING, str(DATA / "examples" / "batch")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (told.returncode, told.stderr) == (0, "")
