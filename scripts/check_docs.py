"""Hold the documents against the tree: links lead somewhere, named files exist, the house is whole, tables are current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "scripts"))

from house_names import house_faults  # noqa: E402 - the path comes first
from make_findings_page import EXAM_PAGE, PAGE, exam_page, page  # noqa: E402 - the path comes first

_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
_CODE_FILE = re.compile(
    r"`((?:certcheck|scheduler|common|commands|data|scripts|tests|benchmarks|docs)/[\w./-]+)`"
)
_COMMAND = re.compile(r"^zhengkao ([a-z]+(?: [a-z][a-z-]*)?)", re.MULTILINE)


def problems() -> list[str]:
    """Give every fault of the documents."""
    found = []
    documents = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for path in [*documents, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "data").rglob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        for match in _LINK.finditer(text):
            target = match.group(1)
            if "://" not in target and not (path.parent / target).exists():
                found.append(f"{name}: link to {target} leads nowhere")
        named = [match.group(1) for match in _CODE_FILE.finditer(text)]
        found += [f"{name}: names {file}, which is not there" for file in named if not (ROOT / file).exists()]
    found += [f"docs/house.md: {fault}" for fault in house_faults(ROOT)]
    for written, now in ((PAGE, page()), (EXAM_PAGE, exam_page())):
        if written.read_text(encoding="utf-8") != now:
            found.append(f"docs/{written.name} is not what scripts/make_findings_page.py writes")
    return found + _unknown_commands(documents[:2])


def _unknown_commands(documents: list[Path]) -> list[str]:
    """Find commands in the READMEs that the program does not know."""
    found = []
    for path in documents:
        for command in sorted(set(_COMMAND.findall(path.read_text(encoding="utf-8")))):
            words = command.split()
            done = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, str(ROOT / "cli.py"), *words, "--help"],
                capture_output=True,
                check=False,
            )
            if done.returncode:
                found.append(f"{path.name}: zhengkao {command} is no command")
    return found


if __name__ == "__main__":
    faults = problems()
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))
