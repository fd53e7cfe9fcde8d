"""The draw alone, as a citizen would repeat it: ``python -m benchmarks.rivals.drawing FOLDER``.

Prints its seconds of the processor, those of the processes that it starts among them. Reading plan.json and writing files
are left out: they are told by the whole run.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from scheduler.large_draw.draw import drawn


def main() -> None:
    folder = Path(sys.argv[1])
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    seed = json.loads((folder / "draw.json").read_text(encoding="utf-8"))["seed"]
    begun = busy()
    drawn(plan, seed)
    print(busy() - begun)


def busy() -> float:
    """Give the processor's seconds of this process so far, and of those that it started and that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
