"""Time-stamps of RFC 3161: somebody else's word that the exchanges of a bundle were there at a moment.

What is stamped is the value of the hash chain over everything before the stamp, so the stamp is an
entry like any other, and the signature covers it. Without the service's root certificate it can
only be told what moment a stamp states, not that it is true.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import rfc3161_client as rfc3161
import urllib3
from cryptography import x509

from common.errors import InputError, ZhengkaoError
from common.files import os_reason

_GRANTED = (rfc3161.PKIStatus.GRANTED, rfc3161.PKIStatus.GRANTED_WITH_MODS)
_SHA256_OID = "2.16.840.1.101.3.4.2.1"
_SECONDS = (10, 20)  # to connect; between two pieces of the answer
_MOST_BYTES, _MOST_SECONDS, _CHUNK = 65_536, 30, 4096


class _Session(requests.Session):
    """A session that does not even look at where a redirect leads, nor reads its body unbounded."""

    def get_redirect_target(self, resp: Any) -> str | None:
        """Know of no redirect."""
        return None


class StampError(ZhengkaoError):
    """A stamp is none, or not of this chain, or not of a service that is trusted."""


class Stamper:
    """Gets a stamp, or keeps the one that an earlier bundle of the same exchanges has.

    Parameters
    ----------
    address
        of the service; "" asks nobody. Only a hash goes there.
    earlier
        the stamp of an earlier bundle, if there is one.
    """

    def __init__(self, address: str, earlier: bytes | None) -> None:
        self._address, self._earlier = address, earlier
        self.problem = ""

    def __call__(self, head: bytes) -> bytes | None:
        """Give a stamp of a chain, or None and say why in ``problem``: a run never fails for it."""
        if self._earlier is not None:
            try:
                stated_moment(self._earlier, head)
            except StampError:
                pass  # of fewer exchanges than there are now
            else:
                return self._earlier
        if not self._address:
            return None
        try:
            answer = self._ask(head)
            stated_moment(answer, head)
        except (requests.RequestException, urllib3.exceptions.HTTPError):
            self.problem = "时间戳服务没有答复"
        except StampError as error:
            self.problem = str(error)
        else:
            return answer
        return None

    def _ask(self, head: bytes) -> bytes:
        request = rfc3161.TimestampRequestBuilder(head, rfc3161.HashAlgorithm.SHA256, nonce=False).build()
        headers = {"Content-Type": "application/timestamp-query"}
        with _Session() as session:
            session.trust_env = False
            with session.post(
                self._address,
                request.as_bytes(),
                headers=headers,
                timeout=_SECONDS,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise StampError(f"时间戳服务没有正常答复（HTTP {response.status_code}）")
                return _bounded(response)


def _bounded(response: requests.Response) -> bytes:
    """Read piece by piece as they arrive, so that drops of a slow answer meet the deadline, too."""
    deadline = time.monotonic() + _MOST_SECONDS
    content = b""
    while piece := response.raw.read1(_CHUNK, decode_content=True):
        content += piece
        if len(content) > _MOST_BYTES or time.monotonic() > deadline:
            raise StampError("时间戳服务的答复过大或太慢")
    return content


def check_address(address: str) -> None:
    """Refuse what is no address of a service.

    Raises
    ------
    InputError
        it is not.
    """
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise InputError(
            "--timestamp 应为时间戳服务的网址，例如 https://tsa.example.com/tsr。请检查所给的值。"
        )


def stated_moment(stamp: bytes, head: bytes) -> dt.datetime:
    """Give the moment that a stamp states for this chain; who states it is not looked at.

    Raises
    ------
    StampError
        it is no stamp, or one of something else.
    """
    try:
        answer = rfc3161.decode_timestamp_response(stamp)
        granted = answer.status in _GRANTED
        info = answer.tst_info
        imprint = info.message_imprint
    except ValueError as error:
        raise StampError("时间戳读不懂") from error
    if not granted:
        raise StampError("时间戳服务拒绝了请求")
    hashed = hashlib.sha256(head).digest()
    if imprint.hash_algorithm.dotted_string != _SHA256_OID or imprint.message != hashed:
        raise StampError("时间戳不是给这些条目的")
    return info.gen_time


def check_stamp(stamp: bytes, head: bytes, roots: list[x509.Certificate]) -> dt.datetime:
    """Give the moment that a stamp proves, by the root certificates that are trusted.

    Raises
    ------
    StampError
        it does not prove any.
    """
    moment = stated_moment(stamp, head)
    builder = rfc3161.VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(rfc3161.decode_timestamp_response(stamp), head)
    except Exception as error:  # for a damaged certificate the parsers raise what they like
        raise StampError("时间戳的签名不对，或不是所给根证书之下的服务签的") from error
    return moment


def read_roots(path: Path) -> list[x509.Certificate]:
    """Read root certificates (PEM, one or more in a file).

    Raises
    ------
    InputError
        there are none.
    """
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path.name}：打不开（{os_reason(error)}）。请检查路径和权限。") from error
    except ValueError as error:
        raise InputError(f"{path.name}：不是 PEM 格式的证书。") from error
