"""The exhibits are all there is: no kind of page or of question is left out, and each is what its name says."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from tests.access import gallery
from tests.access.alike import Line, differing, skeleton
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery
from tests.access.states import ALIKE, CLOSING, ENGLISH, WAYS
from tests.conftest import ROOT

TEMPLATES = ROOT / "src" / "kuule" / "collector" / "pages" / "templates"


@pytest.mark.matrix
def test_every_template_is_among_what_is_shown(tmp_path: Path) -> None:
    """In a process of its own, where no template has been made ready before."""
    program = "import sys, pathlib; from tests.access.test_gallery import made; made(pathlib.Path(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    assert there - set(run.stdout.split()) == set()


def made(folder: Path) -> None:
    """Print the name of each template that the sample needs."""
    taken: set[str] = set()
    load = jinja2.BaseLoader.load

    def noting(self: jinja2.BaseLoader, environment: jinja2.Environment, name: str, *rest: object) -> jinja2.Template:
        taken.add(name)
        return load(self, environment, name, *rest)  # type: ignore[arg-type]

    jinja2.BaseLoader.load = noting  # type: ignore[method-assign]
    for loader in (jinja2.FileSystemLoader, jinja2.ChoiceLoader, jinja2.PackageLoader):
        if "load" in vars(loader):
            loader.load = noting  # type: ignore[method-assign]
    gallery.sample(folder)
    sys.stdout.write("\n".join(sorted(taken)))


def test_each_way_leads_to_a_page_of_its_status(shown: Gallery) -> None:
    refused = {one.name: one.shown.status for one in shown.kinds if one.shown.status != 200}
    assert refused == {
        "break, not paused": 503, "review, not sent": 503, "end, not sent": 503, "absent": 404, "shut": 404,
        "broken": 500, "busy": 503, "busy, with a form": 503, "closed": 503, "closed, with a form": 503,
    }  # fmt: skip


def test_sample_has_every_way_but_those_alike_and_every_language(shown: Gallery) -> None:
    assert {one.name for one in shown.kinds} == set(WAYS) - ALIKE
    assert {one.tag for one in shown.kinds} == {one.tag for one in shown.controls} == {"en", "sv", "ar"}
    assert set(WAYS) >= ALIKE | CLOSING


def unlike(pages: Iterable[Exhibit]) -> dict[str, list[str]]:
    """Where a page is built in another way than the same page in the first language that has it. A page that comes
    once more, with a further question, has the same name."""
    first: dict[tuple[str, int], tuple[Line, ...]] = {}
    times: Counter[tuple[str, str]] = Counter()
    found = {}
    for page in pages:
        built = skeleton(page)
        which = (page.name, times[page.name, page.tag])
        times[page.name, page.tag] += 1
        if lines := differing(first.setdefault(which, built), built):
            found[page.label] = lines
    return found


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_every_page_is_built_alike_in_every_language(everything: Gallery) -> None:
    assert unlike((*everything.kinds, *everything.asked)) == {}
    spread = {one.tag for one in everything.spread}
    assert spread == {one.tag for one in everything.kinds}
    assert {one.name for one in everything.spread} == {one.name for one in everything.every}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>", "<h1 role='img'>"),
        ("</h1>", "</h1><p></p>"),
        ("</main>", "<p>More.</p></main>"),
        ('href="/sv/help"', 'href="https://elsewhere.example"'),
        ("</h2>", "</h2>words"),
    ],
)
def test_page_that_is_built_otherwise_is_seen(shown: Gallery, old: str, new: str) -> None:
    page = next(one for one in shown.kinds if one.name == "stopped")
    body = page.shown.body.decode().replace(f"/{page.tag}/", "/sv/")
    assert old in body
    other = replace(page, tag="xx", shown=replace(page.shown, body=body.replace(old, new, 1).encode()))
    same = replace(page, tag="yy", shown=replace(page.shown, body=body.encode()))
    assert unlike([page, same]) == {}
    assert [*unlike([page, other])] == [other.label]


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_whole_has_every_way_and_every_question_in_every_language(everything: Gallery) -> None:
    ways = {(one.name, one.tag) for one in everything.kinds}
    tags = sorted({one.tag for one in everything.asked})
    assert set(tags) >= {"en", "sv", "ar"}
    assert ways == {(name, tag) for name in WAYS for tag in (("en",) if name in CLOSING | ENGLISH else tags)}
    pages = {tag: [one.name for one in everything.asked if one.tag == tag] for tag in tags}
    assert [tag for tag in tags if pages[tag] != pages["en"]] == []
    assert len(pages["en"]) >= 45
