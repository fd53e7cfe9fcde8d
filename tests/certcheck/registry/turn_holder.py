"""A process that holds or takes turns, for tests of the lock: ``turn_holder.py URL HOST LOG COUNT SECONDS``.

It takes so many turns, each for so long, and notes their beginnings and ends by the system's clock.
"""

import sys
import time
from pathlib import Path

from certcheck.registry.turns import Turns
from common.database import open_engine


def main(url, host, log, count, seconds):
    engine = open_engine(url)
    turns = Turns(engine, host, wall=time.time, monotonic=time.monotonic, sleep=time.sleep, patience=60)
    lines = []
    for _ in range(int(count)):
        with turns.alone():
            begun = time.monotonic()
            turns.start()
            Path(log).with_suffix(".held").touch()
            time.sleep(float(seconds))
            lines.append(f"{begun} {time.monotonic()}\n")
    Path(log).write_text("".join(lines), encoding="utf-8")
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
