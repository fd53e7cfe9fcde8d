"""The house is held against the code: a module that its tree leaves out is told, and a name that leads nowhere."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from house_names import house_faults

HOUSE = """# The house

```
certcheck/             one half
  model.py             the records
scheduler/             the other
  draw.py ways.py      the draw
  seats/               reading.py (what draw.py
                       gives), chain*.py
  pages/               whatever is printed
common/                both
```

| step | takes |
|---|---|
| `draw.draw`, `seats.reading` | `nobody.knows` |
"""
FILES = {
    "certcheck/model.py": "",
    "scheduler/draw.py": "def draw(): ...\n",
    "scheduler/ways.py": "",
    "scheduler/seats/__init__.py": "",
    "scheduler/seats/reading.py": "",
    "scheduler/seats/chain_one.py": "",
    "scheduler/pages/table.py": "",
}


@pytest.fixture
def root(tmp_path):
    for name, text in FILES.items() | {("docs/house.md", HOUSE)}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_whole_house(root):
    """Named one by one, by a pattern, or as a room of which no file is named."""
    assert house_faults(root) == []


def test_a_module_that_the_tree_leaves_out(root):
    (root / "scheduler" / "seats" / "order.py").write_text("", encoding="utf-8")
    assert house_faults(root) == ["the tree leaves out scheduler/seats/order.py"]


def test_names_that_lead_nowhere(root):
    """What was renamed: a module of the tree, a room and a function of the tables."""
    (root / "scheduler" / "seats" / "reading.py").unlink()
    (root / "scheduler" / "draw.py").write_text("def drawn(): ...\n", encoding="utf-8")
    assert house_faults(root) == [
        "the tree of scheduler names seats/reading.py, which is not there",
        "a table names draw.draw, which is not there",
        "a table names seats.reading, which is not there",
    ]
