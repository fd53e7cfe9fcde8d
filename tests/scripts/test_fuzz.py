"""A small run of the fuzzer; the whole one is `make fuzz`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import fuzz


def test_generated_grids_and_damaged_files_end_in_a_sentence():
    """No traceback, no row without a trace, in the first few hundred cases."""
    assert fuzz.run(600, 150) == []
