"""What commands take from the world."""

import datetime as dt
import time

import pytest

from commands import settings


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system sets no zone for one process")
def test_the_time_is_that_of_china_wherever_the_machine_stands(monkeypatch):
    """A record drawn on a machine in UTC says the same as one in Beijing, and so does the date of today."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert settings.now().utcoffset() == dt.timedelta(hours=8)
        assert settings.today() == settings.now().date()
    finally:
        monkeypatch.undo()
        time.tzset()
