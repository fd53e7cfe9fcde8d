"""Which hosts are this machine, and when two addresses name one site."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def same_site(first: str, second: str) -> bool:
    """Say whether two hosts (with ports) are one site; the replica may get another port each time."""
    return first == second or (is_loopback(_bare(first)) and is_loopback(_bare(second)))


def _bare(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""
