"""Make the pictures of the README anew: `python -m tests.journeys.pictures`, with Chromium on this machine.

A collector runs, people who do not exist answer, the report is built: what is seen is what anyone sees with `make run`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import FloatRect, Page, sync_playwright

from kuule.rehearsal.crowd import rehearse
from tests.conftest import browser_path
from tests.journeys.house import ROOT, House, build, open_house
from tests.report_pages import write_report

FOLDER = ROOT / "docs" / "pictures"
PEOPLE = 1000
LARGEST = 150_000
LARGEST_TOGETHER = 1_500_000
TAGS = ("en", "ar", "sv")
SIZES: Mapping[str, tuple[int, int, float]] = {"phone": (380, 680, 1.5), "desktop": (1040, 680, 1.0)}
"""Width and height of what is seen, and pixels to each of theirs."""
_QUALITY = 75
_MARGIN = 20
_ANSWERS = {"consent": "yes", "adult": "yes", "path": "short", "age_band": "35_to_44", "way_happened": "go_on"}
_SHOWN = "told"
_MOST_PAGES = 30


def make(folder: Path, people: int = PEOPLE) -> tuple[Path, ...]:
    """Write `<page>-<language>-<size>.jpg` of the main pages and report.jpg, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, open_house(build(Path(temporary) / "house")) as house:
        made = [path for tag in TAGS for size in SIZES for path in _visit(folder, house, tag, size)]
        rehearse(house.url, house.edition, responses=people, seed=1, today=datetime.now(UTC).date())
        report = write_report(house.dataset(house.archive()), house.folder / "report.html")
        with _browser((860, 820, 1.5)) as page:
            made.append(_picture(folder / "report.jpg", page, _figure(page, report)))
    together = sum(path.stat().st_size for path in made)
    if together > LARGEST_TOGETHER:
        raise SystemExit(f"all together have {together:,} bytes, and {LARGEST_TOGETHER:,} are the most")
    return tuple(made)


def _visit(folder: Path, house: House, tag: str, size: str) -> Iterator[Path]:
    """Go on as a person does, and keep what is seen of the main pages."""

    def picture(name: str) -> Path:
        return _picture(folder / f"{name}-{tag}-{size}.jpg", page)

    with _browser(SIZES[size]) as page:
        page.goto(f"{house.url}/{tag}")
        yield picture("welcome")
        _to_the_question(page)
        yield picture("question")
        _press(page, "break")
        yield picture("break")
        _press(page, "return")
        _press(page, "finish")
        _press(page, "review")
        yield picture("review")


@contextmanager
def _browser(size: tuple[int, int, float]) -> Iterator[Page]:
    """A page of a fresh Chromium, script off."""
    width, height, scale = size
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        yield context.new_page()
        browser.close()


def _picture(path: Path, page: Page, top: float = 0) -> Path:
    """What stands on a page from the height `top` on, as large as the window, as JPEG."""
    window = page.viewport_size or {"width": 0, "height": 0}
    clip: FloatRect = {"x": 0, "y": top, "width": window["width"], "height": window["height"]}
    page.screenshot(path=path, type="jpeg", quality=_QUALITY, full_page=True, clip=clip)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes, and {LARGEST:,} are the most")
    return path


def _to_the_question(page: Page) -> None:
    """Go on to the page that asks the question of the pictures."""
    _press(page, "next")
    for _ in range(_MOST_PAGES):
        if page.locator(f'[name$="/{_SHOWN}"]').count():
            return
        for item, code in _ANSWERS.items():
            box = page.locator(f'[name$="/{item}"][value~="{code}"]')
            if box.count():
                box.first.check()
        gate = page.locator('button[value~="pick:go_on"]')
        _press(page, "pick:go_on" if gate.count() else "next")
    raise SystemExit("the question for the pictures did not come")


def _press(page: Page, go: str) -> None:
    with page.expect_navigation():
        page.locator(f'button[name="go"][value~="{go}"]').last.click()


def _figure(page: Page, report: Path) -> float:
    """Open the report and find the figure of the question."""
    page.goto(report.as_uri())
    counted = page.locator("code", has_text=re.compile(rf"^{_SHOWN}( by .*)?$"))
    box = page.locator("figure").filter(has=counted).first.bounding_box()
    if box is None:
        raise SystemExit("the figure for the picture is not in the report")
    return box["y"] - _MARGIN


if __name__ == "__main__":
    for made in make(FOLDER):
        sys.stdout.write(f"{made.relative_to(ROOT)}  {made.stat().st_size:,} bytes\n")
