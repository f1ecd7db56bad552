"""A release of a locked dataset: through the door, in the ledger, and the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from kuule.core.problems import ArchiveError, KuuleError, PublishingError
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.publishing.view.release_view import release_report_view
from kuule.publishing.view.report import report_view
from kuule.releases.publication_release import ReleaseChange
from kuule.releases.release_folder import read_release
from kuule.study.settings.publication_settings import PublicationSettings
from kuule.tables.request import Subpopulation, TableRequest
from kuule.usecases.progress import SilentListener
from kuule.usecases.releasing.approve_release import approve_release
from kuule.usecases.releasing.new_release import NewReleaseOptions, make_release
from kuule.usecases.releasing.recount_release import recount_release
from kuule.usecases.releasing.release_reports import ReleaseReportOptions, write_release_reports
from kuule.usecases.reporting.make_reports import rebuild_report
from kuule.usecases.reporting.released_report import release_report
from kuule.usecases.reporting.translated_report import read_translated_report, translated_template
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.publishing.brief.small_brief import WHOLE
from tests.report_pages import write_report
from tests.study.small_study import SETTINGS, make_study

TODAY = date(2027, 1, 4)
TEXT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
BY_LAND = PublicationSettings("residence", ("told",), ("told",))


def dataset(
    folder: Path,
    finns: int = 100,
    swedes: int = 100,
    *,
    rehearsal: bool = False,
    text: str = TEXT,
    publication: PublicationSettings = BY_LAND,
) -> Path:
    """People of two countries, of whom half had told."""
    one = edition(rehearsal=rehearsal)
    one = replace(one, report=text, study=replace(one.study, publication=publication))
    lands = [*["FI"] * finns, *["SE"] * swedes]
    people = [
        record({"told": ("yes", "no")[number % 2], "residence": land, "age": str(18 + number % 60)})
        for number, land in enumerate(lands)
    ]
    make_dataset(people, [one], folder)
    if not rehearsal:
        mark_locked(folder, read_dataset(folder).info.version)
    return folder


def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "our-voice.releases.json")


def release_of(made: Path, to: Path, **options: object):
    return make_release(made, to, today=TODAY, options=NewReleaseOptions(**options))


def test_release_has_the_tables_of_its_text_and_those_by_country_and_language(tmp_path: Path) -> None:
    made = release_of(dataset(tmp_path / "ds"), tmp_path / "r").release
    assert [str(table.request) for table in made.tables] == [
        "told",
        "told by region",
        "told by residence",
        "told by @language",
    ]
    assert (made.country, made.by_country, made.by_language) == ("residence", ("told",), ("told",))
    assert list(made.wordings) == list(made.languages) == ["en", "ar"]
    assert set(made.wordings["ar"].items) == {"told", "residence"}
    assert (made.description.version, made.description.day) == ("1", date(2027, 2, 1))
    assert read_release(tmp_path / "r").release == made


def test_release_is_in_the_ledger_by_the_hash_of_its_tables_and_is_counted_again_the_same(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    release = release_of(made, tmp_path / "r").release
    [entry] = ledger(tmp_path).entries()
    assert entry.report == sha256((tmp_path / "r" / "tables.json").read_bytes()).hexdigest() == release.ledger_entry
    assert (entry.language, entry.only, entry.release_name) == ("", "", release.origin.release)
    write_report(made, tmp_path / "report.html")
    release_of(made, tmp_path / "again")
    assert (tmp_path / "again" / "tables.json").read_bytes() == (tmp_path / "r" / "tables.json").read_bytes()
    assert len(ledger(tmp_path).entries()) == 2
    assert recount_release(tmp_path / "r", made).release == release
    with pytest.raises(PublishingError, match=r"REPORT_032 .*these are the tables of a release, and no page"):
        rebuild_report(made, tmp_path / "out", entry.report)


def test_release_does_not_say_what_the_ledger_says_of_exact_numbers(tmp_path: Path) -> None:
    """From a hash of the entry, which has the exact number of responses and 32 bits of keys, both could be guessed."""
    release = release_of(dataset(tmp_path / "ds"), tmp_path / "r").release
    [entry] = ledger(tmp_path).entries()
    whole = "".join(
        (tmp_path / "r" / name).read_text("utf-8") for name in ("tables.json", "texts.json", "release.toml")
    )
    assert entry.record_keys not in whole
    assert sha256(ledger(tmp_path).path.read_bytes()).hexdigest() not in whole
    assert release.ledger_entry not in whole


@pytest.mark.parametrize("first", ["release", "report"])
def test_release_and_report_are_one_series_in_the_ledger(tmp_path: Path, first: str) -> None:
    """A dataset that has one person more is published neither way after the other."""
    one, more = dataset(tmp_path / "one"), dataset(tmp_path / "more", 101)
    if first == "release":
        release_of(one, tmp_path / "r")
        with pytest.raises(PublishingError, match="REPORT_030"):
            write_report(more, tmp_path / "report.html")
    else:
        write_report(one, tmp_path / "report.html")
    with pytest.raises(PublishingError, match="REPORT_030"):
        release_of(more, tmp_path / "later")
    assert not (tmp_path / "later").exists()
    assert len(ledger(tmp_path).entries()) == 1


def test_country_that_few_joined_since_a_report_is_shown_in_a_release_as_it_was(tmp_path: Path) -> None:
    """Sixty joined in Sweden and one in Finland: by the difference, the answer of that one could be seen."""
    first = release_of(dataset(tmp_path / "one"), tmp_path / "r").release
    second = release_of(dataset(tmp_path / "two", 101, 160), tmp_path / "s", follows=tmp_path / "r", because="More.")
    before, now = (
        {column.code: column for table in made.tables if table.request.cut == "residence" for column in table.columns}
        for made in (first, second.release)
    )
    assert now["FI"] == replace(before["FI"], carried_from=first.origin.dataset)
    assert now["SE"].carried_from == ""
    assert now["SE"].base != before["SE"].base
    assert read_release(tmp_path / "s").release == second.release


def test_tables_of_releases_and_reports_of_a_dataset_are_counted_together(tmp_path: Path) -> None:
    """Seven tables of told in the release and its follow-ups, and two more in a report: nine."""
    asked = PublicationSettings("residence", ("told", "age"), ("told", "age"))
    text = TEXT + "\n".join(
        f"```figure\nquestion: told\nby: {cut}\n```\n" for cut in ("@edition", "@quarter", "who", "age")
    )
    made = dataset(tmp_path / "ds", text=text, publication=asked)
    requests = [table.request for table in release_of(made, tmp_path / "r").release.tables]
    assert sum("told" in (request.item, request.cut) for request in requests) == 8
    study = replace(read_dataset(made), report="```figure\nquestion: who\nby: told\n```\n")
    words = read_translated_report(study)
    template = translated_template(words, study.wording("en"), study)
    with pytest.raises(PublishingError, match="REPORT_022 tables of told: 'told' stands in 9 tables"):
        release_report(study, template, None, ("en", words.hash), ledger(tmp_path))
    within = template.with_subpopulation(Subpopulation("region", "north"))
    with pytest.raises(PublishingError, match="REPORT_022"):
        release_report(study, within, Subpopulation("region", "north"), ("en", words.hash), ledger(tmp_path))


def test_report_of_a_release_says_what_that_of_its_dataset_says(tmp_path: Path) -> None:
    made = read_dataset(dataset(tmp_path / "ds", rehearsal=True, publication=PublicationSettings()))
    release = release_of(made.path, tmp_path / "r").release
    words = read_translated_report(made)
    template = translated_template(words, made.wording("en"), made)
    counted = release_report(made, template, None, ("en", words.hash), None)
    direct = report_view(template, counted.tables, made.wording("en"), counted.origin)
    view = release_report_view(release, "en")
    for field in ("title", "sections", "key", "methods", "dataset", "release", "rehearsal", "draft", "short"):
        assert getattr(view, field) == getattr(direct, field), field


@pytest.mark.parametrize("text", ["", TEXT])
def test_release_on_few_people_has_no_groups_and_no_countries(tmp_path: Path, text: str) -> None:
    made = release_of(dataset(tmp_path / "ds", 50, 40, text=text), tmp_path / "r").release
    assert {table.request.cut for table in made.tables} == {None}
    assert (made.country, made.by_country, made.by_language) == ("", (), ())
    options = ReleaseReportOptions(("all",), preview=True)
    written = write_release_reports(tmp_path / "r", tmp_path / "out", today=TODAY, options=options)
    assert len(written.files) == 4


def test_release_of_a_study_without_a_text_shows_what_fits_the_budget(tmp_path: Path) -> None:
    made = release_of(dataset(tmp_path / "ds", 100, 100, text=""), tmp_path / "r").release
    assert TableRequest("told", "residence") in {table.request for table in made.tables}
    options = ReleaseReportOptions(preview=True)
    write_release_reports(tmp_path / "r", tmp_path / "out", today=TODAY, options=options)
    assert "Had you told it?" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_amendment_names_what_it_corrects_and_why(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    first = release_of(made, tmp_path / "one")
    second = release_of(made, tmp_path / "two", amends=tmp_path / "one", because="A  word\nwas wrong.")
    said = second.release.description
    assert (said.version, said.amends, said.follows) == ("1.1", first.content, "")
    assert said.changes == (ReleaseChange("en", "A word was wrong."),)
    third = release_of(made, tmp_path / "three", follows=tmp_path / "two", because="More tables.")
    assert (third.release.description.version, third.release.description.follows) == ("2", second.content)
    approve_release(tmp_path / "three", "Anna Virtanen", "lead", day=TODAY, ledger=ledger(tmp_path).path)


def test_amendment_without_its_predecessor_beside_it_is_not_approved(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    release_of(made, tmp_path / "one")
    release_of(made, tmp_path / "two", amends=tmp_path / "one", because="A word was wrong.")
    (tmp_path / "one").rename(tmp_path.parent / f"{tmp_path.name}-elsewhere")
    with pytest.raises(PublishingError, match="RELEASE_021"):
        approve_release(tmp_path / "two", "Anna Virtanen", "lead", day=TODAY)
    assert read_release(tmp_path / "two").release.approvals == ()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"amends": "one"}, "RELEASE_020"),
        ({"amends": "one", "because": "  "}, "RELEASE_020"),
        ({"amends": "one", "follows": "one", "because": "x"}, "RELEASE_025"),
        ({"amends": "nowhere", "because": "x"}, "RELEASE_001"),
        ({"amends": "one", "because": "x", "day": date(2027, 1, 31)}, "RELEASE_024"),
    ],
)
def test_release_before_that_cannot_be_one_is_said_before_anything_is_counted(
    tmp_path: Path, options: dict[str, object], code: str
) -> None:
    made = dataset(tmp_path / "ds")
    release_of(made, tmp_path / "one")
    paths = {key: tmp_path / str(value) if key in {"amends", "follows"} else value for key, value in options.items()}
    with pytest.raises(PublishingError, match=code):
        release_of(made, tmp_path / "two", **paths)
    assert len(ledger(tmp_path).entries()) == 1


def test_amendment_comes_out_no_earlier_than_what_it_corrects(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    late = date(2027, 9, 1)
    release_of(made, tmp_path / "one", day=late)
    second = release_of(made, tmp_path / "two", amends=tmp_path / "one", because="A word was wrong.")
    assert second.release.description.day == late


def test_dataset_that_is_not_locked_gives_no_release(tmp_path: Path) -> None:
    make_dataset([record({"told": "yes"})] * 40, [edition(rehearsal=False)], tmp_path / "ds")
    with pytest.raises(ArchiveError, match="DATA_015"):
        release_of(tmp_path / "ds", tmp_path / "r")
    assert not (tmp_path / "r").exists()


def test_folder_that_is_there_is_not_replaced_and_nothing_is_noted(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    (tmp_path / "r").mkdir()
    with pytest.raises(PublishingError, match="RELEASE_007"):
        release_of(made, tmp_path / "r")
    assert ledger(tmp_path).entries() == ()


def test_question_by_country_that_there_is_not_is_said(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", publication=PublicationSettings("residence", ("tolled",)))
    with pytest.raises(KuuleError, match=r"REPORT_010 table tolled: .*did you mean 'told'\?"):
        release_of(made, tmp_path / "r")


def test_release_that_was_changed_since_somebody_looked_at_it_is_not_approved(tmp_path: Path) -> None:
    seen = release_of(dataset(tmp_path / "ds"), tmp_path / "r").content
    file = tmp_path / "r" / "texts.json"
    file.write_text(file.read_text("utf-8").replace("had told", "had not told"), "utf-8")
    for wrong in (seen, seen[:12], read_release(tmp_path / "r").content[:11]):
        with pytest.raises(PublishingError, match="RELEASE_015"):
            approve_release(tmp_path / "r", "Anna Virtanen", "lead", day=TODAY, seen=wrong)
    now = read_release(tmp_path / "r").content[:12].upper()
    assert approve_release(tmp_path / "r", "Anna Virtanen", "lead", day=TODAY, seen=now).release.approvals


def test_tables_that_somebody_changed_are_not_in_the_ledger_and_not_of_the_dataset(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    release_of(made, tmp_path / "r")
    file = tmp_path / "r" / "tables.json"
    count = read_release(tmp_path / "r").release.tables[0].columns[0].cells[0].count
    file.write_text(file.read_text("utf-8").replace(f"[{count},", f"[{count + 1},", 1), "utf-8")
    with pytest.raises(PublishingError, match="RELEASE_030"):
        approve_release(tmp_path / "r", "Anna Virtanen", "lead", day=TODAY, ledger=ledger(tmp_path).path)
    with pytest.raises(PublishingError, match="RELEASE_030"):
        recount_release(tmp_path / "r", made)
    assert read_release(tmp_path / "r").release.approvals == ()


def test_ledger_that_is_not_there_is_no_reason_to_suspect_the_tables(tmp_path: Path) -> None:
    release_of(dataset(tmp_path / "ds"), tmp_path / "r")
    missing = tmp_path / "elsewhere.releases.json"
    with pytest.raises(PublishingError, match=r"RELEASE_030 .*elsewhere\.releases\.json: there is no such file"):
        approve_release(tmp_path / "r", "Anna Virtanen", "lead", day=TODAY, ledger=missing)


def test_practice_that_somebody_changed_is_not_of_its_dataset_either(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", rehearsal=True)
    release_of(made, tmp_path / "r")
    assert recount_release(tmp_path / "r", made)
    file = tmp_path / "r" / "tables.json"
    count = read_release(tmp_path / "r").release.tables[0].columns[0].cells[0].count
    file.write_text(file.read_text("utf-8").replace(f"[{count},", f"[{count + 1},", 1), "utf-8")
    with pytest.raises(PublishingError, match=r"RELEASE_031 .*: its tables are not those of the dataset"):
        recount_release(tmp_path / "r", made)
    with pytest.raises(PublishingError, match=r"RELEASE_031 .*: it was made of dataset"):
        recount_release(tmp_path / "r", dataset(tmp_path / "other", 70, rehearsal=True))


class Notes(SilentListener):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, sentence: str) -> None:
        self.said.append(sentence)


def test_texts_of_briefs_come_with_the_words_of_the_study_folder(tmp_path: Path) -> None:
    """So that whoever approves a release approves what will be said to decision-makers; one that cannot be read stops
    the release before anything is in the ledger."""
    made = dataset(tmp_path / "ds", text=TEXT, publication=PublicationSettings())
    folder = make_study(tmp_path / "study", settings=SETTINGS.replace("small-study", "our-voice"), report="# Told\n")
    briefs = folder / "briefs"
    briefs.mkdir()
    (briefs / "README.md").write_text("How to write one.\n", "utf-8")
    (briefs / "limitation.xh.md").write_text(WHOLE, "utf-8")
    (briefs / "limitation.en.md").write_text("# Time {{ now }}\n", "utf-8")
    with pytest.raises(PublishingError, match=r"BRIEF_00\d limitation.en.md"):
        release_of(made, tmp_path / "r", text=folder)
    assert list(ledger(tmp_path).entries()) == []
    (briefs / "limitation.en.md").write_text(WHOLE, "utf-8")
    notes = Notes()
    options = NewReleaseOptions(text=folder)
    release = make_release(made, tmp_path / "r", today=TODAY, options=options, progress=notes).release
    assert release.briefs == read_release(tmp_path / "r").release.briefs == {"limitation.en.md": WHOLE}
    reason = "is not taken: it is not named after a language of the study"
    assert notes.said == [f"briefs/{name} {reason}" for name in ("README.md", "limitation.xh.md")]
    assert release_of(made, tmp_path / "without").release.briefs == {}
