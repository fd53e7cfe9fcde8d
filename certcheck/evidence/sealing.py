"""What is personal in a bundle, sealed so that its holder alone can read it.

Every bundle has a data key, which lies in it wrapped with the holder's (RFC 3394); every entry has a
key of its own derived from it, so that one entry can be shown to somebody without the others. A
commitment to that key is signed: AES-GCM alone would let one ciphertext open as two texts under two
keys. Nonces are made of the text by HMAC: the same text gives the same bytes, and another text
never meets a nonce again but by a chance of one in 2**96.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from common.errors import InputError, ZhengkaoError
from common.vault import KEY_BYTES

_NONCE_BYTES = 12
_PADDED_TO = 1024  # bytes: how long a name or an answer is should not show
_WRAP, _DATA = b"zhengkao evidence wrap 1", b"zhengkao evidence data 1\n"
_ENTRY, _NONCE = b"zhengkao evidence entry 1\n", b"zhengkao evidence nonce 1\n"
_COMMITMENT = b"zhengkao evidence commitment 1"


class BundleKey:
    """The data key of one bundle."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def for_run(cls, holder: bytes, run: str) -> BundleKey:
        """Give the data key of a run, the same however often its bundle is written."""
        return cls(_derived(holder, _DATA + run.encode()))

    @classmethod
    def unwrapped(cls, holder: bytes, wrapped: bytes) -> BundleKey:
        """Give the data key that lies in a bundle.

        Raises
        ------
        InputError
            it was wrapped for another holder.
        """
        try:
            return cls(aes_key_unwrap(_derived(holder, _WRAP), wrapped))
        except InvalidUnwrap as error:
            raise InputError(
                "这个证据包不是为本机的密钥加密的，打不开。请在做核验的那台机器上（或用它的 ZHENGKAO_HOME）打开。"
            ) from error

    def wrapped(self, holder: bytes) -> bytes:
        """Wrap it for its holder."""
        return aes_key_wrap(_derived(holder, _WRAP), self._key)

    def commitment(self, name: str) -> str:
        """Give what binds an entry to its key and tells nothing of it."""
        return hmac.new(self._entry(name), _COMMITMENT, hashlib.sha256).hexdigest()

    def seal(self, name: str, text: bytes) -> bytes:
        """Seal a JSON text as one entry; blanks behind it hide its length."""
        padded = text + b" " * (-len(text) % _PADDED_TO)
        nonce_key = _derived(self._key, _NONCE + name.encode())
        nonce = hmac.new(nonce_key, padded, hashlib.sha256).digest()[:_NONCE_BYTES]
        return nonce + AESGCM(self._entry(name)).encrypt(nonce, padded, name.encode())

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """Open one entry.

        Raises
        ------
        ZhengkaoError
            it is not as it was sealed.
        """
        try:
            return AESGCM(self._entry(name)).decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise ZhengkaoError(f"{name} 解不开：内容被改动过，或已损坏。") from error

    def _entry(self, name: str) -> bytes:
        return _derived(self._key, _ENTRY + name.encode())


def _derived(key: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=use).derive(key)
