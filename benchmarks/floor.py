"""A whole batch from files to files against the floor: reading the same rows and writing as many with polars.

``python -m benchmarks.floor [TRAINEES]`` makes a batch and one of a tenth, runs the floor, ``exam plan``,
``exam run`` and ``exam check`` as processes of their own, and prints each ratio beside the wished one.
The wishes are for a million trainees, on any machine; a smaller batch says how things stand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.batches import write_batch

ROOT = Path(__file__).resolve().parent.parent
SEED = "5a" * 32
_INCOMPLETE = 3  # some have no place: the batch is planned and drawn all the same


@dataclass(frozen=True)
class Ran:
    """What a process took: seconds of the clock and of the processors, bytes at its peak (None: not told)."""

    seconds: float
    busy: float | None
    peak: int | None
    printed: str = ""


@dataclass(frozen=True)
class Whole:
    """Everything that was measured on one batch."""

    floor: Ran
    plan: Ran
    run: Ran
    check: Ran
    drawing: float

    @property
    def seconds(self) -> float:
        """Give the time from files to files: plan, draw, files and check."""
        return self.run.seconds + self.check.seconds

    @property
    def busy(self) -> float:
        """Give the processors' seconds of the same, or the clock's where the system does not tell them."""
        told = self.run.busy, self.check.busy
        return sum(one for one in told if one is not None) if None not in told else self.seconds


def main() -> None:
    trainees = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if find_spec("polars") is None:
        print("polars is not installed (pip install -e '.[bench]'): there is no floor to measure against")
        return
    with tempfile.TemporaryDirectory() as name:
        small = measured(Path(name) / "small", trainees // 10)
        large = measured(Path(name) / "large", trainees)
    report(trainees, small, large)


def measured(folder: Path, trainees: int) -> Whole:
    """Make a batch and run everything on it."""
    batch = write_batch(folder / "batch", trainees)
    program = [sys.executable, ROOT / "cli.py", "exam"]
    copying = [sys.executable, "-m", "benchmarks.rivals.copying", batch]
    floor = [ran([*copying, folder / f"copy{number}"], folder) for number in range(3)]
    plan = ran([*program, "plan", batch, "--out", folder / "plan"], folder)
    helped = subprocess.run(
        [str(word) for word in [*program, "run", "--help"]], check=True, capture_output=True
    )
    without = ["--no-papers"] if b"--no-papers" in helped.stdout else []
    run = ran([*program, "run", batch, "--out", folder / "run", "--seed", SEED, *without], folder)
    check = ran([*program, "check", batch, folder / "run"], folder)
    drawing = ran([sys.executable, "-m", "benchmarks.rivals.drawing", folder / "run"], folder)
    middle = sorted(floor, key=lambda one: one.seconds)[1]
    return Whole(middle, plan, run, check, float(drawing.printed))


def ran(command: Sequence[object], home: Path) -> Ran:
    """Run a command to its end; gives what it took.

    The peak is that of this child alone (wait4): RUSAGE_CHILDREN would give the greatest of all so far.
    """
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=out,
            cwd=ROOT,
            env=os.environ | {"ZHENGKAO_HOME": str(home)},
        )
        busy = peak = None
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            busy = usage.ru_utime + usage.ru_stime
            peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        code = process.wait()
        took = time.perf_counter() - begun
        if code not in (0, _INCOMPLETE):
            sys.exit(f"exit code {code}: {' '.join(map(str, command))}")
        out.seek(0)
        return Ran(took, busy, peak, out.read().decode("utf-8", "replace"))


def report(trainees: int, small: Whole, large: Whole) -> None:
    """Print all ratios, and beside each the one that was wished for a million."""
    floor = large.floor.seconds
    print(
        f"{trainees} trainees, from files to files; the wishes are for 1000000: a smaller batch proves none"
    )
    print(f"floor: {floor:.2f} s to read all rows and write as many with polars, {_use(large.floor)}")
    for name, one in (("exam plan", large.plan), ("exam run", large.run), ("exam check", large.check)):
        print(f"{name}: {one.seconds:.1f} s, {_use(one)}")
    _judge("plan / floor", large.plan.seconds / floor, 10)
    _judge("run and check / floor", large.seconds / floor, 25)
    peaks = [one.peak for one in (large.plan, large.run, large.check) if one.peak is not None]
    if peaks:
        _judge("greatest peak memory in GB", max(peaks) / 1e9, 1.5)
    _judge("the draw's share of the whole in %, of the processors", 100 * large.drawing / large.busy, 5)
    _judge(f"growth from {trainees // 10} trainees, {large.busy:.1f} s / {small.busy:.1f} s of the processors",
           large.busy / small.busy, 12)  # fmt: skip


def _use(one: Ran) -> str:
    if one.peak is None or one.busy is None:
        return "processor time and memory are not told by this system"
    return f"{one.busy:.1f} s of the processors, {one.peak / 1e6:.0f} MB"


def _judge(what: str, value: float, wished: float) -> None:
    met = "met" if value <= wished else "NOT met"
    print(f"  {what}: {value:.1f}, wished at most {wished:g}: {met}")


if __name__ == "__main__":
    main()
