"""The papers of a folder and of an edition, and what they share with the page on privacy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.collector.pages.privacy_promise import promise_sections
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import load_editions
from kuule.core.problems import StudyError
from kuule.ethics.ethics_answers import ETHICS_FILE, EthicsAnswers, EthicsError
from kuule.ethics.paper_templates import PAPERS, ethics_papers
from kuule.ethics.study_facts import PaperSource, study_facts
from kuule.opening.private_key import PrivateKey
from kuule.store.database import configure
from kuule.usecases.authoring.ethics_papers import write_ethics_papers
from tests.ethics.described_study import words_of
from tests.study.small_study import SETTINGS, make_edition, make_study

TODAY = date(2026, 11, 28)
LINKS = '\n[links.partners]\nk7 = "Partner"\n'
NO_COUNTS = "\n[counts]\non = false\n"
BACK = "\n[coming_back]\npause_days = {days}\n"
UNTIL = "withdraw_until = 2027-06-30\n"


def test_papers_are_written_and_the_file_for_answers_begun_once(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    first = write_ethics_papers(study, tmp_path / "out", today=TODAY)
    assert [path.name for path in first.files] == [f"{name}.{end}" for name in PAPERS for end in ("html", "pdf")]
    assert all(path.stat().st_size > 2000 for path in first.files)
    again = write_ethics_papers(study, tmp_path / "out", today=TODAY)
    assert (first.begun, again.begun) == (True, False)
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in first.files]


def test_answered_questions_are_blanks_no_longer(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    before = write_ethics_papers(study, tmp_path / "out", today=TODAY)
    (study / ETHICS_FILE).write_text('[payments]\ngiven = "Nothing."\n[key]\nsplit = "2of3"\n', "utf-8")
    after = write_ethics_papers(study, tmp_path / "out", today=TODAY)
    assert {one.key for one in before.blanks} - {one.key for one in after.blanks} == {"payments.given", "key.split"}
    assert "any 2 of them together open the answers" in (tmp_path / "out" / "dpia.html").read_text("utf-8")


def test_study_that_cannot_be_read_gets_no_file(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="STUDY_001"):
        write_ethics_papers(tmp_path / "none", tmp_path / "out", today=TODAY)
    study = make_study(tmp_path / "study", settings="id = 3")
    with pytest.raises(StudyError):
        write_ethics_papers(study, tmp_path / "out", today=TODAY)
    assert [(tmp_path / "out").exists(), (study / ETHICS_FILE).exists()] == [False, False]


def test_other_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EthicsError, match=r"ETHICS_003 --language: the papers have no words in 'sv', only in English"):
        write_ethics_papers(make_study(tmp_path), tmp_path / "out", language="sv", today=TODAY)


def test_edition_is_described_as_it_was_frozen(tmp_path: Path) -> None:
    key = PrivateKey.generate(bytes(range(32, 64)), rehearsal=False)
    edition = make_edition(tmp_path, key=key)
    study = make_study(tmp_path / "study", settings=SETTINGS.replace("retention_days = 365", "retention_days = 30"))
    write_ethics_papers(study, tmp_path / "out", edition=tmp_path / "edition", today=TODAY)
    page = (tmp_path / "out" / "dpia.html").read_text("utf-8")
    assert [text in page for text in (edition.id, key.public.fingerprint, "365 days", "30 days")] == [True] * 3 + [
        False
    ]


def test_edition_of_another_study_is_refused(tmp_path: Path) -> None:
    make_edition(tmp_path)
    other = make_study(tmp_path / "other", settings=SETTINGS.replace('"small-study"', '"another"'))
    with pytest.raises(EthicsError, match=r"ETHICS_004 .*edition: it is of the study 'small-study', and ethics.toml"):
        write_ethics_papers(other, tmp_path / "out", edition=tmp_path / "edition", today=TODAY)


def test_texts_are_those_of_the_source_where_the_study_has_no_english(tmp_path: Path) -> None:
    settings = SETTINGS.replace("en = {", "fi = {").replace('source_language = "en"', 'source_language = "fi"')
    study = make_study(tmp_path / "study", settings=settings, languages={})
    write_ethics_papers(make_without_translations(study), tmp_path / "out", today=TODAY)
    page = (tmp_path / "out" / "application.html").read_text("utf-8")
    assert ' lang="fi" dir="ltr">Where did it happen?</td>' in page


def make_without_translations(study: Path) -> Path:
    path = study / "study.toml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("sv =", "ar ="))), "utf-8")
    return study


@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize(
    "more",
    [
        "",
        LINKS,
        "\n[counts]\non = false\n",
        BACK.format(days=0),
        BACK.format(days=14) + UNTIL,
        BACK.format(days=0) + UNTIL,
    ],
    ids=["as it is", "links", "no counts", "no pausing", "pausing and withdrawing", "withdrawing"],
)
def test_information_sheet_says_what_the_page_on_privacy_says(tmp_path: Path, more: str, practice: bool) -> None:
    """Word for word, but for the two sentences that tell how to leave, and the fingerprint."""
    configure(f"sqlite:///{tmp_path}/none.db")  # the page says what the database is that this process has
    key = PrivateKey.generate(bytes(range(32, 64)), rehearsal=practice)
    settings = SETTINGS.replace("discreet_title", "translate = true\ndiscreet_title") + more
    edition = make_edition(tmp_path, settings=settings, key=key)
    served = load_editions(ServeOptions((tmp_path / "edition",), "", rehearsal=practice, drafts=True)).current
    language = served.languages["en"]
    sections = promise_sections(served, language, scrubbed=False)
    promised = [
        sentence
        for section in sections
        if section.anchor != "leaving" and not section.code
        for sentence in section.sentences
    ]
    source = PaperSource(
        edition.study, edition.form, edition.texts("en"), "en", edition.support, TODAY, edition.key, edition.id
    )
    papers = ethics_papers(study_facts(source, EthicsAnswers({"serving.database": "sqlite"})))
    sheet = next(words_of(paper) for paper in papers if paper.name == "information-sheet")
    assert [sentence for sentence in promised if sentence not in sheet] == []
