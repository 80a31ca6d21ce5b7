"""`twosource watch` as it is run: lines of JSON, a command and a webhook that are told, and a kill at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from loopback import Clock, Page, Site, serving, world
from twosource.cli import main
from twosource.cli import watch as command
from twosource.cli.watch import listed
from twosource.errors import ArchiveError, SourceError, TwoSourceError, UsageError
from twosource.watch import Round, hooks
from twosource.watch.hooks import headers, webhook
from twosource.watch.outbox import Undelivered

FIRST = (
    "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said."
)
SECOND = "Two barges sank off Karsmouth on Monday, the rescue service said. Three people drowned."


def feed(link: str, text: str, title: str) -> Page:
    return Page(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><item><title>{title}</title><link>{link}</link><pubDate>Tue, 01 Apr 2031 10:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item></channel></rss>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/post"] = feed(f"{site.url}/post/1", FIRST, "The Karsmouth Post")
        site.pages["/quay"] = feed(f"{site.url}/quay/1", SECOND, "The Quay")
        yield site


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TWOSOURCE_ARCHIVE", raising=False)
    assert main(["archive", "init"]) == 0
    return tmp_path


def events(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def test_one_round_from_a_list_of_feeds(desk: Path, site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    opml = "".join(f'<outline type="rss" text="x" xmlUrl="{site.url}/{path}"/>' for path in ("post", "quay", "dead"))
    (desk / "feeds.opml").write_text(f'<opml version="2.0"><body>{opml}</body></opml>', encoding="utf-8")
    capfd.readouterr()
    assert main(["watch", "feeds.opml", "--once", "--allow-private"]) == 1
    out, err = capfd.readouterr()
    told = events(out)
    assert len(told) == len(out.splitlines())
    assert [e["event"] for e in told][:1] == ["new story"]
    assert "corroborated" in {e["event"] for e in told}
    assert f"{site.url}/dead: there is no such page (404)" in err
    assert main(["watch", "feeds.opml", "--once", "--allow-private"]) == 1
    assert capfd.readouterr().out == ""
    assert main(["archive", "check"]) == 0


def test_without_leave_nothing_inside_is_asked(desk: Path, site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert main(["watch", f"{site.url}/post", "--once"]) == 3
    assert "--allow-private" in capfd.readouterr().err
    assert site.asked == []


def test_a_command_is_run_for_each_event_with_its_words_on_standard_input(
    desk: Path, site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    site.pages["/post"] = feed(
        f"{site.url}/post/1", FIRST + " $(touch harmed) `touch harmed` ; touch harmed", "Post'; touch harmed; '"
    )
    capfd.readouterr()
    command = 'printf "%s " "$TWOSOURCE_EVENT" >> told; cat >> told'
    assert main(["watch", f"{site.url}/post", "--once", "--allow-private", "--on-change", command]) == 0
    (event,) = events(capfd.readouterr().out)
    kind, _, body = (desk / "told").read_text(encoding="utf-8").partition("{")
    assert kind == "new story "
    assert json.loads("{" + body) == event
    assert not (desk / "harmed").exists()


def test_a_command_that_fails_is_said_and_the_watch_goes_on(
    desk: Path, site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", f"{site.url}/post", "--once", "--allow-private", "--on-change", "exit 7"]) == 0
    assert "the command ended with 7" in capfd.readouterr().err


def test_a_command_that_never_ends_is_stopped_with_all_that_it_has_started(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.watch.hooks.SECONDS", 0.5)
    said: list[str] = []
    hooks.command("sleep 300 & echo $! > started; wait", said.append)('{"id": "v1", "event": "new story"}')
    assert "was stopped" in said[0]
    started = Path(f"/proc/{(desk / 'started').read_text().strip()}/stat")
    deadline = time.monotonic() + 20
    while started.exists() and started.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < deadline, "what the command started runs on"
        time.sleep(0.05)


def test_what_ended_a_command_is_said() -> None:
    said: list[str] = []
    hooks.command("kill -9 $$", said.append)('{"id": "v1", "event": "new story"}')
    assert said == ["--on-change: the command was ended by signal 9"]


# --- the webhook ------------------------------------------------------------------------------------------------------------------


class Receiver:
    """A receiver of webhooks that fails as often as it is told to."""

    def __init__(self, failures: int = 0, status: int = 500) -> None:
        self.failures, self.status = failures, status
        self.got: list[tuple[dict[str, str], str]] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        self.got.append(({k.lower(): v for k, v in handler.headers.items()}, body))
        Page(status=self.status if len(self.got) <= self.failures else 204)(handler)


EVENT = '{"id": "v1", "event": "new story", "story": {"title": "Брод – two barges"}}'


def test_a_webhook_that_is_no_address_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TWOSOURCE_WEBHOOK_SECRET", "s3cret")
    assert main(["watch", "https://tern.example/feed", "--once", "--webhook", "desk"]) == 2
    assert "--webhook desk: it is no address" in capsys.readouterr().err


def test_a_webhook_is_signed_so_that_its_receiver_can_tell(site: Site) -> None:
    site.posted["/hook"] = receiver = Receiver()
    webhook(f"{site.url}/hook", "s3cret", world(site)[0])(EVENT)
    ((got, body),) = receiver.got
    assert body == EVENT
    wanted = headers(body, "s3cret", int(got["webhook-timestamp"]))
    assert got["webhook-signature"] == wanted["webhook-signature"]
    assert got["webhook-id"] == "v1"
    assert headers(body + " ", "s3cret", 0)["webhook-signature"] != headers(body, "s3cret", 0)["webhook-signature"]
    assert headers(body, "other", 0)["webhook-signature"] != headers(body, "s3cret", 0)["webhook-signature"]


def test_a_secret_may_be_written_as_the_standard_has_it() -> None:
    import base64

    written = "whsec_" + base64.b64encode(b"s3cret").decode()
    assert headers(EVENT, written, 0) == headers(EVENT, "s3cret", 0)
    with pytest.raises(UsageError, match="no base64"):
        headers(EVENT, "whsec_!", 0)


@pytest.mark.parametrize(("failures", "posts"), [(3, 4), (99, 4)])
def test_a_receiver_that_fails_is_asked_again_and_then_waited_for(site: Site, failures: int, posts: int) -> None:
    site.posted["/hook"] = receiver = Receiver(failures)
    clock = Clock()
    post = webhook(f"{site.url}/hook", "s3cret", world(site, clock)[0])
    if failures < 4:
        post(EVENT)
    else:
        with pytest.raises(Undelivered, match="it answered 500"):
            post(EVENT)
    assert len(receiver.got) == posts
    assert clock.slept == [1.0, 2.0, 4.0]


def test_a_receiver_that_is_not_there_is_waited_for(site: Site) -> None:
    with pytest.raises(Undelivered):
        webhook("http://127.0.0.1:1/hook", "s3cret", world(site)[0])(EVENT)


def test_a_receiver_that_has_moved_is_named_with_its_new_address_and_not_followed(site: Site) -> None:
    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        Page(status=308, headers={"Location": f"{site.url}/hook"})(handler)

    receiver = Receiver()
    site.posted.update({"/old": elsewhere, "/hook": receiver})
    with pytest.raises(Undelivered, match=f"it answered 308, leading to {site.url}/hook, which is not followed"):
        webhook(f"{site.url}/old", "s3cret", world(site)[0])(EVENT)
    assert receiver.got == []


def test_events_that_nobody_took_make_a_round_by_cron_incomplete(
    desk: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TWOSOURCE_WEBHOOK_SECRET", "s3cret")
    monkeypatch.setattr(hooks, "ATTEMPTS", 1)
    arguments = ["watch", f"{site.url}/post", "--once", "--allow-private", "--webhook", f"{site.url}/hook"]
    assert main(arguments) == 1
    assert "it answered 404: what it was to be told waits" in capfd.readouterr().err
    site.posted["/hook"] = receiver = Receiver()
    assert main(arguments) == 0
    assert len(receiver.got) == 1


def test_an_interval_that_is_no_number_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "https://tern.example/feed", "--once", "--every", "nan"]) == 2
    assert "give a number of minutes" in capsys.readouterr().err


def test_an_archive_that_goes_away_does_not_end_the_watch_and_one_that_was_never_there_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("twosource.sources.web_world.World", lambda: SimpleNamespace(sleep=slept.append))
    fine = Round(1, 1, 0, 0, (), 5.0, 0)
    dead = SourceError("http://post.example/feed", "it answered 500")

    class Watching:
        def __init__(self, *rounds: Round | ArchiveError) -> None:
            self.rounds = iter(rounds)

        def round(self, asking: object) -> Round:
            told = next(self.rounds)
            if isinstance(told, ArchiveError):
                raise told
            return told

    def run(*rounds: Round | ArchiveError) -> list[str]:
        said: list[str] = []
        command._rounds(Watching(*rounds), 1, False, said.append, command._Status())  # type: ignore[arg-type]
        return said

    with pytest.raises(ArchiveError):
        run(ArchiveError("locked"))
    failing, gone = replace(fine, problems=(dead,)), replace(fine, wait=None)
    locked = ArchiveError("locked")
    assert run(fine, locked, locked, failing, failing, replace(fine, again=(dead.file,)), failing, gone) == [
        "locked (tried again every 60 s)",
        str(dead),
        "http://post.example/feed: it answers again",
        str(dead),
        "every feed is gone: nothing is left to watch",
    ]
    assert slept == [5.0, 60.0, 60.0, 5.0, 5.0, 5.0, 5.0]


def test_a_webhook_without_a_secret_is_wrong_use(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "http://post.example/feed", "--webhook", "http://127.0.0.1:1/"]) == 2
    assert "TWOSOURCE_WEBHOOK_SECRET" in capfd.readouterr().err


# --- what is watched ----------------------------------------------------------------------------------------------------------------


def test_what_is_named_to_be_watched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "\ufeff# ours\r\nhttps://a.example/feed\r\n\n  # more\nhttps://b.example/feed   # the Post\nhttps://a.example/feed\n",
        encoding="utf-8",
    )
    assert listed(("https://b.example/feed", str(tmp_path / "a.txt"))) == (
        "https://b.example/feed",
        "https://a.example/feed",
    )
    (tmp_path / "b.txt").write_text("Two barges sank.", encoding="utf-8")
    with pytest.raises(UsageError, match="no list of feeds"):
        listed((str(tmp_path / "b.txt"),))
    with pytest.raises(SourceError, match="cannot be opened"):
        listed((str(tmp_path / "none.opml"),))
    (tmp_path / "c.opml").write_text("<opml><body/></opml>", encoding="utf-8")
    with pytest.raises(TwoSourceError, match="names no feed"):
        listed((str(tmp_path / "c.opml"),))


def test_it_survives_kill_9(desk: Path, site: Site) -> None:
    """Killed as soon as it has told something, then run again: nothing is told as new a second time, and the archive is whole."""
    command = [
        sys.executable,
        "-m",
        "twosource",
        "watch",
        f"{site.url}/post",
        f"{site.url}/quay",
        "--allow-private",
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        os.kill(running.pid, signal.SIGKILL)
        rest = events(running.stdout.read())
    done = subprocess.run([*command, "--once"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    after = events(done.stdout)
    told = [first, *rest, *after]
    assert {e["event"] for e in told} >= {"new story", "corroborated"}
    again = subprocess.run([*command, "--once"], capture_output=True, text=True, timeout=300)
    assert (again.returncode, again.stdout) == (0, "")
    assert main(["archive", "check"]) == 0


def test_it_waits_between_rounds_and_ends_when_it_is_interrupted(desk: Path, site: Site) -> None:
    command = [sys.executable, "-m", "twosource", "watch", f"{site.url}/post", "--allow-private"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["event"] == "new story"
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=240)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert site.paths == ["/post"]
