"""What is sealed in a bundle, opened by its holder into files that anybody can read."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from certcheck.evidence.bundle import KEY
from certcheck.evidence.keys import EvidenceKeys
from certcheck.evidence.naming import entry_name, sealed_name
from certcheck.evidence.sealing import BundleKey
from certcheck.evidence.verify import Verified
from common.errors import InputError, ZhengkaoError


def sealed_here_signed_elsewhere(bundle: Verified, keys: EvidenceKeys) -> bool:
    """Say whether a bundle was sealed with an installation's holder key and not signed with its signing key.

    The two keys lie in one folder: somebody changed the bundle and signed it anew, or the signing key was replaced.
    """
    if not bundle.manifest or bundle.public_key == keys.public:
        return False
    try:
        BundleKey.unwrapped(keys.holder, bundle.entries.get(KEY, b""))
    except InputError:
        return False
    return True


def opened(bundle: Verified, holder: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the files of every exchange, by their path in the folder to write them to.

    Raises
    ------
    InputError
        the bundle was sealed for another holder.
    ZhengkaoError
        an entry does not open, or not with the key that was signed for it.
    """
    key = BundleKey.unwrapped(holder, bundle.entries[KEY])
    for number in range(1, bundle.exchanges + 1):
        try:
            yield from _exchange(bundle, number, key)
        except (KeyError, TypeError, ValueError) as error:
            raise ZhengkaoError(f"{sealed_name(number)} 的内容不是证据包应有的。") from error


def _exchange(bundle: Verified, number: int, key: BundleKey) -> Iterator[tuple[str, bytes]]:
    about, name = bundle.entries[entry_name(number)], sealed_name(number)
    if json.loads(about)["key_commitment"] != key.commitment(name):
        raise ZhengkaoError(f"{name} 的密钥与签名时的不是同一把：不能作为依据。")
    private = json.loads(key.unseal(name, bundle.entries[name]))
    folder = f"{number:04d}"
    told = {part: private[part] for part in ("question", "headers", "error")}
    yield f"{folder}/about.json", about
    yield f"{folder}/question.json", _plain(json.dumps(told, ensure_ascii=False, indent=2))
    yield f"{folder}/answer.bin", base64.b64decode(private["body"])
    yield f"{folder}/page.html", _plain(private["page"])


def _plain(text: str) -> bytes:
    """Give text as UTF-8; half a character of a damaged cell becomes a question mark."""
    return text.encode("utf-8", "replace")
