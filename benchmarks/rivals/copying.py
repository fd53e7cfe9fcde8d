"""The floor of a batch: read all its CSV tables and write as many rows with polars; nothing is worked out.

``python -m benchmarks.rivals.copying BATCH TO``
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl


def main() -> None:
    batch, to = map(Path, sys.argv[1:])
    to.mkdir(exist_ok=True)
    for table in sorted(batch.glob("*.csv")):
        pl.read_csv(table, infer_schema=False).write_csv(to / table.name)


if __name__ == "__main__":
    main()
