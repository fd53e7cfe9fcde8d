"""Check a bundle of evidence (evidence.zip) with nothing but Python's standard library.

    python verify_evidence.py BUNDLE PUBLICKEY

PUBLICKEY is 64 hex digits or a file that holds them (``zhengkao evidence key``); without it the
bundle's own key is used, which tells that nothing was changed since, and not who signed.
Exit code: 0 good, 1 something was changed, 2 not a bundle or unreadable. Written from
evidence-format.md, apart from the program that makes bundles; it shares no line with it.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

FORMAT = "zhengkao-evidence/1"
P = 2**255 - 19  # the field of Curve25519, and Ed25519 over it: RFC 8032, section 5.1
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z


def add(p: Point, q: Point) -> Point:
    """Add two points (RFC 8032, section 5.1.4)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, point: Point) -> Point:
    """Multiply a point."""
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def decoded(text: bytes) -> Point | None:
    """Read a point from its 32 bytes (RFC 8032, section 5.1.3); None where they are none."""
    number = int.from_bytes(text, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def encoded(point: Point) -> bytes:
    """Write a point as its 32 bytes."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Verify an Ed25519 signature (RFC 8032, section 5.1.7)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, first, second = decoded(public), signature[:32], int.from_bytes(signature[32:], "little")
    if key is None or second >= ORDER:
        return False
    base = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    h = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % ORDER
    minus_key: Point = (P - key[0], key[1], key[2], P - key[3])
    return base is not None and encoded(add(times(second, base), times(h, minus_key))) == first


def read_zip(data: bytes) -> list[tuple[bytes, bytes]]:
    """Read entries one after the other, from the first byte on."""
    entries, place = [], 0
    while data[place : place + 4] == b"PK\x03\x04" and place + 30 <= len(data):
        size, named = struct.unpack_from("<IH", data, place + 22)
        start = place + 30 + named
        if start + size > len(data):
            break
        entries.append((data[place + 30 : start], data[start : start + size]))
        place = start + size
    return entries


def written_zip(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Write entries as the format wants it, so that every byte of the file is compared."""
    local, central, offset = [], [], 0
    for name, content in entries:
        common = struct.pack("<4H3I", 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content))
        local += [b"PK\x03\x04\x14\0" + common + struct.pack("<2H", len(name), 0) + name, content]
        end = struct.pack("<5H2I", len(name), 0, 0, 0, 0, 0, offset)
        central.append(b"PK\x01\x02\x14\0\x14\0" + common + end + name)
        offset += 30 + len(name) + len(content)
    count, size = len(central), sum(map(len, central))
    tail = b""
    if count >= 0xFFFF or offset >= 0xFFFFFFFF:
        tail = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, count, count, size, offset)
        tail += b"PK\x06\x07" + struct.pack("<IQI", 0, offset + size, 1)
    fields = (0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, min(offset, 0xFFFFFFFF), 0)
    return b"".join([*local, *central, tail, b"PK\x05\x06", struct.pack("<4H2IH", *fields)])


def problems(data: bytes, pinned: bytes | None) -> tuple[list[str], dict[str, Any]]:
    """Give everything that is wrong with a bundle, in words, and its manifest."""
    entries = read_zip(data)
    found = [] if written_zip(entries) == data else ["文件不是写成时的样子：有字节被改动、截断或添加过。"]
    if [name for name, _ in entries[-2:]] != [b"manifest.json", b"signature"]:
        return [*found, "末尾没有 manifest.json 和 signature。"], {}
    manifest, signature = entries[-2][1], entries[-1][1]
    try:
        told = json.loads(manifest)
        stated = [(str(one["name"]), str(one["size"]), str(one["sha256"])) for one in told["entries"]]
        own, run, chain = bytes.fromhex(told["public_key"]), told["run"]["name"], told["chain"]
        good = told["format"] == FORMAT and re.fullmatch("[0-9A-Za-z-]{1,64}", run) is not None
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        return [*found, "manifest.json 读不懂。"], {}
    if pinned and pinned != own:
        found.append("包内写明的公钥不是所给的公钥。")
    if not is_signed(pinned or own, signature, f"{FORMAT}\n".encode() + manifest):
        found.append("签名不对。")
    head = hashlib.sha256(f"{FORMAT}\n{run}".encode()).digest()
    there = []
    for name, content in entries[:-2]:
        digest = hashlib.sha256(content)
        head = hashlib.sha256(head + hashlib.sha256(name).digest() + digest.digest()).digest()
        there.append((name.decode("latin-1"), str(len(content)), digest.hexdigest()))
    changed = [name for name, *_ in sorted(set(there) ^ set(stated))]
    found += [f"{name!a}：与清单不符。" for name in dict.fromkeys(changed)]
    if there != stated or head.hex() != chain:
        found.append("条目、次序或哈希链与清单不符。")
    numbers = range(1, (len(there) - 2) // 2 + 1)
    pairs = [f"exchanges/{number:04d}.{kind}" for number in numbers for kind in ("json", "sealed")]
    wanted = ["zhengkao-evidence.txt", "key.wrapped", *pairs]
    if [name for name, *_ in there] not in (wanted, [*wanted, "timestamp.tsr"]):
        found.append("条目不是证据包应有的那些。")
    return found, told


def read_key(given: str) -> bytes | None:
    """Read 64 hex digits, or the file that holds them; None where there are none."""
    if not re.fullmatch("[0-9a-fA-F]{64}", given):
        words = Path(given).read_text(encoding="utf-8-sig").split()
        given = next((word for word in words if re.fullmatch("[0-9a-fA-F]{64}", word)), "")
    return bytes.fromhex(given) or None


def main(arguments: list[str]) -> int:
    """Check the bundle that the command line names."""
    if len(arguments) not in (1, 2):
        print("用法：python verify_evidence.py 证据包 公钥（64 位十六进制，或写着它的文件）")
        return 2
    try:
        data, pinned = Path(arguments[0]).read_bytes(), read_key(arguments[1]) if arguments[1:] else None
    except (OSError, ValueError):
        print("文件打不开，或公钥文件不是文本。")
        return 2
    if b"zhengkao-evidence" not in data or (arguments[1:] and pinned is None):
        print("这不是证据包，或公钥不是 64 位十六进制。")
        return 2
    found, manifest = problems(data, pinned)
    if found:
        print("\n".join([*found, "结论：证据包被改动过，不能作为依据。"]))
        return 1
    print(
        f"核验 {manifest['run']['name']}，条目 {len(manifest['entries'])} 个，公钥 {bytes.fromhex(manifest['public_key']).hex()}"
    )
    print("检查了：文件的每一个字节、每个条目的 SHA-256、条目的次序和哈希链、清单的 Ed25519 签名。")
    print(
        "没有检查：加密部分的内容（没有密钥看不到）；时间（是签名方自己的时间，时间戳在这里也查不了）；平台的答复本身是否正确。"
    )
    print("公钥是所给的公钥。" if pinned else "没有给公钥，只用了包内自带的公钥：不能说明是谁签的。")
    print("结论：没有被改动。")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
