"""Make the pictures of the README anew: `python -m tests.journeys.pictures`, with Chromium on this machine.

A collector runs, people who do not exist answer, the report is built: what is seen is what anyone sees with `make run`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import FloatRect, Page, sync_playwright

from kuule.cli.report import write_report
from kuule.rehearsal.crowd import rehearse
from tests.conftest import browser_path
from tests.journeys.house import ROOT, House, build, open_house

FOLDER = ROOT / "docs" / "pictures"
PEOPLE = 1000
LARGEST = 150_000
_QUALITY = 80
_MARGIN = 20
_ANSWERS = {"consent": "yes", "adult": "yes", "path": "short", "way_happened": "go_on"}
_SHOWN = "told"
_MOST_PAGES = 30


def make(folder: Path, people: int = PEOPLE) -> tuple[Path, ...]:
    """Write survey.jpg, survey-ar.jpg and report.jpg and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, open_house(build(Path(temporary) / "house")) as house:
        rehearse(house.url, house.edition, responses=people, seed=1, today=datetime.now(UTC).date())
        report = write_report(house.dataset(house.archive()), house.folder / "report.html")
        return (
            _picture(folder / "survey.jpg", (760, 680), lambda page: _question(page, house, "en")),
            _picture(folder / "survey-ar.jpg", (380, 680), lambda page: _question(page, house, "ar")),
            _picture(folder / "report.jpg", (860, 820), lambda page: _figure(page, report)),
        )


def _picture(path: Path, size: tuple[int, int], go: Callable[[Page], float]) -> Path:
    """What stands on a page from the height that `go` gives, script off, as JPEG at one and a half times `size`."""
    width, height = size
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": width, "height": height}, device_scale_factor=1.5
        )
        page = context.new_page()
        clip: FloatRect = {"x": 0, "y": go(page), "width": width, "height": height}
        page.screenshot(path=path, type="jpeg", quality=_QUALITY, full_page=True, clip=clip)
        browser.close()
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes, and {LARGEST:,} are the most")
    return path


def _question(page: Page, house: House, tag: str) -> float:
    """Go on, as a person does, to the page that asks the question of the pictures."""
    page.goto(f"{house.url}/{tag}")
    for _ in range(_MOST_PAGES):
        if page.locator(f'[name$="/{_SHOWN}"]').count():
            return 0
        for item, code in _ANSWERS.items():
            box = page.locator(f'[name$="/{item}"][value="{code}"]')
            if box.count():
                box.first.check()
        with page.expect_navigation():
            page.locator('button[name="go"][value="next"]').last.click()
    raise SystemExit("the question for the pictures did not come")


def _figure(page: Page, report: Path) -> float:
    """Open the report and find the figure of the question."""
    page.goto(report.as_uri())
    box = page.locator(f'figure[id^="figure-{_SHOWN}-by-"], figure[id="figure-{_SHOWN}"]').first.bounding_box()
    if box is None:
        raise SystemExit("the figure for the picture is not in the report")
    return box["y"] - _MARGIN


if __name__ == "__main__":
    for made in make(FOLDER):
        sys.stdout.write(f"{made.relative_to(ROOT)}  {made.stat().st_size:,} bytes\n")
