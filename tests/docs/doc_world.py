"""A world in which every address of the pages' examples answers: the sites stand on this machine, and no clock runs."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from loopback import PUBLIC, Clock, Page, serving
from twosource.sources.web_world import World

ARTICLE = (
    "<html lang=en><head><title>Two barges sink off Karsmouth</title></head><body><article><h1>Two barges sink off Karsmouth</h1>"
    "<p>Two barges sank off Karsmouth on Monday night, the harbour master said. Five people were hurt.</p>"
    "<p>The coast guard looked for a sixth until Tuesday morning, and found the buoy of {path}.</p></article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
    "<item><title>Two barges sink off Karsmouth</title><link>{host}/barges.html</link></item></channel></rss>"
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>{host}/barges.html</loc></url></urlset>"
)


def answer(handler: BaseHTTPRequestHandler) -> None:
    """A feed or a sitemap where the address says so, no robots.txt, else an article."""
    path, host = handler.path, f"https://{handler.headers['Host']}"
    xml = {"Content-Type": "application/xml"}
    if path == "/robots.txt":
        Page("none", 404)(handler)
    elif "feed" in path:
        Page(FEED.format(host=host), headers=xml)(handler)
    elif "sitemap" in path:
        Page(SITEMAP.format(host=host), headers=xml)(handler)
    else:
        Page(ARTICLE.format(path=path))(handler)


class Everywhere(dict[str, Any]):
    """Every path has the same answer."""

    def get(self, *_: object) -> Any:
        return answer


@dataclass(frozen=True)
class Certificate:
    file: Path

    @classmethod
    def made(cls, folder: Path, hosts: Sequence[str]) -> Certificate:
        """Raises FileNotFoundError where openssl is not installed."""
        names = ",".join(f"DNS:{host}" for host in hosts)
        command = (
            f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=example "
            f"-addext subjectAltName={names} -keyout {folder}/key.pem -out {folder}/cert.pem"
        )
        subprocess.run(command.split(), check=True, capture_output=True)
        both = folder / "site.pem"
        both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
        return cls(both)


@contextmanager
def outside(certificate: Certificate) -> Iterator[World]:
    """The world, while it is there."""
    from httpcore2 import SyncBackend

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate.file)
    clock = Clock(tick=0.001)
    with serving(tls) as secure, serving() as plain:
        secure.pages = plain.pages = Everywhere()

        def resolve(host: str, port: int) -> Sequence[str]:
            return [host] if host.replace(".", "").isdigit() else [PUBLIC]

        def connect(ip: str, port: int, seconds: float) -> Any:
            return SyncBackend().connect_tcp("127.0.0.1", secure.port if port == 443 else plain.port, seconds)

        yield World(
            resolve=resolve, connect=connect, certificates=lambda: ssl.create_default_context(cafile=str(certificate.file)),
            now=clock.now, monotonic=clock.monotonic, sleep=clock.sleep, jitter=lambda: 0.5,
        )  # fmt: skip
