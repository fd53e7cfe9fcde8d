"""The keys of evidence: one signs for the installation, one opens what is sealed for its holder.

Both are 32 random bytes in files of the program's folder. The signing key is the seed of Ed25519
(RFC 8032, section 5.1.5); everybody may have the public key that follows from it. The holder's key
is never used as it is: what wraps and what seals is derived from it (HKDF, RFC 5869).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from common.errors import InputError, ZhengkaoError
from common.files import os_reason
from common.keys import make_key_file
from common.vault import KEY_BYTES, Entropy

SIGNING, HOLDER = "evidence-signing.key", "evidence-holder.key"
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_LARGEST_KEY_FILE = 4096


@dataclass(frozen=True, slots=True)
class EvidenceKeys:
    """The two keys of an installation."""

    signing: bytes = field(repr=False)
    holder: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The public half of the signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign; the same message always gets the same 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(message)


def keys_in(folder: Path, entropy: Entropy) -> EvidenceKeys:
    """Give the keys of the installation in a folder, made on first use, readable by their owner only."""
    return EvidenceKeys(_kept(folder / SIGNING, entropy), _kept(folder / HOLDER, entropy))


def known_keys(folder: Path) -> EvidenceKeys | None:
    """Give the keys of an installation that has them already."""
    if not (folder / SIGNING).exists() or not (folder / HOLDER).exists():
        return None
    return EvidenceKeys(_read(folder / SIGNING), _read(folder / HOLDER))


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether a signature was made over this message by the holder of the secret half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(given: str) -> bytes:
    """Read a public key: 64 hex digits, or a file that holds them.

    Raises
    ------
    InputError
        it is neither.
    """
    if _HEX.fullmatch(given.strip()):
        return bytes.fromhex(given.strip())
    try:
        with Path(given).open("rb") as file:
            written = file.read(_LARGEST_KEY_FILE).decode("utf-8-sig").split()
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "不是文本"
        raise InputError(
            f"--key 应为 64 位十六进制公钥，或写着公钥的文件；现在给的读不了（{reason}）。"
        ) from error
    found = [word for word in written if _HEX.fullmatch(word)]
    if len(found) != 1:
        raise InputError(f"{Path(given).name}：里面应有且只有一个 64 位十六进制公钥。")
    return bytes.fromhex(found[0])


def _kept(path: Path, entropy: Entropy) -> bytes:
    if not path.exists():
        try:
            make_key_file(path, entropy(KEY_BYTES))
        except OSError as error:
            raise ZhengkaoError(
                f"写不了密钥文件 {path}（{os_reason(error)}）。请检查 ZHENGKAO_HOME 的权限和磁盘空间。"
            ) from error
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise ZhengkaoError(f"密钥文件 {path} 读不了（{os_reason(error)}）。请检查权限。") from error
    if len(key) != KEY_BYTES:
        raise ZhengkaoError(f"密钥文件 {path} 不是 32 字节，已损坏。请从备份放回原来的文件。")
    return key
