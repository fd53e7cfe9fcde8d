"""A bundle in which anything at all was changed is found out, by both verifiers."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.evidence import archive
from certcheck.evidence.keys import EvidenceKeys
from certcheck.evidence.verify import verify
from common.errors import InputError
from tests.certcheck.evidence.evidence_support import (
    KEYS,
    ask,
    both_find,
    bundle_of,
    faults,
    signed_anew,
    written,
)  # fmt: skip
from tests.certcheck.registry.client_support import journal_in

OTHER = EvidenceKeys(b"o" * 32, b"p" * 32)
MANIFEST_AND_SIGNATURE = -2


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    with journal_in(tmp_path_factory.mktemp("evidence")) as journal:
        ask(journal)
        return bundle_of(journal)


def test_what_is_whole_is_good(good):
    assert faults(good) == faults(good, KEYS.public) == ([], [])


def test_every_byte_flipped_is_found(good):
    for place, byte in enumerate(good):
        changed = bytearray(good)
        changed[place] = byte ^ (1 << place % 8)
        assert both_find(bytes(changed)), place


def test_every_byte_of_an_entry_is_found_where_the_zip_was_made_anew(good):
    """The checksums of the ZIP are right again, so hashes and signature have to find it."""
    entries = archive.read(good)
    for nth, (name, content) in enumerate(entries):
        signed = nth >= len(entries) + MANIFEST_AND_SIGNATURE
        for place in range(0, len(content), 7 if signed else 1):  # each costs a signature in plain Python
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            data = written([*entries[:nth], (name, bytes(changed)), *entries[nth + 1 :]])
            assert both_find(data, KEYS.public), (name, place)


def test_every_bit_of_the_signature_counts(good):
    *others, (name, signature) = archive.read(good)
    for bit in range(8 * len(signature)):
        changed = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
        assert both_find(written([*others, (name, changed)])), bit


def test_a_signature_with_the_order_added_is_another_one(good):
    """RFC 8032, section 5.1.7: the second half must be below the order of the group."""
    *others, (name, signature) = archive.read(good)
    order = 2**252 + 27742317777372353535851937790883648493
    second = int.from_bytes(signature[32:], "little") + order
    assert both_find(written([*others, (name, signature[:32] + second.to_bytes(32, "little"))]))


@given(st.data())
def test_any_replaced_stretch_is_found(good, data):
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    changed = good[:start] + data.draw(st.binary(max_size=40)) + good[end:]
    if changed == good:
        return
    try:
        assert both_find(changed)
    except InputError:
        assert b"zhengkao-evidence" not in changed


def test_truncated_anywhere_is_found(good):
    for length in range(60, len(good)):
        assert both_find(good[:length]), length


@pytest.mark.parametrize("more", [b"\0", b"\n", b"PK\x05\x06" + bytes(18)])
def test_appended_bytes_are_found(good, more):
    assert both_find(good + more)
    assert both_find(more + good)


def test_entries_removed_added_repeated_or_reordered_are_found(good):
    entries = archive.read(good)
    for nth in range(len(entries)):
        assert both_find(written(entries[:nth] + entries[nth + 1 :])), entries[nth][0]
        assert both_find(written([*entries[:nth], ("more", b"more"), *entries[nth:]])), nth
        assert both_find(written([*entries[:nth], entries[nth], *entries[nth:]])), nth
    for nth in range(len(entries) - 1):
        swapped = [*entries[:nth], entries[nth + 1], entries[nth], *entries[nth + 2 :]]
        assert both_find(written(swapped)), nth


def test_an_exchange_left_out_is_found_even_by_whoever_holds_the_key(good):
    """The signer cannot leave out the first of two exchanges without its number showing it."""
    entries = [entry for entry in archive.read(good) if "0001" not in entry[0]]
    assert both_find(signed_anew(entries, KEYS), KEYS.public)


def test_signed_anew_is_good_for_itself_and_not_for_the_pinned_key(good):
    forged = signed_anew(archive.read(good), OTHER)
    assert faults(forged) == ([], [])
    assert both_find(forged, KEYS.public)
    lying = signed_anew(archive.read(good), OTHER, public_key=KEYS.public.hex())
    assert both_find(lying)
    assert both_find(lying, KEYS.public)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "zhengkao-evidence/2"}, {"format": None}, {"entries": None}, {"entries": [1]}, {"chain": 5},
        {"entries": [{"name": ["x"], "size": {}, "sha256": None}]}, {"run": {}}, {"run": {"name": "\x1b[2J"}},
        {"run": {"name": 7}}, {"public_key": "zz"}, {"public_key": None}, {"chain": "00" * 32},
    ],
)  # fmt: skip
def test_a_manifest_of_somebody_elses_making_is_no_traceback(good, changed):
    assert both_find(signed_anew(archive.read(good), OTHER, **changed))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"null", b"\xff", b'{"a":' * 100_000, b'{"run":"\\ud800"}'])
def test_a_manifest_that_is_none_is_no_traceback(good, manifest):
    entries = archive.read(good)
    assert both_find(written([*entries[:-2], ("manifest.json", manifest), entries[-1]]))


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", written([("a.txt", b"a")])])
def test_what_never_was_a_bundle_is_told_as_such(data):
    with pytest.raises(InputError, match="不是证据包"):
        verify(data)


def test_keys_do_not_show_in_repr():
    shown = repr(dataclasses.replace(KEYS, signing=b"q" * 32))
    assert "q" * 8 not in shown
    assert "h" * 8 not in shown
