"""The tour: what is ready is told as ready, every line can be run, and the page keeps what pages have to keep."""

from __future__ import annotations

import http.client
import re
import shlex
import socket
from html import unescape
from pathlib import Path

import pytest
from typer.main import get_group

from kuule.cli.command_list import program
from kuule.core.problems import Problem
from kuule.languages.gettext.catalogue import read_pot
from kuule.usecases.demo import tour_drawing
from kuule.usecases.demo.practice_folder import DemoError, PracticeFolder
from kuule.usecases.demo.tour import Tour
from kuule.usecases.demo.tour_commands import PREVIEW_PORT, WORKBENCH_PORT
from kuule.usecases.demo.tour_drawing import tutorial_page
from kuule.usecases.demo.tour_materials import make_tour_materials
from kuule.usecases.demo.tour_site import serve_tour
from kuule.usecases.demo.tour_words import TOUR_TEMPLATE, tour_words
from kuule.usecases.progress import SILENT
from tests.access import axe
from tests.access.windows import ChromiumWindow
from tests.patience import PATIENCE

WORDS = tour_words("en")
FACES = ["person", "partner", "minister", "analyst", "own"]
TEMPLATES = Path(tour_drawing.__file__).parent / "templates"


@pytest.fixture
def practice(tmp_path: Path) -> PracticeFolder:
    return PracticeFolder(tmp_path / "it's practice")


