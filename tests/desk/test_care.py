"""Care for readers at the desk: the note, the end of a day, help, and the way out."""

from __future__ import annotations

import json
import re

import pytest

from tests.desk.conftest import AUNT, MARKER, SPARE
from tests.desk.desk_here import desk_here
from tests.desk.desk_process import desk_process, make_project

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path):
    made = make_project(tmp_path / "voices", [("wish", "en", words) for words in (AUNT, *SPARE)])
    return tmp_path / "voices", made


def test_note_comes_before_the_first_text(path):
    project, ids = path
    with desk_process(project, "reader-1", "--content", "being sent away", "--minutes", "20") as desk:
        page = desk.post(f"/text/{ids[AUNT]}/open")
        assert MARKER not in page
        assert "Read the note" in page
        note = desk.get("/note")
        assert "being sent away" in note
        assert "After 20 minutes" in note
        assert MARKER in desk.open_text(ids[AUNT])


def test_enough_for_today_is_the_same_after_a_new_start(path):
    project, ids = path
    with desk_process(project, "reader-1", "--texts-a-day", "2") as desk:
        desk.open_text(ids[AUNT])
        desk.open_text(ids[SPARE[0]])
        assert "enough for today" in desk.open_text(ids[SPARE[1]])
        assert MARKER in desk.get(f"/text/{ids[AUNT]}")  # what is open can be finished
        assert "Enough for today" in desk.get("/break")
    with desk_process(project, "reader-1", "--texts-a-day", "2") as desk:
        page = desk.open_text(ids[SPARE[1]])
        assert SPARE[1] not in page
        kept = json.loads((desk.state / "kuule" / "reading-today.json").read_text())
        assert kept.keys() == {"day", "read"}
        assert [texts for _, texts in kept["read"].values()] == [2]
    with desk_process(project, "reader-2", "--texts-a-day", "2") as desk:
        assert SPARE[1] in desk.open_text(ids[SPARE[1]])


def test_leaving_asks_nothing_and_shows_nothing(path):
    project, ids = path
    with desk_here(project) as desk:
        desk.open_text(ids[AUNT])
        page = desk.post("/away")
        assert "You have left the page" in page
        assert MARKER not in page
        assert MARKER not in desk.get(f"/text/{ids[AUNT]}")


def test_help_is_of_the_study_and_the_country(path, tmp_path):
    project, _ = path
    with desk_process(project, "reader-1", "--country", "FI") as desk:
        page = desk.get("/help")
        assert "not checked by a person yet" in page
        assert "FI" in page


def test_nobody_is_counted_or_ranked(path):
    project, ids = path
    with desk_here(project, "reader-1") as desk:
        desk.open_text(ids[AUNT], "redact")
        desk.post(f"/text/{ids[AUNT]}/redact/done")
        desk.become("lead")
        for page in ("/", "/agreement", "/texts", "/disagreements", "/themes", "/quotes", "/copies", "/dataset"):
            assert "reader-1" not in desk.get(page)


def test_note_leads_back_to_what_was_wanted_and_nowhere_else(path):
    project, ids = path
    with desk_here(project) as desk:
        wanted = f"/text/{ids[AUNT]}/redact"
        [link] = re.findall(r'href="[^"]*(/note\?for=[^"]*)"', desk.get(wanted))
        assert f'name="for" value="{wanted}"' in desk.get(link)
        assert "This text is folded" in desk.post("/note", {"for": wanted})
        for elsewhere in ("//example.org", "https://example.org", "/close", f"{wanted}/../../close", ""):
            assert "<h1>Texts</h1>" in desk.post("/note", {"for": elsewhere})
