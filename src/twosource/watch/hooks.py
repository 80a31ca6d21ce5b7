"""Who is told of events beside the screen: a command of the user's, and a webhook, signed.

The webhook follows Standard Webhooks 1.0: the signature covers id, time and body (HMAC-SHA256), so that a receiver can tell that it
comes from who knows the secret, and drop what it has seen before.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from twosource.errors import UsageError
from twosource.sources.web_world import World
from twosource.watch.outbox import Channel, Undelivered

if TYPE_CHECKING:
    import httpx2

#: Seconds that a command, or a receiver, may take.
SECONDS = 30.0

#: Times that a receiver is asked, at one time.
ATTEMPTS = 4


def command(line: str, say: Callable[[str], None]) -> Channel:
    """Run `line` by the shell for each event, with the event's JSON on its standard input and its kind in TWOSOURCE_EVENT.

    Nothing of an event stands on the command line. One that fails is said and not run again.
    """

    def tell(event: str) -> None:
        env = {**os.environ, "TWOSOURCE_EVENT": json.loads(event)["event"]}
        # The shell is the user's own, and so is the line; what comes from the web goes in by standard input alone. In a session of its
        # own, so that all that it has started can be stopped with it.
        with subprocess.Popen(  # noqa: S602
            line, shell=True, stdin=subprocess.PIPE, env=env, stdout=2, start_new_session=True
        ) as run:
            try:
                run.communicate(event.encode() + b"\n", timeout=SECONDS)
            except BaseException as error:
                with suppress(ProcessLookupError):
                    os.killpg(run.pid, signal.SIGKILL)
                if not isinstance(error, subprocess.TimeoutExpired):
                    raise
                say(
                    f"--on-change: the command took more than {SECONDS:g} s, and was stopped: put what takes longer into the background"
                )
                return
        if run.returncode:
            how = f"ended with {run.returncode}" if run.returncode > 0 else f"was ended by signal {-run.returncode}"
            say(f"--on-change: the command {how}")

    return tell


def webhook(address: str, secret: str, world: World | None = None) -> Channel:
    """Post each event to `address`, signed with `secret`, up to `ATTEMPTS` times with growing gaps; then it is `Undelivered` and waits.

    The address is the user's own and may be inside. It is not followed where it redirects.
    """
    world = world or World()
    _key(secret)  # what is wrong with it is told before anything is watched

    def post(event: str) -> None:
        import httpx2

        why = ""
        for attempt in range(1, ATTEMPTS + 1):
            signed = headers(event, secret, int(world.now().timestamp()))
            try:
                # A connection for each attempt: one that was kept open may have been closed while we waited.
                with httpx2.Client(trust_env=False, timeout=SECONDS, follow_redirects=False) as client:
                    answer = client.post(address, content=event.encode(), headers=signed)
                if answer.is_success:
                    return
                why = f"it answered {answer.status_code}"
                if answer.is_redirect:
                    why += f", leading to {answer.headers.get('location')}, which is not followed: give that address"
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                why = _why(error)
            if attempt < ATTEMPTS:
                world.sleep(2.0**attempt * (0.5 + world.jitter()) / 2)
        raise Undelivered(f"--webhook {address}: {why}: what it was to be told waits")

    return post


def headers(event: str, secret: str, seconds: int) -> dict[str, str]:
    """The headers that sign `event` at `seconds` (Unix time).

    >>> headers('{"id": "v1"}', "s3cret", 0)["webhook-signature"]
    'v1,ZjPIA76sgTmtURG8FO/8PY6uWwas8kLPSNABogbq22w='
    """
    name = json.loads(event)["id"]
    signed = hmac.new(_key(secret), f"{name}.{seconds}.{event}".encode(), hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "user-agent": "twosource",
        "webhook-id": name,
        "webhook-timestamp": str(seconds),
        "webhook-signature": "v1," + base64.b64encode(signed).decode(),
    }


def _key(secret: str) -> bytes:
    """The bytes of a secret: written in base64 behind "whsec_", as the standard has it, or plainly."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            raise UsageError("the secret of the webhook begins with whsec_ and is no base64: copy it whole") from None
    return secret.encode()


def _why(error: httpx2.HTTPError | httpx2.InvalidURL) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
