"""Documents that are written by scripts are current, and links lead somewhere."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import check_docs
import make_vectors


def test_documents_hold():
    """No broken link, no named file that is not there, no outdated table, no unknown command."""
    assert check_docs.problems() == []


def test_draw_vectors_repeat():
    """The published vectors are what this draw gives: a change of the draw is a change of its version."""
    assert make_vectors.VECTORS.read_text(encoding="utf-8") == make_vectors.vectors()


def test_seed_vectors_repeat():
    """The same for commitments, public values and announced seeds."""
    assert make_vectors.SEED_VECTORS.read_text(encoding="utf-8") == make_vectors.seed_vectors()
