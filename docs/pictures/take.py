"""Take the picture of the README and of the page's page anew: `python docs/pictures/take.py`. Needs playwright and Debian's Chromium.

The page is that of the demo's first story, the size that of a laptop's window.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from twosource import compare, demo
from twosource.outputs.page import to_page

PICTURE = Path(__file__).with_name("page.png")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "story.html")
        page.write_text(to_page(compare(demo.paths(demo.names()[0]))), encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = chromium.new_page(viewport={"width": 1440, "height": 900})
        window.goto(page.as_uri())
        window.locator("article.claim a.q").first.click()
        window.evaluate("scrollTo(0, 0)")
        window.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
