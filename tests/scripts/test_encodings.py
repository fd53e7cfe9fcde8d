"""Text is read and written as UTF-8 by name: left to itself, Python takes GBK or cp1252 on Windows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("certcheck", "commands", "common", "scheduler", "scripts", "benchmarks", "docs", "tests")


def without_encoding(source):
    """Lines that read or write text without saying how; plain ASCII is the same everywhere."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = 0 if name == "read_text" else 1  # of an encoding without its word
        stated = len(call.args) > place or any(word.arg == "encoding" for word in call.keywords)
        first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        plain = isinstance(first, str) and first.isascii()
        if not stated and (name == "read_text" or (name == "write_text" and not plain)):
            found.append(call.lineno)
    return found


@pytest.mark.parametrize("place", PLACES)
def test_no_file_is_left_to_the_locale(place):
    files = sorted((ROOT / place).rglob("*.py"))
    told = {str(one.relative_to(ROOT)): without_encoding(one.read_text(encoding="utf-8")) for one in files}
    assert {name: lines for name, lines in told.items() if lines} == {}


def test_what_is_found():
    source = "p.read_text()\np.write_text('ab')\np.write_text('甲')\np.write_text(x)\np.write_text(x, encoding='utf-8')"
    assert without_encoding(source) == [1, 3, 4]
