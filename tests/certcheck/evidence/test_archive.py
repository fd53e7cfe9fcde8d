"""The ZIP of a bundle: every tool reads it, one set of entries has one file."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from certcheck.evidence import archive
from tests.certcheck.evidence.evidence_support import single_file, written

NAMES = st.text("abc/.0123", min_size=1, max_size=12)
ENTRIES = st.lists(st.tuples(NAMES, st.binary(max_size=60)), max_size=6, unique_by=lambda entry: entry[0])


@given(ENTRIES)
def test_what_is_written_is_read(entries):
    data = written(entries)
    assert archive.read(data) == entries
    assert archive.difference(data, entries) is None
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert [(one.filename, file.read(one)) for one in file.infolist()] == entries
        assert file.testzip() is None


@given(ENTRIES)
def test_the_single_file_writes_the_same(entries):
    named = [(name.encode(), content) for name, content in entries]
    assert single_file().written_zip(named) == written(entries)
    assert single_file().read_zip(written(entries)) == named


@given(ENTRIES, st.integers(min_value=0), st.integers(1, 255))
def test_the_place_of_a_change_is_told(entries, place, flip):
    data = bytearray(written(entries))
    place %= len(data)
    data[place] ^= flip
    assert archive.difference(bytes(data), entries) == place


def test_more_entries_than_the_plain_form_can_count():
    entries = [(f"{nth}", b"x") for nth in range(0x1_0000 + 5)]
    data = written(entries)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert len(file.infolist()) == len(entries)
        assert file.read("65536") == b"x"
    assert archive.read(data) == entries
    assert single_file().written_zip([(name.encode(), content) for name, content in entries]) == data


def test_a_size_that_lies_is_no_traceback():
    data = bytearray(written([("a", b"abc")]))
    data[22:26] = b"\xff\xff\xff\xff"
    assert archive.read(bytes(data)) == single_file().read_zip(bytes(data)) == []
