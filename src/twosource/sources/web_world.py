"""What fetching takes from the world outside: names, connections, certificates, the time. Each is a function, so that a test can stand
in for it and none waits for a clock.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    from httpcore2 import NetworkStream


def _resolve(host: str, port: int) -> Sequence[str]:
    """The network addresses of `host`, in the order the system prefers them. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _connect(ip: str, port: int, seconds: float) -> NetworkStream:
    from httpcore2 import SyncBackend

    return SyncBackend().connect_tcp(ip, port, seconds)


def _certificates() -> ssl.SSLContext:
    from httpx2 import create_ssl_context

    return create_ssl_context()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class World:
    """The world as it is; a test replaces what it needs. `jitter` gives 0..1, `monotonic` seconds that only grow."""

    resolve: Callable[[str, int], Sequence[str]] = _resolve
    connect: Callable[[str, int, float], NetworkStream] = _connect
    certificates: Callable[[], ssl.SSLContext] = _certificates
    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
