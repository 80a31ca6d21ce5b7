"""The guarded fetch against a site that does whatever a hostile one may do. Names, connections and the clock are ours."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopback import PUBLIC, Clock, Page, Site, moved, serving, world
from twosource.errors import Forbidden, SourceError, TooLarge, Unanswered
from twosource.sources import web_exchange
from twosource.sources.capture import Redirect
from twosource.sources.web import Web
from twosource.sources.web_guard import inside

HOST = "http://harbour.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


# --- what is kept ---------------------------------------------------------------------------------------------------------------


def test_a_capture_keeps_the_way_the_answer_and_the_time(site: Site) -> None:
    site.pages["/old"] = moved("/new?x=1#part", 301)
    site.pages["/new?x=1"] = Page(
        "<p>Two barges sank.</p>",
        headers={"ETag": '"7"', "Set-Cookie": "a=b", "Last-Modified": "Tue, 01 Apr 2031 10:00:00 GMT"},
    )
    outside, _ = world(site)
    capture = Web(world=outside).get(f"{HOST}/old")
    assert capture.address == f"{HOST}/old"
    assert capture.redirects == (Redirect(f"{HOST}/old", 301),)
    assert capture.final == f"{HOST}/new?x=1"
    assert (capture.status, capture.body, capture.peer) == (200, b"<p>Two barges sank.</p>", PUBLIC)
    assert (capture.etag, capture.modified) == ('"7"', "Tue, 01 Apr 2031 10:00:00 GMT")
    assert (capture.media_type, capture.charset) == ("text/html", "utf-8")
    assert capture.header("set-cookie") is None
    assert capture.retrieved == "2031-04-01T12:00:00Z"
    assert capture.tool.startswith("twosource/")
    assert len(capture.sha256) == 64


def test_we_say_who_we_are_and_keep_the_name_of_the_host(site: Site) -> None:
    site.pages["/a"] = Page("a")
    outside, _ = world(site)
    Web(world=outside).get(f"{HOST}/a")
    path, headers = site.asked[-1]
    assert path == "/a"
    assert headers["host"] == "harbour.example"
    assert headers["user-agent"].startswith("twosource/")
    assert "cookie" not in headers


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers["If-None-Match"] == '"7"'
        (Page(status=304) if same else Page("new", headers={"ETag": '"7"'}))(handler)

    site.pages["/a"] = page
    outside, _ = world(site)
    web = Web(world=outside)
    first = web.get(f"{HOST}/a")
    again = web.get(f"{HOST}/a", etag=first.etag, modified=first.modified)
    assert (first.unchanged, again.unchanged, again.body) == (False, True, b"")
    site.pages["/b"] = Page(status=304)
    with pytest.raises(Unanswered, match="304"):
        web.get(f"{HOST}/b")


# --- what points inside -----------------------------------------------------------------------------------------------------------

INSIDE = """
127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.1.1 169.254.169.254 100.64.0.1 100.100.100.200
168.63.129.16 192.0.0.192 198.18.0.1 224.0.0.1 239.255.255.250 255.255.255.255 240.0.0.1 192.0.2.1
:: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 3fff::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a9fe:a9fe::1 100::1
4000::1 nonsense
""".split()
OUTSIDE = (
    "1.1.1.1 9.9.9.9 172.32.0.1 100.128.0.1 2606:4700::1111 ::ffff:9.9.9.9 64:ff9b::909:909 2002:909:909::1".split()
)


@pytest.mark.parametrize("ip", INSIDE)
def test_an_address_inside_is_closed(ip: str) -> None:
    assert inside(ip)


@pytest.mark.parametrize("ip", OUTSIDE)
def test_an_address_of_the_internet_is_open(ip: str) -> None:
    assert inside(ip) is None


@given(st.ip_addresses())
def test_what_the_standard_library_calls_not_global_is_closed(ip: object) -> None:
    import ipaddress

    assert isinstance(ip, ipaddress.IPv4Address | ipaddress.IPv6Address)
    if not ip.is_global or ip.is_multicast:
        assert inside(str(ip))


def test_allow_private_opens_the_inside_but_no_address_that_is_none() -> None:
    assert [
        inside(ip, allow_private=True) for ip in ("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fd00::1")
    ] == [None] * 5
    assert all(inside(ip, allow_private=True) for ip in ("224.0.0.1", "ff02::1", "255.255.255.255", "2001:db8::1"))


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:192.168.0.1"])
def test_a_name_that_leads_inside_is_not_asked(site: Site, ip: str) -> None:
    outside, wires = world(site, harbour=[[ip]])
    with pytest.raises(Forbidden, match="--allow-private"):
        Web(world=outside).get(f"{HOST}/a")
    assert (wires.connected, site.asked) == ([], [])


def test_one_address_inside_among_many_closes_the_name(site: Site) -> None:
    outside, wires = world(site, harbour=[[PUBLIC, "10.0.0.1"]])
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1, a private network"):
        Web(world=outside).get(f"{HOST}/a")
    assert wires.connected == []


@pytest.mark.parametrize("form", ["127.0.0.1", "[::1]", "[::ffff:7f00:1]"])
def test_an_address_written_as_a_number_is_checked_too(site: Site, form: str) -> None:
    outside, wires = world(site)
    with pytest.raises(Forbidden):
        Web(world=outside).get(f"http://{form}/a")
    assert wires.connected == []


def test_a_number_in_another_notation_leads_where_the_system_says() -> None:
    with pytest.raises(Forbidden, match="this machine itself"):
        Web().get("http://2130706433/")


def test_a_redirect_inside_is_not_followed(site: Site) -> None:
    for n, location in enumerate(
        ("http://127.0.0.1/", "http://inner.example/", "//inner.example/a", "http://[::1]:8080/")
    ):
        site.pages[f"/{n}"] = moved(location)
        outside, wires = world(site, inner=[["192.168.1.1"]])
        with pytest.raises(Forbidden, match="it leads to http") as wrong:
            Web(world=outside).get(f"{HOST}/{n}")
        assert wrong.value.file == f"{HOST}/{n}"
        assert {ip for ip, _ in wires.connected} == {PUBLIC}


def test_a_name_that_changes_its_mind_gains_nothing(site: Site) -> None:
    """The connection goes to the address that was checked; the next one is checked anew."""
    site.pages["/a"] = Page("a")
    outside, wires = world(site, harbour=[[PUBLIC], [PUBLIC], ["127.0.0.1"]])
    web = Web(world=outside)
    assert web.get(f"{HOST}/a").peer == PUBLIC
    assert wires.looked_up == ["harbour.example"] * 2  # once for robots.txt, once for the page
    assert wires.connected == [(PUBLIC, 80)] * 2
    with pytest.raises(Forbidden, match=r"127\.0\.0\.1"):
        web.get(f"{HOST}/a")
    assert len(wires.connected) == 2


def test_robots_txt_may_not_lead_inside_either(site: Site) -> None:
    site.pages["/robots.txt"] = moved("http://inner.example/secret")
    outside, wires = world(site, inner=[["10.0.0.1"]])
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        Web(world=outside).get(f"{HOST}/a")
    assert wires.connected == [(PUBLIC, 80)]


def test_loopback_is_asked_where_it_is_allowed(site: Site) -> None:
    site.pages["/a"] = Page("a")
    assert Web(allow_private=True).get(f"{site.url}/a").body == b"a"
    with pytest.raises(Forbidden, match="this machine itself"):
        Web().get(f"{site.url}/a")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://harbour.example/a",
        "file:///etc/passwd",
        "http:///a",
        "https:a",
        "http://ex\nample/",
        "http://x:99999/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_the_web_is_said(site: Site, address: str) -> None:
    outside, wires = world(site)
    with pytest.raises(SourceError, match=r"address|port"):
        Web(world=outside).get(address)
    assert wires.looked_up == []


@pytest.mark.parametrize(
    "address", ["http://user:word@harbour.example/", "http://harbour.example:25/", "http://harbour.example:22/"]
)
def test_passwords_and_other_services_are_refused(site: Site, address: str) -> None:
    outside, wires = world(site)
    with pytest.raises(Forbidden):
        Web(world=outside).get(address)
    assert wires.looked_up == []


# --- redirects --------------------------------------------------------------------------------------------------------------------


def test_redirects_end(site: Site) -> None:
    outside, _ = world(site)
    site.pages["/circle"], site.pages["/again"] = moved("/again"), moved("/circle")
    with pytest.raises(Unanswered, match="in a circle"):
        Web(world=outside).get(f"{HOST}/circle")
    for n in range(30):
        site.pages[f"/{n}"] = moved(f"/{n + 1}")
    with pytest.raises(Unanswered, match="more than 10 times"):
        Web(world=outside).get(f"{HOST}/0")
    site.pages["/nowhere"], site.pages["/odd"] = moved(""), moved("http://quay.example:port/")
    with pytest.raises(Unanswered, match="where to"):
        Web(world=outside).get(f"{HOST}/nowhere")
    with pytest.raises(Unanswered, match="no address"):
        Web(world=outside).get(f"{HOST}/odd")
    for scheme in ("file:///etc/passwd", "ftp://harbour.example/", "data:text/html,hi"):
        site.pages["/odd"] = moved(scheme)
        with pytest.raises(SourceError, match="no address of the web"):
            Web(world=outside).get(f"{HOST}/odd")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for harbour.example, made once: the key and the certificate in one file."""
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "site.pem"
    command = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=harbour.example "
        f"-addext subjectAltName=DNS:harbour.example -keyout {folder}/key.pem -out {folder}/cert.pem"
    )
    try:
        subprocess.run(command.split(), check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed: no certificate can be made for a server of ours")
    made.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return made


@pytest.fixture
def secure(certificate: Path) -> Iterator[Site]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with serving(tls) as site:
        yield site


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_over_tls_the_name_is_verified_though_the_address_is_pinned(secure: Site, certificate: Path) -> None:
    from dataclasses import replace

    secure.pages["/a"] = Page("a")
    outside, wires = world(secure)
    outside = replace(outside, certificates=lambda: trusting(certificate))
    assert Web(world=outside).get("https://harbour.example/a").body == b"a"
    assert wires.connected == [(PUBLIC, 443)] * 2
    with pytest.raises(Forbidden, match="certificate"):
        Web(world=outside).get("https://quay.example/a")
    with pytest.raises(Forbidden, match="certificate"):  # nobody vouches for ours
        Web(world=replace(outside, certificates=ssl.create_default_context)).get("https://harbour.example/a")


def test_tls_is_not_given_up(secure: Site, certificate: Path) -> None:
    from dataclasses import replace

    secure.pages["/a"] = moved("http://harbour.example/b")
    outside, wires = world(secure)
    with pytest.raises(Forbidden, match="from https to plain http"):
        Web(world=replace(outside, certificates=lambda: trusting(certificate))).get("https://harbour.example/a")
    assert {port for _, port in wires.connected} == {443}


# --- too much, too slow, too odd --------------------------------------------------------------------------------------------------


def test_an_endless_body_is_cut_off(site: Site) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"word " * 1000)
            sent += 5000

    site.pages["/endless"] = endless
    outside, _ = world(site)
    with pytest.raises(TooLarge, match="larger than 3 MB"):
        Web(world=outside).get(f"{HOST}/endless", most=3 << 20)
    assert sent < 20 << 20


