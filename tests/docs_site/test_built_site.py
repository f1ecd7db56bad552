"""The site as it is built: read in a browser with script off, searched with script on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import lxml.html
import pytest
from docs_site.__main__ import main

from tests.access import axe
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.docs_site.small_docs import ROOT, write_docs
from tests.patience import PATIENCE
from tests.register.site.shown_pages import served

pytestmark = [pytest.mark.whole, pytest.mark.slow]
A_FEW = ("index", "search", "tutorial/your-own-survey", "how-to/analyse", "explanation/architecture", "decisions/index")
NARROW = {"width": 320, "height": 640}
QUESTIONS = {
    "How do I begin a study of my own?": "tutorial/your-own-survey",
    "Can I see the survey before there is a key?": "how-to/preview",
    "What can I give the ethics board on paper?": "how-to/replicate",
    "Why is a language not open yet?": "how-to/translate",
    "How does a study end, and when is the key destroyed?": "how-to/replicate",
    "Why is a figure not shown: too few people answered?": "explanation/disclosure",
    "How long does make run take?": "tutorial/try-it",
    "How do I get a certificate for nginx?": "how-to/serve",
    "How do I upgrade to a new version?": "how-to/serve",
    "How do I read the data in R without the excluded answers?": "how-to/analyse",
}
"""What five people asked who met Kuule for the first time, and the page that answers."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once, as `make site` builds it."""
    to = tmp_path_factory.mktemp("documentation") / "site"
    command = [sys.executable, "-m", "docs_site", "--to", str(to)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return to


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def names_of(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix().removesuffix(".html") for path in site.rglob("*.html"))


def unlike_each_other(site: Path) -> list[str]:
    """All pages but those of which there are many of one make, of these every twelfth."""
    names = names_of(site)
    alike = [name for name in names if name.startswith(("decisions/0", "reference/problems/"))]
    return sorted({*names} - {*alike} | {*alike[::12]})


def tree_of(site: Path, name: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((site / f"{name}.html").read_text("utf-8"))


def is_left_open(line: str) -> bool:
    """What axe cannot decide, in the colours of all text: what one scrolls to in a frame, and a single sign."""
    is_sign = "too short to determine" in line or "only non-text characters" in line
    beneath = "partially obscured" in line or "partially overlaps" in line
    return line.startswith("undecided: color-contrast") and (is_sign or beneath)


def findings(window: ChromiumWindow, address: str, names: list[str]) -> dict[str, list[str]]:
    found = {}
    for name in names:
        window.open(f"{address}/{name}.html")
        found[name] = [line for line in axe.findings(window) if not is_left_open(line)]
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page(chromium: ChromiumWindow, site: Path, address: str) -> None:
    """Every second one on a narrow window."""
    names = unlike_each_other(site)
    assert findings(chromium, address, names[::2]) == {}
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert findings(chromium, address, names[1::2]) == {}


@pytest.mark.browser
def test_axe_finds_nothing_in_the_dark(chromium: ChromiumWindow, address: str) -> None:
    chromium.as_if(prefers_color_scheme="dark")
    assert findings(chromium, address, list(A_FEW)) == {}


@pytest.mark.browser
def test_nothing_is_moved_sideways_on_a_narrow_page(chromium: ChromiumWindow, site: Path, address: str) -> None:
    """At 320 pixels; a table or a drawing needs two directions, and scrolls in its frame (WCAG 1.4.10)."""
    chromium.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wrong = {}
    for name in names_of(site):
        chromium.open(f"{address}/{name}.html")
        wrong[name] = [line for line in chromium.ask("measures.sideways()", source()) if line.startswith("the page")]
        chromium.ask("document.querySelectorAll('.scroll').forEach(frame => frame.remove())")
        wrong[name] += chromium.ask("measures.sideways()", source())
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.browser
def test_paper_has_the_text_and_no_way_round_it(chromium: ChromiumWindow, address: str) -> None:
    chromium.as_if(media="print")
    chromium.open(f"{address}/how-to/serve.html")
    assert [chromium.page.locator(part).first.is_visible() for part in ("nav", "form", ".end", "main")] == [
        False, False, False, True,
    ]  # fmt: skip


@pytest.mark.browser
def test_a_keyboard_goes_past_the_lists_to_the_text(chromium: ChromiumWindow, address: str) -> None:
    chromium.open(f"{address}/how-to/serve.html")
    chromium.page.keyboard.press("Tab")
    assert chromium.page.locator(":focus").inner_text() == "Skip to the text"
    chromium.page.keyboard.press("Enter")
    assert chromium.page.locator(":focus").get_attribute("id") == "text"


@pytest.mark.browser
def test_without_script_the_search_leads_to_the_plain_index(chromium: ChromiumWindow, address: str) -> None:
    chromium.open(f"{address}/how-to/serve.html")
    chromium.write("#look-for", "backup")
    chromium.key_on("#look-for", "Enter")
    assert "The search needs a script" in chromium.page.locator("main").inner_text()
    chromium.follow("main a")
    assert chromium.page.locator("main li a").count() > 400


@pytest.mark.browser
def test_the_search_finds_what_newcomers_asked(chromium: ChromiumWindow, address: str) -> None:
    """The right page is among the first three; the browser asks no other host."""
    page = chromium.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    nearest = {}
    for question in QUESTIONS:
        page.goto(f"{address}/search.html?q={quote(question)}")
        page.locator("#results a").first.wait_for()
        found = [link.get_attribute("href") or "" for link in page.locator("#results a").all()]
        nearest[question] = [href.partition(".html")[0] for href in found[:3]]
    page.context.close()
    assert {question: names for question, names in nearest.items() if QUESTIONS[question] not in names} == {}
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.mark.browser
def test_words_that_nobody_wrote_and_marks_are_answered_in_words(chromium: ChromiumWindow, address: str) -> None:
    page = chromium.new_context().new_page()
    said = {}
    for word in ("qwertzuiop", '<img src=x onerror="alert(1)">zzz', "constructor", "how do I"):
        page.goto(f"{address}/search.html?q={quote(word)}")
        page.wait_for_function("document.getElementById('status').textContent", timeout=PATIENCE * 1000)
        said[word] = (page.locator("#status").inner_text(), page.locator("#results img").count())
    page.context.close()
    assert said["qwertzuiop"] == ("Nothing here has the words of “qwertzuiop”. Try other ones.", 0)
    assert [word for word, (text, pictures) in said.items() if pictures or word not in text] == []


def test_every_link_of_the_site_leads_to_something_on_it(site: Path) -> None:
    trees = {name: tree_of(site, name) for name in names_of(site)}
    ids = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    wrong = []
    for name, tree in trees.items():
        for href in {*tree.xpath("//@href"), *tree.xpath("//@src")}:
            if re.match(r"https?:|mailto:", href):
                continue
            file, _, fragment = unquote(href).partition("#")
            target = (site / f"{name}.html").parent / file if file else site / f"{name}.html"
            inside = target.resolve().relative_to(site.resolve()).as_posix().removesuffix(".html")
            if not target.is_file() or (fragment and inside in ids and fragment not in ids[inside]):
                wrong.append(f"{name}: {href}")
    assert wrong == []


def test_a_page_of_a_list_leads_back_to_it(site: Path) -> None:
    [back] = tree_of(site, "reference/problems/KEY").xpath("//main/p[@class='listing']/a")
    assert (back.text_content(), back.get("href")) == ("Every problem", "index.html")
    assert tree_of(site, "how-to/serve").xpath("//p[@class='listing']") == []


def test_only_the_search_has_scripts_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    scripts, elsewhere = set(), []
    for name in names_of(site):
        tree = tree_of(site, name)
        if tree.xpath("//script") or tree.xpath("//@*[starts-with(name(), 'on')]"):
            scripts.add(name)
        loaded = [*tree.xpath("//link/@href"), *tree.xpath("//@src")]
        elsewhere += [f"{name}: {url}" for url in loaded if "//" in url]
    assert scripts == {"search"}
    assert elsewhere == []


def test_the_site_is_small_and_has_nothing_of_other_themes(site: Path) -> None:
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 12_000_000
    assert {path.name for path in (site / "_static").iterdir()} == {"kuule.css", "language_data.js", "search.js"}


def test_a_warning_stops_the_build_and_the_older_site_stays(site: Path, tmp_path: Path) -> None:
    project = write_docs(tmp_path / "project", {"docs/a.md": "# A\n\n[no such part](glossary.md#of-no-kind)\n"})
    shutil.copytree(ROOT / "docs_site", project / "docs_site", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", project)
    older = tmp_path / "site"
    older.mkdir()
    (older / "search_summaries.js").write_text("older", "utf-8")
    command = [sys.executable, "-m", "docs_site", "--to", str(older)]
    done = subprocess.run(command, cwd=project, env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "of-no-kind" in done.stderr
    assert (older / "search_summaries.js").read_text("utf-8") == "older"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(SystemExit):
        main(["--to", str(tmp_path)])
    assert "has something else in it" in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"
