"""A checkout has the same bytes on every system: pages, vectors and examples are compared byte by byte, and digested."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".xz", ".xlsx"}


def test_git_is_told_to_change_no_line_ends():
    """Git for Windows would, left to itself."""
    told = ROOT / ".gitattributes"
    if not told.exists():
        pytest.skip("not a checkout")
    lines = told.read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in lines
    assert {f".{line.split()[0].rpartition('.')[2]}" for line in lines if line.endswith(" binary")} == BINARY


@pytest.mark.parametrize("folder", ["data", "docs", "scripts", "tests"])
def test_text_files_have_line_feeds_alone(folder):
    files = [one for one in (ROOT / folder).rglob("*") if one.is_file() and "__pycache__" not in one.parts]
    text = [one for one in files if one.suffix not in BINARY]
    assert [str(one.relative_to(ROOT)) for one in text if b"\r" in one.read_bytes()] == []
