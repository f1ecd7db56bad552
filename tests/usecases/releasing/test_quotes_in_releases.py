"""From a text of a locked dataset to its words in a report: proposed, redacted, checked, released, written and set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.publishing.render.report_html import report_html
from kuule.publishing.view.release_view import release_report_view
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.releases.release_folder import read_release
from kuule.study.settings.publication_settings import PublicationSettings
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.quoting import (
    export_quotes,
    list_quotes,
    propose_quote,
    release_quote,
    translate_quote,
)
from kuule.usecases.open_answers.text_acts import save_redaction
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.qualitative.project.test_project_files import bytes_in, planted
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE, mark
from tests.usecases.releasing.test_new_release import release_of

MARKER = "Zebulon"
HOSTILE = '<script>alert(1)</script> & *all* "of" [it](https://example.org) \u202eback'
WISH = f"I wish {MARKER} had asked me. {HOSTILE}"
REPORT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
ANSWERS = {"shares": "many", "published": "no", "rare": "no", "sister": "no"}


@dataclass(frozen=True)
class QuoteRoom:
    """A locked dataset, a release of its tables, and a project with one quote that is released beside them."""

    folder: Path
    dataset: Path
    release: Path
    project: Path
    number: int

    @contextmanager
    def session(self, role: str) -> Iterator[ProjectSession]:
        with opened_project(self.project, PASSPHRASE) as project:
            yield ProjectSession(project, role, DAY)


def locked(folder: Path) -> Path:
    one = replace(edition(), report=REPORT)
    one = replace(one, study=replace(one.study, publication=PublicationSettings("residence", ("told",), ("told",))))
    people = [
        record({
            "told": ("yes", "no")[number % 2],
            "residence": ("FI", "SE")[number % 3 == 0],
            "age": str(18 + number % 60),
            "wish": WISH if number == 7 else f"That somebody asks, {number} times.",
        })
        for number in range(200)
    ]  # fmt: skip
    make_dataset(people, [one], folder)
    mark_locked(folder, read_dataset(folder).info.version)
    return folder


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> QuoteRoom:
    folder = tmp_path_factory.mktemp("quotes")
    dataset = locked(folder / "ds")
    release_of(dataset, folder / "first")
    with new_project(folder / "voices", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, dataset, role="lead", day=DAY)
        text = next(one for one in project.texts.values() if MARKER in one.words)
        for role in ("reader-1", "reader-2"):
            session = ProjectSession(project, role, DAY)
            start = text.words.index(MARKER)
            save_redaction(session, text.id, [mark(start, start + len(MARKER))], done=True)
        number = propose_quote(ProjectSession(project, "reader-1", DAY), text.id, TextSpan(0, len(text.words)))
        writer = ProjectSession(project, "reader-1", DAY)
        translate_quote(writer, number, "ar", "ليتها سألتني", origin=TranslationOrigin.MACHINE)
        release_quote(ProjectSession(project, "reader-2", DAY), number, folder / "first", ANSWERS)
    return QuoteRoom(folder, dataset, folder / "first", folder / "voices", number)


def test_words_of_one_person_come_into_a_report_and_nothing_else_of_them(room: QuoteRoom, tmp_path: Path) -> None:
    with room.session("lead") as session:
        assert [one.state for one in list_quotes(session, room.release)] == ["released"]
        export_quotes(session, room.release, tmp_path / "quotes.json")
    [quote] = json.loads((tmp_path / "quotes.json").read_text("utf-8"))["quotes"]
    assert set(quote) == {"number", "language", "words", "group", "translations"}
    assert quote["words"].startswith("I wish [a name] had asked me.")
    made = release_of(room.dataset, tmp_path / "r", quotes=tmp_path / "quotes.json")
    assert read_release(tmp_path / "r") == made
    assert made.content != read_release(room.release).content
    assert made.release.ledger_entry == read_release(room.release).release.ledger_entry
    quoting = replace(made.release, text=f"{REPORT}\n{{{{ quote {room.number} }}}}\n")
    html = report_html(release_report_view(quoting, "en"))
    assert "<blockquote>\n<p>I wish [a name] had asked me. &lt;script&gt;alert(1)&lt;/script&gt; &amp; *all*" in html
    assert "<script" not in html
    arabic = report_html(release_report_view(quoting, "ar"))
    assert "<p>ليتها سألتني</p>" in arabic
    for path in (tmp_path, room.release):
        assert not any(one in bytes_in(path) for one in planted(MARKER))
