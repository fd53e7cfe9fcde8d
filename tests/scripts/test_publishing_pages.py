"""The page on publishing names every file that a draw writes: one that is in no table would be published by chance."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs" / f"publishing{ending}" for ending in (".md", ".zh-CN.md")]


def named(page):
    """Give the files and folders that a page names."""
    found = re.findall(r"`([^` ]+)`", page.read_text(encoding="utf-8"))
    return {one for one in found if re.fullmatch(r"[a-z-]+(/|\.[a-z]+)", one)}


def test_both_pages_name_the_same_files():
    assert named(PAGES[0]) == named(PAGES[1])


def test_every_file_of_a_draw_with_papers_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, "cli.py", "exam", "run", "data/examples/batch", "--out", tmp_path, "--seed", "0" * 64, "--papers"],
        cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1", "ZHENGKAO_PAPERS": "yes"},
    )  # fmt: skip
    assert done.stdout
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    files = {path.name for path in written if path.parts[0] != "batch" and "calendars" not in path.parts}
    assert {"tickets.pdf", "draw.json", "duties.csv"} <= files
    assert files <= named(PAGES[0])
    assert any("calendars" in path.parts for path in written)
    assert {"batch/", "calendars/", "changes.csv", "difference.csv", "undecided.csv"} <= named(PAGES[0])
