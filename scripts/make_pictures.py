"""Take the pictures of the README from a demo run, by Chromium (Debian: apt-get install chromium fonts-noto-cjk)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"report.png": ("check/report.html", "1120,900"), "schedule.png": ("exam/schedule.html", "1120,900")}


def main() -> int:
    """Run the demo and photograph its pages; 1 where no Chromium is installed."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium found: apt-get install chromium fonts-noto-cjk")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "demo"
        environment = os.environ | {"ZHENGKAO_HOME": folder}
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, str(ROOT / "cli.py"), "demo", "--out", str(out)],
            env=environment,
            check=True,
        )
        for name, (page, size) in PAGES.items():
            subprocess.run(  # noqa: S603 - a browser on our own page
                [
                    browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
                    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
                    f"--user-data-dir={folder}/profile", f"--window-size={size}",
                    f"--screenshot={ROOT / 'docs' / 'pictures' / name}", (out / page).as_uri(),
                ],
                check=True, capture_output=True,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