def test_endless_headers_are_cut_off(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-More: " + b"x" * 4000 + b"\r\n")

    site.pages["/endless"] = endless
    outside, _ = world(site)
    with pytest.raises(SourceError):
        Web(world=outside).get(f"{HOST}/endless")


def test_a_small_answer_that_unpacks_without_end_is_cut_off(site: Site) -> None:
    bomb = gzip.compress(bytes(30 << 20))
    site.pages["/bomb"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    outside, _ = world(site)
    with pytest.raises(TooLarge, match="larger than 1 MB"):
        Web(world=outside).get(f"{HOST}/bomb", most=1 << 20)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Two barges sank.")),
        ("GZIP", gzip.compress(b"Two barges ") + gzip.compress(b"sank.")),
        ("gzip", gzip.compress(b"Two barges sank.") + b"\0\0\0"),
        ("deflate", zlib.compress(b"Two barges sank.")),
        ("deflate", zlib.compress(b"Two barges sank.")[2:-4]),
        ("identity", b"Two barges sank."),
    ],
)
def test_what_came_packed_is_unpacked(site: Site, coding: str, packed: bytes) -> None:
    site.pages["/a"] = Page(packed, headers={"Content-Encoding": coding})
    outside, _ = world(site)
    assert Web(world=outside).get(f"{HOST}/a").body == b"Two barges sank."


