"""Through which proxy a site is asked: none, unless one is configured."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from certcheck.registry.hosts import is_loopback
from common.errors import InputError


def proxies_for(setting: str, address: str) -> dict[str, str]:
    """Give the proxy for the scheme of an address, by scheme; empty for none.

    Parameters
    ----------
    setting
        ``none``, ``env`` (what the environment or the system names) or the proxy's address.
    address
        the site's, as ``base_address`` gives it.

    Raises
    ------
    InputError
        the setting is none of these, or personal data would reach the proxy unencrypted.
    """
    site = urlsplit(address)
    if setting == "none":
        return {}
    if setting == "env":
        proxy = getproxies().get(site.scheme, "")
        if not proxy or proxy_bypass(site.hostname or ""):
            return {}
    else:
        proxy = setting
        if "@" in proxy:
            raise InputError("--proxy 里不要写用户名和密码（会留在记录里）；需要密码的代理请用 --proxy env。")
    try:
        parts = urlsplit(proxy)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise InputError("--proxy 应为 none、env 或代理网址，例如 http://proxy.example.com:8080。")
    if site.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise InputError(
            "查询地址是 http，经过别的机器上的代理会泄露个人信息。请用 https 地址，或 --proxy none。"
        )
    return {site.scheme: proxy}
