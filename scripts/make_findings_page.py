"""Write docs/findings.md and docs/exam-findings.md from the code: every code with what it means and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from certcheck.findings import CODES, FOR_MANAGERS  # noqa: E402 - the path comes first
from scheduler import fault_codes  # noqa: E402
from scheduler.checker.breach import RULE_TITLES  # noqa: E402
from scheduler.checker.codes import CODES as CHECKER  # noqa: E402

PAGE = ROOT / "docs" / "findings.md"
EXAM_PAGE = ROOT / "docs" / "exam-findings.md"


def page() -> str:
    """Give the page of what ``zhengkao check`` finds."""
    rows = "".join(
        f"| {code} | {severity} | {title} | {step} |\n" for code, (severity, title, step) in CODES.items()
    )
    managers = "".join(f"| {code} | {step} |\n" for code, step in FOR_MANAGERS.items())
    return (
        "# Finding codes\n\n"
        "Written by `scripts/make_findings_page.py` from `certcheck/findings.py`; a code never changes its meaning. Those of an exam:\n"
        "[exam-findings.md](exam-findings.md).\n\n"
        f"| code | severity | 名称 | 下一步 |\n|---|---|---|---|\n{rows}\n"
        "Of the certificate of a main person in charge or a safety manager the next step is another one:\n\n"
        f"| code | 下一步 |\n|---|---|\n{managers}"
    )


def exam_page() -> str:
    """Give the page of what the exam commands find."""
    rows = "".join(
        f"| {code} | {', '.join(map(str, one.rules))} | {one.title} | {one.step} |\n"
        for code, one in CHECKER.items()
    )
    rules = "".join(f"{rule}. {title}\n" for rule, title in RULE_TITLES.items())
    return (
        "# Finding codes of an exam\n\n"
        "Written by `scripts/make_findings_page.py` from `scheduler/checker/codes.py` and `scheduler/fault_codes.py`; a code never\n"
        "changes its meaning.\n\n"
        "## What a schedule breaks (`exam check`, exit 1)\n\n"
        f"The rules:\n\n{rules}\n"
        f"| code | rule | 名称 | 下一步 |\n|---|---|---|---|\n{rows}\n"
        "## What stops the planning of a batch (`exam plan`, `exam run`, exit 2)\n\n"
        f"{_faults(fault_codes.BATCH)}\n"
        "## What stops a change (`exam replan`, exit 2)\n\n"
        "Those of a batch, for cells of the table of changes, and:\n\n"
        f"{_faults(fault_codes.CHANGE)}"
    )


def _faults(listed: Mapping[str, str]) -> str:
    return "| code | 含义 |\n|---|---|\n" + "".join(
        f"| {code} | {title} |\n" for code, title in listed.items()
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    EXAM_PAGE.write_text(exam_page(), encoding="utf-8", newline="\n")