@pytest.mark.parametrize(
    ("coding", "packed", "why"),
    [
        ("br", b"\x0b\x02\x80", "packed as br"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"a")), "packed as gzip, gzip"),
        ("gzip", b"no gzip at all", "cannot be unpacked"),
        ("gzip", gzip.compress(b"Two barges sank.")[:-9], "breaks off"),
    ],
)
def test_what_cannot_be_unpacked_is_said(site: Site, coding: str, packed: bytes, why: str) -> None:
    site.pages["/a"] = Page(packed, headers={"Content-Encoding": coding})
    outside, _ = world(site)
    with pytest.raises(Unanswered, match=why):
        Web(world=outside).get(f"{HOST}/a")


def test_an_answer_cut_short_is_no_page(site: Site) -> None:
    site.pages["/a"] = Page("Two barges", headers={"Content-Length": "400"})
    outside, _ = world(site)
    with pytest.raises(Unanswered, match="no whole answer"):
        Web(world=outside).get(f"{HOST}/a")


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "text/css; charset=utf-8"])
def test_what_is_no_report_by_its_type_is_not_taken(site: Site, kind: str) -> None:
    site.pages["/a"] = Page(b"x" * 100, headers={"Content-Type": kind})
    outside, _ = world(site)
    with pytest.raises(Unanswered, match="not a report"):
        Web(world=outside).get(f"{HOST}/a")


