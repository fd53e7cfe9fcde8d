"""The keys of evidence: made once, private, whole; signatures as RFC 8032 has them, also in plain Python."""

import secrets
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certcheck.evidence.keys import HOLDER, SIGNING, EvidenceKeys, is_signed, keys_in, known_keys, public_key
from common.errors import InputError, ZhengkaoError
from tests.certcheck.evidence.evidence_support import KEYS, SINGLE_FILE, single_file

RFC_8032 = [  # section 7.1: public key, message, signature of tests 1, 2 and 3
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip


@pytest.mark.parametrize("vector", RFC_8032)
def test_vectors_of_the_rfc(vector):
    public, message, signature = map(bytes.fromhex, vector)
    for check in (is_signed, single_file().is_signed):
        assert check(public, signature, message)
        assert not check(public, signature, message + b"\0")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.binary(min_size=32, max_size=32))
def test_plain_python_agrees_with_the_library(seed, message, other):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert single_file().is_signed(public, signature, message)
    for wrong in ((other, signature), (public, other + signature[32:]), (public, signature[:32] + other)):
        assert single_file().is_signed(*wrong, message) == is_signed(*wrong, message)


@pytest.mark.parametrize(
    "public", [b"", b"\xff" * 32, (2**255 - 19).to_bytes(32, "little"), b"\x02" + bytes(31)]
)
def test_what_is_no_key_signs_nothing(public):
    signature = KEYS.sign(b"text")
    assert not is_signed(public, signature, b"text")
    assert not single_file().is_signed(public, signature, b"text")


def test_keys_are_made_once_and_private(tmp_path):
    assert known_keys(tmp_path) is None
    made = keys_in(tmp_path, secrets.token_bytes)
    assert keys_in(tmp_path, secrets.token_bytes) == made == known_keys(tmp_path)
    assert made.signing != made.holder
    for name in (SIGNING, HOLDER):
        mode = stat.S_IMODE((tmp_path / name).stat().st_mode)
        assert sys.platform == "win32" or mode == 0o600


def test_many_at_once_make_the_same_keys(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys_in(tmp_path, secrets.token_bytes), range(8)))
    assert len({(one.signing, one.holder) for one in made}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [HOLDER, SIGNING]


def test_a_damaged_key_is_told_and_never_replaced(tmp_path):
    keys_in(tmp_path, secrets.token_bytes)
    (tmp_path / SIGNING).write_bytes(b"short")
    with pytest.raises(ZhengkaoError, match="不是 32 字节"):
        keys_in(tmp_path, secrets.token_bytes)
    assert (tmp_path / SIGNING).read_bytes() == b"short"


def test_public_keys_are_read_as_given_or_from_a_file(tmp_path):
    written = KEYS.public.hex()
    assert public_key(f" {written.upper()}\n") == KEYS.public
    file = tmp_path / "公钥.txt"
    file.write_text(f"\ufeff证考公钥：\n{written}\n", encoding="utf-8")
    assert public_key(str(file)) == KEYS.public == single_file().read_key(str(file))
    for content in ("", f"{written} {'0' * 64}", "zz"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match="公钥"):
            public_key(str(file))
    file.write_bytes(b"\xff\xfe")
    for named in (str(file), str(tmp_path / "none"), "1234"):
        with pytest.raises(InputError, match="公钥"):
            public_key(named)


def test_the_single_file_is_small_and_needs_nothing():
    lines = SINGLE_FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 200
    done = subprocess.run([sys.executable, "-I", "-S", str(SINGLE_FILE)], capture_output=True, check=False)
    assert done.returncode == 2
    assert "用法" in done.stdout.decode()


def test_other_seeds_give_other_keys():
    assert EvidenceKeys(b"a" * 32, b"h" * 32).public != KEYS.public
