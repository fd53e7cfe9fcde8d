"""Sealing what lies at rest: AES-256-GCM, each text bound to its place, and found by a keyed hash.

The key of an installation is never used for two things as it is: the key of the cipher is derived
from it (HKDF, RFC 5869), the hash is HMAC-SHA-256 (RFC 2104) with it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from common.errors import ZhengkaoError

KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D: random nonces of 96 bits, good for 2**32 texts under one key
_CIPHER, _NAME = b"zhengkao at rest, AES-256-GCM, 1", b"zhengkao name of a key, 1"

Entropy = Callable[[int], bytes]
"""Gives so many bytes that nobody can foretell."""


class Vault:
    """One key in use.

    Parameters
    ----------
    key
        32 bytes.
    entropy
        where nonces come from; no two texts may ever get the same one.
    """

    def __init__(self, key: bytes, entropy: Entropy) -> None:
        self._key, self._entropy = key, entropy
        self._cipher = AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=_CIPHER).derive(key))
        self.name = key_name(key)

    def seal(self, plain: bytes, place: Sequence[str]) -> bytes:
        """Encrypt a text for one place; it opens nowhere else."""
        nonce = self._entropy(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _bound(place))

    def unseal(self, sealed: bytes, place: Sequence[str]) -> bytes:
        """Decrypt what was sealed for this place.

        Raises
        ------
        ZhengkaoError
            it was sealed elsewhere, with another key, or was changed since.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(place))
        except (InvalidTag, ValueError) as error:
            raise ZhengkaoError(
                f"数据库里有一条记录（{place[0]}）解不开：内容被改动过，或已损坏。请从备份恢复数据库后再运行。"
            ) from error

    def find(self, text: str) -> str:
        """Give what stands for a text where it must be found but not be read."""
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def key_name(key: bytes) -> str:
    """Give the name of a key, which tells it from others and nothing else of it."""
    return hmac.new(key, _NAME, hashlib.sha256).hexdigest()[:16]


def _bound(place: Sequence[str]) -> bytes:
    """Write a place so that no two places look alike."""
    return json.dumps(list(place)).encode()