def finished(practice: PracticeFolder) -> None:
    """Files where a run leaves them."""
    for file in (practice.study / "study.toml", practice.report / "index.pdf", practice.export / "p-codebook.html"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<p>{file.name}</p>")


def tour_of(practice: PracticeFolder) -> Tour:
    return Tour(practice, port=8000, report="http://127.0.0.1:8001/", people=2000, first=300)


def states(page: str) -> dict[str, str]:
    """By the face: what is said of it."""
    found = re.findall(r'<h2 id="(\w+)">.*?<p class="state[^>]*>([^<]*)</p>', page, re.DOTALL)
    return dict(found)


def links(page: str) -> list[str]:
    """All but those to other languages."""
    return re.findall(r'<a (?:class="second" )?href="([^"#]*)"', page.partition("</header>")[2])


def lines(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<pre class="line" dir="ltr"><code>(.*?)</code>', page, re.DOTALL)]


def test_nothing_is_told_as_ready_that_is_not(practice: PracticeFolder):
    page = tour_of(practice).page()
    assert states(page) == dict.fromkeys(FACES, "Being made") | {"own": "Ready"}
    assert links(page) == ["/", "/tutorial"]
    assert WORDS.say("in_making") in page
    assert tour_of(practice).codebook_page() is None


def test_each_face_is_told_as_ready_once_it_is(practice: PracticeFolder):
    tour = tour_of(practice)
    tour.tell(survey=True)
    assert states(tour.page()) == dict.fromkeys(FACES, "Being made") | {"person": "Ready", "own": "Ready"}
    tour.tell(reported=312)
    assert states(tour.page())["minister"] == "Ready"
    assert WORDS.say("minister_more", people="312") in tour.page()
    finished(practice)
    assert states(tour.page())["analyst"] == "Being made"
    tour.tell(handed_over=True)
    page = tour.page()
    assert states(page) == dict.fromkeys(FACES, "Ready")
    survey, report = "http://127.0.0.1:8000/", "http://127.0.0.1:8001/"
    assert links(page) == [survey, report, f"{report}index.pdf", "/codebook", "/tutorial"]
    assert WORDS.say("all_made") in page
    assert tour.codebook_page() == "<p>p-codebook.html</p>"


def test_what_could_not_be_made_is_said(practice: PracticeFolder):
    tour = tour_of(practice)
    tour.tell(survey=True, reported=1, handed_over=True)
    page = tour.page()
    missing = "Could not be made"
    assert states(page) == dict.fromkeys(FACES, "Ready") | {"partner": missing, "analyst": missing}
    assert len(lines(page)) == 3
    assert "/codebook" not in links(page)


def test_every_line_is_a_command_with_options_that_it_has(practice: PracticeFolder):
    tour = tour_of(practice)
    finished(practice)
    tour.tell(survey=True, reported=1, handed_over=True)
    commands = [command for line in lines(tour.page()) for command in line.split(" && ")]
    names = []
    for command in commands:
        kuule, name, *arguments = shlex.split(command.replace("-m kuule.cli", ""))
        assert Path(kuule).name.startswith(("kuule", "python"))
        whole = get_group(program(name))
        whole.commands[name].make_context(name, arguments)
        names.append(name)
    assert names == ["invite", "workbench", "open", "export", "new", "preview"]


def test_addresses_of_the_sites_that_lines_open_are_those_of_their_commands():
    from kuule.cli.commands import preview, workbench

    assert (WORKBENCH_PORT, PREVIEW_PORT) == (workbench.PORT, preview.PORT)


def test_address_of_another_database_is_not_shown(practice: PracticeFolder):
    other = PracticeFolder(practice.folder, "postgresql://keeper7@/answers")
    finished(other)
    tour = tour_of(other)
    tour.tell(survey=True, reported=1, handed_over=True)
    assert "--database" not in tour.page()
    assert "keeper7" not in tour.page()


def test_every_word_of_the_catalogue_is_shown_and_no_other():
    templates = "".join(file.read_text("utf-8") for file in TEMPLATES.glob("*.html"))
    calls = re.findall(r"\bsay(?:_plain)?\((.*?)[,)]", templates)
    said = {name for call in calls for name in re.findall(r'"(\w+)"', call)}
    assert said == {one.key.removeprefix("tour:") for one in read_pot(TOUR_TEMPLATE)}
    besides = re.sub(r"\{[{%#].*?[}%#]\}|<style>.*?</style>|<[^>]*>", "", templates, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]+", besides) == ["Kuule"]


def test_tutorial_is_beside_it_without_links_that_lead_nowhere():
    page = tutorial_page("en", "/tutorial")
    assert page is not None
    assert "<h1>Your own survey</h1>" in page
    assert "<table>" in page
    assert set(links(page)) == {"/"}
    assert "](" not in page


def test_installed_without_the_documentation_it_says_where_the_tutorial_is(
    practice: PracticeFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr("kuule.__file__", str(tmp_path / "lib" / "kuule" / "__init__.py"))
    assert tutorial_page("en", "/tutorial") is None
    page = tour_of(practice).page()
    assert WORDS.say("own_elsewhere", file="").rstrip() in page
    assert "/tutorial" not in links(page)


def ask(port: int, path: str, host: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host} if host else {})
    response = connection.getresponse()
    found = response.status, response.read().decode()
    connection.close()
    return found


def test_site_has_its_pages_and_nothing_else_and_is_asked_by_its_own_name_only(practice: PracticeFolder):
    finished(practice)
    tour = tour_of(practice)
    with serve_tour(tour, 0) as port:
        assert ask(port, "/") == (200, tour.page())
        assert ask(port, "/codebook")[0] == 404
        tour.tell(survey=True, reported=3, handed_over=True)
        assert ask(port, "/") == (200, tour.page())
        assert ask(port, "/codebook") == (200, "<p>p-codebook.html</p>")
        assert ask(port, "/tutorial")[0] == 200
        assert ask(port, "/../keys/practice.rehearsal.secret-key")[0] == 404
        assert ask(port, "/", "somewhere.example")[0] == 421


def test_port_that_is_taken_is_said_with_its_option(practice: PracticeFolder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DemoError) as refused, serve_tour(tour_of(practice), port):
            pass
    assert [one.code for one in refused.value.problems] == ["DEMO_021"]
    assert "--tour-port" in refused.value.problems[0].remedy


def test_materials_that_cannot_be_made_are_said_and_left_out(practice: PracticeFolder):
    told: list[Problem] = []

    class Listener(type(SILENT)):  # type: ignore[misc]
        def warn(self, problems: list[Problem]) -> None:
            told.extend(problems)

        def note(self, sentence: str) -> None:
            notes.append(sentence)

    notes: list[str] = []
    make_tour_materials(practice.folder / "no study", practice, Listener())
    assert [problem.code for problem in told] != []
    assert [note.partition(",")[0] for note in notes] == ["the study could not be copied"]
    assert not practice.study.exists()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_no_page_is_moved_sideways(
    chromium: ChromiumWindow, practice: PracticeFolder, width: int, scheme: str
) -> None:
    chromium.as_if(prefers_color_scheme=scheme)
    chromium.page.set_viewport_size({"width": width, "height": 800})
    finished(practice)
    tour, found = tour_of(practice), {}
    with serve_tour(tour, 0) as port:
        for name, path in (("early", "/"), ("late", "/"), ("tutorial", "/tutorial")):
            chromium.open(f"http://127.0.0.1:{port}{path}")
            wide = chromium.ask("document.documentElement.scrollWidth > innerWidth")
            found[name] = [*axe.findings(chromium), *(["moved sideways"] if wide else [])]
            tour.tell(survey=True, reported=300, handed_over=True)
    assert {name: said for name, said in found.items() if said} == {}
