"""The draw alone, as a citizen would repeat it: ``python -m benchmarks.rivals.drawing FOLDER``.

Prints its seconds of the processor. Reading plan.json and writing files are left out: they are told by
the whole run.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from scheduler.large_draw.draw import drawn


def main() -> None:
    folder = Path(sys.argv[1])
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    seed = json.loads((folder / "draw.json").read_text(encoding="utf-8"))["seed"]
    begun = time.process_time()
    drawn(plan, seed)
    print(time.process_time() - begun)


if __name__ == "__main__":
    main()
