"""``zhengkao``: parse, compose, print, exit code. The commands are in ``commands/``."""

from __future__ import annotations

import sys

from commands.console import expanded
from commands.root import run


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(expanded(sys.argv[1:])))


if __name__ == "__main__":
    main()
