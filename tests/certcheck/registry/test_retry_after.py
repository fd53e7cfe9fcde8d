import pytest

from certcheck.registry.interface import Exchange
from certcheck.registry.retry_after import pause_asked

DATE = ("Date", "Fri, 20 Nov 2026 04:00:00 GMT")
READ = [
    ("120", 120), (" 7 ", 7), ("0", 0), ("99999999999999999999", 86_400), ("90000", 86_400),
    ("Fri, 20 Nov 2026 04:02:00 GMT", 120), ("Fri, 20 Nov 2026 03:00:00 GMT", 0), ("Friday, 20-Nov-26 04:02:00 GMT", 120),
    ("", 0), ("-5", 0), ("1.5", 0), ("soon", 0), ("١٢", 0), ("Fri, 99 Nov 2026 04:02:00 GMT", 0),
]  # fmt: skip


@pytest.mark.parametrize(("written", "seconds"), READ)
def test_seconds_and_dates(written, seconds):
    """A date counts from the answer's own date; what cannot be understood asks nothing."""
    answer = Exchange("2026-11-20T23:59:59+08:00", "/", 429, (DATE, ("retry-After", written)))
    assert pause_asked(answer) == seconds


def test_date_without_a_date_beside_it():
    """It is measured from the moment the query began."""
    header = ("Retry-After", "Fri, 20 Nov 2026 04:02:00 GMT")
    assert pause_asked(Exchange("2026-11-20T12:01:00+08:00", "/", 503, (header,))) == 60
    assert pause_asked(Exchange("2026-11-20T12:01:00+08:00", "/", 503, (header, ("Date", "?")))) == 60


def test_nothing_asked():
    assert pause_asked(Exchange("2026-11-20T12:01:00+08:00", "/", error="连接超时")) == 0
