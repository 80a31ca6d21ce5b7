"""Take the pictures of the tutorial "follow a story for a week" anew: `python docs/pictures/take_week.py`. Needs what take.py needs.

Each shows the page of one day, as the commands of the tutorial make it, from the top or from the part that is named here.
"""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from twosource.cli import main as twosource

PICTURES = Path(__file__).parent
SHOWN = {"tuesday": "header", "wednesday": "#updated", "saturday": "header"}
STORY = "e09a51c5c812f"


def main() -> None:
    """Write the pictures."""
    spec = importlib.util.spec_from_file_location("week", PICTURES.parent / "tutorial" / "week.py")
    assert spec is not None
    assert spec.loader is not None
    week = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(week)
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name), week.server(Path(name), 0) as stand:
        threading.Thread(target=stand.serve_forever, daemon=True).start()
        twosource(["archive", "init"])
        for day in week.DAYS[: week.DAYS.index([*SHOWN][-1]) + 1]:
            Path("today").write_text(day, encoding="utf-8")
            feeds = [f"http://127.0.0.1:{stand.server_port}/{newsroom}" for newsroom in week.NEWSROOMS]
            twosource(["watch", *feeds, "--once", "--allow-private"])
            twosource(["story", STORY, "-o", f"{day}.html"])
        stand.shutdown()
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            window = chromium.new_page(viewport={"width": 1120, "height": 760})
            for day, part in SHOWN.items():
                window.goto(Path(name, f"{day}.html").as_uri())
                window.evaluate(f"document.querySelector('{part}').scrollIntoView()")
                window.screenshot(path=PICTURES / f"week-{day}.png")
            chromium.close()


if __name__ == "__main__":
    main()
