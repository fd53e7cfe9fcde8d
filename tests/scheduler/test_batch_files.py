"""Facts that are written read as the same facts."""

import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.batch_files import write_batch
from scheduler.facts_digest import facts_digest
from scheduler.reading import read_batch
from tests.scheduler.builders import relation
from tests.scheduler.replan.drawn import drawable_batches, rules_toml

DECIMALS = st.decimals(min_value=-89, max_value=89, places=8).map(Fraction)
SHARES = st.one_of(
    st.fractions(0, 1, max_denominator=999), st.integers(0, 10**22).map(lambda one: Fraction(one, 10**22))
)


@given(drawable_batches(), DECIMALS, SHARES)
@settings(max_examples=30, deadline=None)
def test_round_trip(batch, lon, share):
    sites = {
        name: replace(one, lon=lon, lat=lon, address="某路 1 号，甲座") for name, one in batch.sites.items()
    }
    ties = (*batch.relations, replace(relation("controls", "I1", "G1"), share=share))
    batch = replace(batch, sites=sites, relations=tuple(dict.fromkeys(ties)))
    with tempfile.TemporaryDirectory() as name:
        rules = Path(name) / "rules.toml"
        rules.write_text(rules_toml(batch), encoding="utf-8")
        again = read_batch(write_batch(batch, Path(name)), rules)
    assert facts_digest(again) == facts_digest(batch)
    assert again.rules.as_data() == batch.rules.as_data()
