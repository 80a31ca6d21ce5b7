"""Which addresses may be asked: whole web addresses by their form, network addresses by what they lead to.

Whoever writes a page, a feed or a redirect chooses where we connect, from inside the user's network. So no connection goes to what
only the inside can reach. The ranges stand here in full, by the registries of special-purpose addresses (IANA, 2025), because the
standard library's `is_global` differs from one Python to the next.
"""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING

from twosource.errors import Forbidden, Unanswered

if TYPE_CHECKING:
    import httpx2

_LOOPBACK, _PRIVATE, _NEAR = "this machine itself", "a private network", "a link-local network"
_SHARED, _MANY, _KEPT = "a provider's inner network", "many machines at once", "no machine: the range is kept back"
_METADATA = "a cloud's metadata service"

#: Ranges that no site of the web stands in, and what they are. The first that fits says it.
_CLOSED_4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("169.254.169.254/32", _METADATA),
        ("169.254.170.2/32", _METADATA),
        ("100.100.100.200/32", _METADATA),
        ("168.63.129.16/32", _METADATA),  # stands in a public range, and is inside all the same
        ("192.0.0.192/32", _METADATA),
        ("0.0.0.0/8", _LOOPBACK),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", _SHARED),
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.0.0/16", _NEAR),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.0/24", _KEPT),
        ("192.0.2.0/24", _KEPT),
        ("192.88.99.0/24", _KEPT),
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _PRIVATE),
        ("198.51.100.0/24", _KEPT),
        ("203.0.113.0/24", _KEPT),
        ("224.0.0.0/4", _MANY),
        ("240.0.0.0/4", _KEPT),
    )
)
_CLOSED_6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("fd00:ec2::254/128", _METADATA),
        ("fd20:ce::254/128", _METADATA),
        ("::/127", _LOOPBACK),
        ("fc00::/7", _PRIVATE),
        ("fec0::/10", _PRIVATE),
        ("fe80::/10", _NEAR),
        ("ff00::/8", _MANY),
        ("2001::/23", _KEPT),  # Teredo among them, which carries an IPv4 address within
        ("2001:db8::/32", _KEPT),
        ("3fff::/20", _KEPT),
    )
)
#: All that is given out to sites (RFC 4291, section 2.4), beside the translated ones below.
_OPEN_6 = IPv6Network("2000::/3")

#: IPv6 ranges that stand for an IPv4 address, and how many bits to the right of it.
_WITHIN = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::/96"), 0),  # compatible, out of use
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)

#: No address of any network, allowed or not: a connection there reaches nobody, or everybody.
_NEVER = frozenset({_MANY, _KEPT})

#: What answers on the ports below 1024 is a mail server or the like, but for these.
_WEB_PORTS = frozenset({80, 443})


def inside(ip: str, *, allow_private: bool = False) -> str | None:
    """Why no connection may go to `ip`; None where it may. With `allow_private` only what is no machine's address is closed.

    >>> inside("::ffff:10.0.0.1"), inside("1.1.1.1"), inside("127.0.0.1", allow_private=True)
    ('a private network', None, None)
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return "no network address"
    what = _closed(address)
    return None if allow_private and what not in _NEVER else what


def _closed(address: IPv4Address | IPv6Address) -> str | None:
    if isinstance(address, IPv4Address):
        return next((what for network, what in _CLOSED_4 if address in network), None)
    if what := next((what for network, what in _CLOSED_6 if address in network), None):
        return what
    for network, shift in _WITHIN:
        if address in network:
            return _closed(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return None if address in _OPEN_6 else _KEPT


def web_address(address: str, *, allow_private: bool = False) -> httpx2.URL:
    """`address` taken apart, without its fragment.

    Raises Unanswered where it is none of the web, Forbidden where it carries a password or names the port of another service.
    """
    import httpx2

    try:
        url = httpx2.URL(address.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise Unanswered(address, f"it is no address: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise Unanswered(address, "it is no address of the web: it must begin with https:// or http:// and name a host")
    if url.userinfo:
        raise Forbidden(address, "it carries a name or a password, which would stand in every record: leave them out")
    port = url.port or 443
    if port > 65535 or (port < 1024 and port not in _WEB_PORTS and not allow_private):
        raise Forbidden(address, f"its port {port} is not a web server's")
    return url


def next_address(here: httpx2.URL, location: str, *, allow_private: bool = False) -> httpx2.URL:
    """Where the redirect `location` leads from `here`.

    Raises what `web_address` does, and Forbidden where it would leave TLS for plain HTTP.
    """
    import httpx2

    try:
        joined = str(here.join(location))
    except (httpx2.InvalidURL, ValueError):
        raise Unanswered(str(here), f"it redirects to what is no address: {location[:200]!r}") from None
    there = web_address(joined, allow_private=allow_private)
    if here.scheme == "https" and there.scheme == "http":
        raise Forbidden(
            str(here), f"it redirects from https to plain http ({there}), where anyone on the way can change the page"
        )
    return there
