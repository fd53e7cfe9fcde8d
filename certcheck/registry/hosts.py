"""Which hosts are this machine, and when two addresses name one site."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Say whether a host, without a port, is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_this_machine(host: str) -> bool:
    """Say whether a host, with or without a port, is this machine."""
    return is_loopback(urlsplit(f"//{host}").hostname or "")


def same_site(first: str, second: str) -> bool:
    """Say whether two hosts (with ports) are one site; the replica may get another port each time."""
    return first == second or (is_this_machine(first) and is_this_machine(second))
