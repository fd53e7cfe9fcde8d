"""Write docs/findings.md from the code: every finding code with severity, title and next step."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from certcheck.findings import CODES  # noqa: E402 - the path comes first

PAGE = ROOT / "docs" / "findings.md"


def page() -> str:
    """Give the page."""
    rows = "".join(
        f"| {code} | {severity} | {title} | {step} |\n" for code, (severity, title, step) in CODES.items()
    )
    return (
        "# Finding codes\n\n"
        "Written by `scripts/make_findings_page.py` from `certcheck/findings.py`; a code never changes its meaning.\n\n"
        f"| code | severity | 名称 | 下一步 |\n|---|---|---|---|\n{rows}"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
