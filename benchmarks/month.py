"""A month of a large city, from files to printed papers: ``python -m benchmarks.month [TRAINEES STAFF SITES]``.

Plans, draws seats and duties, writes all papers, checks and verifies, as a user would, each in a process of
its own; prints seconds, the share of each, and what comes out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batches import write_batch

ROOT = Path(__file__).parent.parent
SEED = "5a" * 32
_PROMISE = 300


def main() -> None:
    people, staff, sites = map(int, sys.argv[1:4] or ("20000", "300", "30"))
    with tempfile.TemporaryDirectory() as folder:
        batch = write_batch(Path(folder) / "batch", people, staff, sites)
        out = Path(folder) / "out"
        seconds = {
            "plan": timed("exam", "plan", batch, "--out", out),
            "draw": timed("exam", "draw", out, "--seed", SEED, "--no-papers"),
            "papers": timed("exam", "papers", out),
        }
        whole = sum(seconds.values())
        seconds |= {"check": timed("exam", "check", batch, out), "verify": timed("exam", "verify", out)}
        written = sum(1 for file in (out / "papers").rglob("*") if file.is_file())
        vacant = len((out / "vacancies.csv").read_bytes().splitlines()) - 1
    for stage, taken in seconds.items():
        print(f"{stage:<8}{taken:>8.1f} s{taken / whole:>8.0%}")
    print(
        f"from files to papers: {whole:.0f} s ({_PROMISE} promised); {written} files; {vacant} duties without anybody"
    )


def timed(*arguments: object) -> float:
    """Run the program; gives the seconds it took. Incomplete (3) is no failure."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode not in (0, 3):
        sys.exit(done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")[-2000:])
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