def test_a_drip_is_not_waited_for_without_end(site: Site) -> None:
    """The site never falls silent, and its answer takes too long all the same: by our clock, which here moves when it is looked at."""

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()

    site.pages["/drips"] = drips
    outside, _ = world(site, Clock(tick=0.5))
    with pytest.raises(Unanswered, match="took more than 60 s"):
        Web(world=outside).get(f"{HOST}/drips")


def test_silence_is_not_waited_for_without_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    over = threading.Event()
    site.pages["/silent"] = lambda handler: over.wait() and None
    monkeypatch.setattr(web_exchange, "SILENCE_SECONDS", 0.05)
    outside, _ = world(site)
    with pytest.raises(Unanswered, match="nothing came"):
        Web(world=outside).get(f"{HOST}/silent")
    over.set()


def test_what_is_no_http_is_said(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n") and None
    outside, _ = world(site)
    with pytest.raises(Unanswered, match="no whole answer of a web server"):
        Web(world=outside).get(f"{HOST}/a")


# --- politeness -------------------------------------------------------------------------------------------------------------------


def test_a_site_that_forbids_us_is_not_read(site: Site) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /inner\n\nUser-agent: other\nDisallow: /")
    site.pages["/a"] = Page("a")
    site.pages["/moved"] = moved("/inner/a")
    outside, _ = world(site)
    web = Web(world=outside)
    assert web.get(f"{HOST}/a").body == b"a"
    with pytest.raises(Forbidden, match="asks programs not to read it"):
        web.get(f"{HOST}/inner/a")
    with pytest.raises(Forbidden, match="asks programs not to read it"):
        web.get(f"{HOST}/moved")
    assert "/inner/a" not in site.paths
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "read"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_robots_txt_that_is_not_there_forbids_nothing_and_one_that_fails_all(
    site: Site, status: int, read: bool
) -> None:
    site.pages["/robots.txt"] = Page("oh", status)
    site.pages["/a"] = Page("a")
    outside, _ = world(site)
    if read:
        assert Web(world=outside).get(f"{HOST}/a").body == b"a"
    else:
        with pytest.raises(Unanswered, match=rf"robots.txt.*\({status}\)"):
            Web(world=outside).get(f"{HOST}/a")
        assert site.paths == []


def test_a_robots_txt_made_to_choke_on_forbids_all(site: Site) -> None:
    lines = [f"User-agent: a{n}" for n in range(5_000)] + [f"Disallow: /{n}" for n in range(5_000)]
    site.pages["/robots.txt"] = Page("\n".join(lines))
    outside, _ = world(site)
    with pytest.raises(Forbidden, match="more rules than can be weighed"):
        Web(world=outside).get(f"{HOST}/a")


def test_a_host_is_visited_once_a_second_or_as_seldom_as_it_asks(site: Site) -> None:
    site.pages["/a"] = Page("a")
    site.pages["/m"] = moved("/a")
    clock = Clock()
    outside, _ = world(site, clock)
    web = Web(world=outside)
    for path in ("/a", "/m", "/a"):
        web.get(HOST + path)
    assert clock.slept == [1.0, 1.0]  # a redirect within the host is one visit
    web.get("http://quay.example/a")
    assert clock.slept == [1.0, 1.0]
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 7")
    for _ in range(2):
        web.get("http://pier.example/a")
    assert clock.slept == [1.0, 1.0, 7.0]
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 86400")
    for _ in range(2):
        web.get("http://mole.example/a")
    assert clock.slept[-1] == 30.0


def failing(times: int, page: Page, then: Page) -> tuple[list[str], object]:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        (page if len(asked) <= times else then)(handler)

    return asked, answer


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_site_is_asked_again_later(site: Site, status: int) -> None:
    asked, site.pages["/a"] = failing(2, Page("busy", status), Page("a"))  # type: ignore[assignment]
    clock = Clock()
    outside, _ = world(site, clock)
    assert Web(world=outside).get(f"{HOST}/a").body == b"a"
    assert len(asked) == 3
    assert clock.slept == [
        1.0,
        2.0,
    ]  # half of 2 and of 4, by the jitter of this world; the gap of the host is over by then


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("7", 7.0),
        ("Tue, 01 Apr 2031 12:00:30 GMT", 30.0),
        ("soon", 1.0),
        ("-5", 1.0),
        ("Tue, 01 Apr 2031 11:00:00 GMT", 1.0),
    ],
)
def test_a_site_is_left_alone_for_as_long_as_it_asks(site: Site, said: str, waited: float) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(503)
        for name, value in {
            "Retry-After": said,
            "Date": "Tue, 01 Apr 2031 12:00:00 GMT",
            "Content-Length": "0",
        }.items():
            handler.send_header(name, value)
        handler.end_headers()

    _, site.pages["/a"] = failing(1, busy, Page("a"))  # type: ignore[arg-type,assignment]
    clock = Clock()
    outside, _ = world(site, clock)
    assert Web(world=outside).get(f"{HOST}/a").body == b"a"
    assert clock.slept == [waited]


