"""The official tables of the retirement age (DOMAIN section 2.3), every vector."""

import datetime as dt

import pytest

from certcheck.retirement import MEN, WOMEN_50, WOMEN_55, groups_for, retirement_month
from tests.certcheck.lists import rules


@pytest.mark.parametrize(
    ("group", "birth", "month"),
    [
        (MEN, "1964-12", "2024-12"), (MEN, "1965-01", "2025-02"), (MEN, "1965-04", "2025-05"),
        (MEN, "1965-05", "2025-07"), (MEN, "1972-09", "2034-09"), (MEN, "1976-08", "2039-07"),
        (MEN, "1976-09", "2039-09"), (MEN, "1990-01", "2053-01"),
        (WOMEN_55, "1969-12", "2024-12"), (WOMEN_55, "1970-01", "2025-02"),
        (WOMEN_55, "1975-06", "2031-11"), (WOMEN_55, "1981-09", "2039-09"), (WOMEN_55, "1990-01", "2048-01"),
        (WOMEN_50, "1974-12", "2024-12"), (WOMEN_50, "1975-01", "2025-02"),
        (WOMEN_50, "1975-03", "2025-05"), (WOMEN_50, "1979-12", "2032-06"),
        (WOMEN_50, "1984-11", "2039-11"), (WOMEN_50, "1990-01", "2045-01"),
    ],
)  # fmt: skip
def test_official_vectors(group, birth, month):
    """Birth month, old age and delay give the month of the official table, whatever the day."""
    pack = rules().at("retirement", dt.date(2026, 11, 20))
    for day in ("01", "28"):
        assert str(retirement_month(pack, group, dt.date.fromisoformat(f"{birth}-{day}"))) == month


def test_groups():
    """A number shows a man's group, never which of the women's."""
    assert groups_for(male=True) == (MEN,)
    assert groups_for(male=False) == (WOMEN_50, WOMEN_55)
    assert set(groups_for(None)) == {MEN, WOMEN_50, WOMEN_55}
