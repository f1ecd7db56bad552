"""From a text of a locked dataset to its words in a report: proposed, redacted, checked, released, written and set."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.publishing.render.report_html import report_html
from kuule.publishing.view.release_view import release_report_view
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.quotes.reidentification import CheckQuestion
from kuule.releases.release_folder import read_release, release_content_hash
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.quoting import (
    export_quotes,
    list_quotes,
    look_at_quote,
    propose_quote,
    release_quote,
    translate_quote,
    withdraw_quote,
)
from kuule.usecases.open_answers.text_acts import save_redaction
from kuule.usecases.releasing.list_releases import show_release
from kuule.usecases.releasing.publish_release import PublishOptions, publish_release
from kuule.usecases.releasing.release_reports import ReleaseReportOptions, write_release_reports
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.qualitative.project.test_project_files import bytes_in, planted
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE, mark
from tests.study.small_study import SETTINGS, make_study
from tests.usecases.releasing.test_new_release import TODAY, release_of

MARKER = "Zebulon"
HOSTILE = '<script>alert(1)</script> & *all* "of" [it](https://example.org) \u202eback'
WISH = f"I wish {MARKER} had asked me. {HOSTILE}"
REPORT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
PREVIEW = ReleaseReportOptions(preview=True)
ANSWERS = {"leave": "yes", "shares": "many", "published": "no", "rare": "no", "sister": "no"}


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
    one = replace(edition(rehearsal=False), report=REPORT)
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
        translate_quote(writer, number, "ar", "ليت [a name] سألتني", origin=TranslationOrigin.MACHINE)
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
    assert "<p>ليت [اسم] سألتني</p>" in arabic
    for path in (tmp_path, room.release):
        assert not any(one in bytes_in(path) for one in planted(MARKER))


def quoting(room: QuoteRoom, folder: Path, more: str = "", report: str = REPORT) -> Path:
    """The study folder with a text that quotes somebody."""
    settings = SETTINGS.replace("small-study", "our-voice")
    text = f"{report}\n{more or f'{{{{ quote {room.number} }}}}'}\n"
    return make_study(folder, settings=settings, report=text, languages={})


def exported(room: QuoteRoom, to: Path) -> Path:
    with room.session("lead") as session:
        export_quotes(session, room.release, to)
    return to


def told(code: str, room: QuoteRoom, tmp_path: Path, text: Path | None, quotes: Path | None) -> str:
    """What is said of a release that is not made. Nothing of it is written or noted."""
    noted = (room.folder / "our-voice.releases.json").read_bytes()
    with pytest.raises(KuuleError) as refused:
        release_of(room.dataset, tmp_path / "r", text=text, quotes=quotes)
    assert not (tmp_path / "r").exists()
    assert (room.folder / "our-voice.releases.json").read_bytes() == noted
    [problem] = refused.value.problems
    assert problem.code == code
    return str(problem)


def test_text_that_quotes_makes_a_release_of_the_same_tables(room: QuoteRoom, tmp_path: Path) -> None:
    quotes = exported(room, tmp_path / "quotes.json")
    made = release_of(room.dataset, tmp_path / "r", text=quoting(room, tmp_path / "study"), quotes=quotes)
    assert made.release.ledger_entry == read_release(room.release).release.ledger_entry
    files = write_release_reports(tmp_path / "r", tmp_path / "out", today=TODAY, options=PREVIEW).files
    assert "I wish [a name] had asked me." in files[0].read_text("utf-8")
    options = PublishOptions(("en",), preview=True, pdf=False)
    publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=options)
    said = "<blockquote>\n<p>I wish [a name] had asked me. &lt;script&gt;"
    pages = {page.name for page in (tmp_path / "site").glob("*.html") if said in page.read_text("utf-8")}
    assert "report.html" in pages
    assert len(pages) == 2
    assert not any(one in bytes_in(tmp_path) for one in planted(MARKER))
    shown = show_release(tmp_path / "r", today=TODAY).rows
    assert dict(shown)[f"quote {room.number}, ar"] == "ليت [اسم] سألتني"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ quote 8 }}", "QUOTE_021", "report.md, line 10: no released quote has the number 8"),
        ("So they said: {{ quote 8 }}", "QUOTE_020", "'{{ quote 8 }}' is no quote in a paragraph of its own"),
        ("{{ quote }}", "QUOTE_020", "write {{ quote 12 }}, with its number, as a paragraph of its own"),
    ],
)
def test_text_that_quotes_what_is_not_there_is_refused(
    room: QuoteRoom, tmp_path: Path, text: str, code: str, said: str
) -> None:
    quotes = exported(room, tmp_path / "quotes.json")
    assert said in told(code, room, tmp_path, quoting(room, tmp_path / "study", text), quotes)


def test_text_that_quotes_without_the_file_is_refused_before_anything_is_noted(room: QuoteRoom, tmp_path: Path) -> None:
    assert "kuule release new --quotes FILE" in told(
        "QUOTE_021", room, tmp_path, quoting(room, tmp_path / "study"), None
    )  # fmt: skip


def test_report_that_is_not_of_a_release_has_no_quotes(room: QuoteRoom, tmp_path: Path) -> None:
    with pytest.raises(KuuleError, match=r"QUOTE_023 report.md, line 10: quote \d+ can only be in a release"):
        write_reports(
            room.dataset, tmp_path / "report.html", options=ReportOptions(text=quoting(room, tmp_path / "study"))
        )


def test_quotes_beside_other_tables_are_refused(room: QuoteRoom, tmp_path: Path) -> None:
    """A table more was made since the quotes were looked at."""
    quotes = exported(room, tmp_path / "quotes.json")
    more = REPORT + "\n```figure\nquestion: residence\n```\n"
    said = told("QUOTE_015", room, tmp_path, quoting(room, tmp_path / "study", report=more), quotes)
    assert "quotes.json, tables: it is '" in said
    assert "look at the quotes again beside these tables" in said


@pytest.mark.parametrize(
    "change", ["withdrawn", "text-withdrawn", "no-leave", "stale", "refused", "undecided", "contested"]
)
def test_number_that_is_no_released_quote_any_more_fails_with_words(
    room: QuoteRoom, tmp_path: Path, change: str
) -> None:
    quotes = exported(room, tmp_path / "quotes.json")
    table = json.loads(quotes.read_text("utf-8"))
    table["quotes"], table["absent"] = [], {str(room.number): change}
    quotes.write_text(json.dumps(table), "utf-8")
    said = told("QUOTE_022", room, tmp_path, quoting(room, tmp_path / "study"), quotes)
    assert f"quote {room.number} cannot be shown: " in said


def test_withdrawn_quote_is_named_in_the_next_file(room: QuoteRoom, tmp_path: Path) -> None:
    shutil.copy(room.project, tmp_path / "copy")
    copy = replace(room, project=tmp_path / "copy")
    with copy.session("reader-1") as session:
        withdraw_quote(session, room.number)
    quotes = exported(copy, tmp_path / "quotes.json")
    assert json.loads(quotes.read_text("utf-8"))["absent"] == {str(room.number): "withdrawn"}
    assert "it was withdrawn" in told("QUOTE_022", room, tmp_path, quoting(room, tmp_path / "study"), quotes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"more": 1}, "this field is not known"),
        ({"format": 2}, "it is another one than 1"),
        ({"tables": "x"}, "'x' does not fit"),
        ({"words": "a\u202eb"}, "does not fit"),
        ({"words": "a" * 601}, "does not fit"),
        ({"group": "nordic"}, "'nordic' is no group"),
        ({"group": "residence=SE", "language": "Swedish?"}, "is no language"),
        ({"when": "2026"}, "this field is not known"),
    ],
)
def test_file_of_quotes_is_read_without_trust(
    room: QuoteRoom, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    quotes = exported(room, tmp_path / "quotes.json")
    table = json.loads(quotes.read_text("utf-8"))
    for key, value in change.items():
        (table if key in (*table, "more") else table["quotes"][0])[key] = value
    quotes.write_text(json.dumps(table), "utf-8")
    assert said in told("QUOTE_014", room, tmp_path, None, quotes)


def test_release_whose_quotes_were_changed_has_lost_its_approvals_or_is_refused(
    room: QuoteRoom, tmp_path: Path
) -> None:
    made = release_of(room.dataset, tmp_path / "r", quotes=exported(room, tmp_path / "quotes.json"))
    file = tmp_path / "r" / "quotes.json"
    content = file.read_text("utf-8")
    file.write_text(content.replace("had asked me", "had asked us"), "utf-8")
    assert read_release(tmp_path / "r").content != made.content
    file.write_text(content.replace('"group":""', '"group":"residence=NO"'), "utf-8")
    with pytest.raises(KuuleError, match=r"RELEASE_005 quotes.json, quote \d+: its group 'residence=NO' is not shown"):
        read_release(tmp_path / "r")
    file.write_text(content.replace('"tables":"', '"tables":"0')[:200], "utf-8")
    with pytest.raises(KuuleError, match=r"RELEASE_004 quotes.json"):
        read_release(tmp_path / "r")
    file.unlink()
    assert read_release(tmp_path / "r").content == release_content_hash(replace(made.release, quotes=()))
    file.symlink_to(tmp_path / "quotes.json")
    with pytest.raises(KuuleError, match=r"RELEASE_002 quotes.json"):
        read_release(tmp_path / "r")


def test_release_of_another_dataset_is_no_place_to_look_at_quotes(room: QuoteRoom, tmp_path: Path) -> None:
    people = [record({"told": "yes", "residence": "FI", "age": "30", "wish": "x"}) for _ in range(60)]
    make_dataset(people, [replace(edition(rehearsal=True), report=REPORT)], tmp_path / "ds")
    release_of(tmp_path / "ds", tmp_path / "r")
    with (
        room.session("lead") as session,
        pytest.raises(KuuleError, match=r"QUOTE_010 .*take in the dataset that the release is of"),
    ):
        export_quotes(session, tmp_path / "r", tmp_path / "quotes.json")


def test_export_writes_over_nothing(room: QuoteRoom, tmp_path: Path) -> None:
    (tmp_path / "quotes.json").touch()
    with pytest.raises(KuuleError, match=r"QUOTE_016 .*something is there already"):
        exported(room, tmp_path / "quotes.json")


def test_releases_before_are_looked_at_as_well(room: QuoteRoom, tmp_path: Path) -> None:
    """What readers have of a group is also what was published earlier."""
    shutil.copytree(room.release, tmp_path / "first")
    release_of(room.dataset, tmp_path / "second", follows=tmp_path / "first", because="Words.")
    shutil.copy(room.project, tmp_path / "copy")
    with replace(room, project=tmp_path / "copy").session("reader-1") as session:
        text = next(one for one in session.project.texts.values() if MARKER in one.words)
        number = propose_quote(session, text.id, TextSpan(0, 6), group="told=yes")
        facts = look_at_quote(session, number, tmp_path / "second").facts[CheckQuestion.SHARES]
        assert sum(fact.startswith("told=yes in the table told: ") for fact in facts) == 2
        shutil.rmtree(tmp_path / "first")
        with pytest.raises(KuuleError, match="RELEASE_021"):
            look_at_quote(session, number, tmp_path / "second")


def test_leave_that_is_gone_stops_the_quote_and_the_build(room: QuoteRoom, tmp_path: Path) -> None:
    """A later version of the dataset says that somebody who wrote the same gave no leave."""
    shutil.copy(room.project, tmp_path / "voices")
    with opened_project(tmp_path / "voices", PASSPHRASE) as project:
        session = ProjectSession(project, "lead", DAY)
        text = next(one for one in project.texts.values() if MARKER in one.words)
        assert "NOBODY WAS ASKED" in look_at_quote(session, room.number, room.release).facts[CheckQuestion.LEAVE][0]
        given = replace(project.datasets[0], with_leave=(text.id,))
        project.save([given], role="lead", day=DAY)
        [said] = look_at_quote(session, room.number, room.release).facts[CheckQuestion.LEAVE]
        assert said == "each of those who wrote it was asked, and said that it may be quoted"
        assert [one.state for one in list_quotes(session, room.release)] == ["released"]
        project.save([replace(given, with_leave=(), without_leave=(text.id,))], role="lead", day=DAY)
        assert [one.state for one in list_quotes(session, room.release)] == ["no-leave"]
        for refused in (
            lambda: look_at_quote(session, room.number, room.release),
            lambda: release_quote(session, room.number, room.release, ANSWERS),
            lambda: propose_quote(session, text.id, TextSpan(0, 6)),
        ):
            with pytest.raises(KuuleError, match=r"^QUOTE_017 "):
                refused()
        export_quotes(session, room.release, tmp_path / "quotes.json")
    said = told("QUOTE_022", room, tmp_path, quoting(room, tmp_path / "study"), tmp_path / "quotes.json")
    assert "not everybody who wrote it gave leave to quote it" in said