def test_who_asks_for_too_long_a_wait_is_named(site: Site) -> None:
    site.pages["/a"] = Page(status=429, headers={"Retry-After": "3600"})
    clock = Clock()
    outside, _ = world(site, clock)
    with pytest.raises(Unanswered, match="left alone for 3600 s") as wrong:
        Web(world=outside).get(f"{HOST}/a")
    assert (wrong.value.status, wrong.value.again, clock.slept) == (429, 3600.0, [])


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 418, 501])
def test_a_refusal_is_taken_for_an_answer(site: Site, status: int) -> None:
    site.pages["/a"] = Page("no", status)
    outside, _ = world(site)
    with pytest.raises(Unanswered, match=rf"\({status}\)") as wrong:
        Web(world=outside).get(f"{HOST}/a")
    assert (wrong.value.status, wrong.value.again) == (status, None)
    assert site.paths == ["/a"]


def test_a_dead_site_is_given_up_after_three_attempts(site: Site) -> None:
    from dataclasses import replace

    import httpcore2

    tried = []

    def dead(ip: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        tried.append(ip)
        raise httpcore2.ConnectError("connection refused")

    outside, _ = world(site)
    with pytest.raises(Unanswered, match="cannot be reached"):
        Web(world=replace(outside, connect=dead)).get(f"{HOST}/a")
    assert tried == [PUBLIC] * 3
