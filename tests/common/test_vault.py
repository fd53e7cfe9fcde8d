"""What is sealed opens in its own place only, and never after a change."""

import hashlib
import hmac
import json
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from common.errors import ZhengkaoError
from common.vault import Vault, key_name

KEY, OTHER = bytes(range(32)), bytes(32)
PLACE = ("exchanges", "run", "content")
VAULT = Vault(KEY, os.urandom)
places = st.lists(st.text(max_size=5), max_size=4)


@given(st.binary(max_size=200), places)
def test_round_trip(plain, place):
    assert VAULT.unseal(VAULT.seal(plain, place), place) == plain


@given(places, places)
def test_a_cell_opens_in_no_other_place(one, other):
    """Also where the places look alike when written one after the other: a, bc and ab, c."""
    sealed = VAULT.seal(b"x", ["t", *one])
    if one != other:
        with pytest.raises(ZhengkaoError, match="解不开"):
            VAULT.unseal(sealed, ["t", *other])


def test_every_flipped_byte_is_found():
    sealed = VAULT.seal("仿真张三".encode(), PLACE)
    for index in range(len(sealed)):
        spoilt = bytearray(sealed)
        spoilt[index] ^= 1
        with pytest.raises(ZhengkaoError, match="从备份恢复"):
            VAULT.unseal(bytes(spoilt), PLACE)
    for length in range(len(sealed)):
        with pytest.raises(ZhengkaoError):
            VAULT.unseal(sealed[:length], PLACE)


def test_another_key_opens_nothing():
    sealed = VAULT.seal(b"x", PLACE)
    with pytest.raises(ZhengkaoError):
        Vault(OTHER, os.urandom).unseal(sealed, PLACE)
    assert Vault(OTHER, os.urandom).find("x") != VAULT.find("x")


def test_the_form_is_what_is_written_down():
    """Twelve bytes of nonce, then AES-256-GCM under HKDF-SHA-256 of the key (RFC 5869, by hand), place as JSON."""
    sealed = Vault(KEY, lambda count: b"n" * count).seal(b"plain", PLACE)
    assert sealed[:12] == b"n" * 12
    extracted = hmac.new(bytes(32), KEY, hashlib.sha256).digest()
    derived = hmac.new(extracted, b"zhengkao at rest, AES-256-GCM, 1\x01", hashlib.sha256).digest()
    assert AESGCM(derived).decrypt(sealed[:12], sealed[12:], json.dumps(PLACE).encode()) == b"plain"


def test_the_same_text_is_never_sealed_alike():
    assert len({VAULT.seal(b"x", PLACE) for _ in range(50)}) == 50


def test_find_is_hmac():
    """The form of version 0, so that its hashes are still found."""
    assert VAULT.find("a\x1fb") == hmac.new(KEY, b"a\x1fb", hashlib.sha256).hexdigest()
    assert VAULT.find("\udcff")  # a name that is no proper text


def test_key_names_tell_keys_apart():
    assert key_name(KEY) == VAULT.name != key_name(OTHER)
    assert len(key_name(KEY)) == 16
