"""Makes a release of a locked dataset: everything that is published is then made of this folder alone.

The tables of the report and those by country and language go through disclosure control together, and into the ledger
as one entry, whatever becomes of the release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.dataset.coded_dataset import read_coded_dataset
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.lifecycle.locking import check_can_publish
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged
from kuule.disclosure.ledger import Ledger
from kuule.publishing.brief.brief_reader import brief_file_text, read_brief
from kuule.publishing.template.template_parts import ReportTemplate
from kuule.publishing.template.template_reader import check_template
from kuule.publishing.view.report import template_quote_problems
from kuule.releases.brief_text_names import BRIEFS_FOLDER, brief_text_name
from kuule.releases.lineage import amending_version, following_version
from kuule.releases.publication_release import PublicationRelease, ReleaseChange, ReleaseDescription
from kuule.releases.quote_json import check_quotes_fit
from kuule.releases.release_folder import (
    ReleaseFolder,
    check_is_new_folder,
    read_quotes_file,
    read_release,
    tables_hash,
    write_release,
)
from kuule.releases.release_wording import wording_of_tables
from kuule.releases.strict_json import ReleaseFileError
from kuule.releases.table_json import tables_to_json
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.publication_settings import PublicationSettings
from kuule.tables.released_quotes import ReleasedQuote, ReleasedQuotes
from kuule.tables.request import LANGUAGE, TableRequest
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.reporting.released_report import ReleasedReport, release_report
from kuule.usecases.reporting.report_preview import preview_lines
from kuule.usecases.reporting.translated_report import (
    TranslatedReport,
    keep_report_text,
    read_translated_report,
    translated_template,
)

NOTICE = timedelta(days=28)
"""How long before its day a release is announced, unless somebody writes another day: as official statistics do."""
LICENCE = "CC BY 4.0"
ALL_LANGUAGES_OF_A_RELEASE = ""
"""The language of its entry in the ledger: a release has all of them."""


@dataclass(frozen=True, slots=True)
class NewReleaseOptions:
    """How a release is made. `text` is the study folder from which its words, [publication] and the texts of briefs are
    taken; without it the words and [publication] are those of the dataset. `amends` or `follows` is the folder of the
    release before, and `because` says in the language of the study what changed. `day` is the day of publication.
    `quotes` is the file of released quotes, which were looked at beside exactly these tables."""

    text: Path | None = None
    amends: Path | None = None
    follows: Path | None = None
    because: str = ""
    day: date | None = None
    quotes: Path | None = None


DEFAULT_RELEASE_OPTIONS = NewReleaseOptions()


def make_release(
    dataset_folder: Path,
    to: Path,
    *,
    today: date,
    options: NewReleaseOptions = DEFAULT_RELEASE_OPTIONS,
    progress: ProgressListener = SILENT,
) -> ReleaseFolder:
    """Count and release the tables, note them in the ledger, and write the release into a new folder.

    Raises ArchiveError DATA_015 and DATA_024, StudyError and PublishingError as reports do, BRIEF_001 to BRIEF_004 and
    BRIEF_022 (the text of a brief), QUOTE_014, QUOTE_015, QUOTE_021 and QUOTE_022 of its quotes, RELEASE_007 if
    something is there already, RELEASE_020 if the release before is named and not what changed, RELEASE_024 if that one
    is of another study or of a later day, and what `read_release` raises of it.
    """
    check_is_new_folder(to)
    dataset = read_coded_dataset(dataset_folder)
    check_can_publish(dataset)
    before = _release_before(dataset, options)
    words = read_translated_report(dataset, options.text)
    briefs = _briefs(options.text, words.languages, progress)
    if dataset.info.rehearsal:
        release = _counted(dataset, words, options, None, _description(dataset, before, options, today))
        return write_release(replace(release, briefs=briefs), to)
    ledger = Ledger.for_dataset(dataset_folder, dataset.study.id)
    waiting = "a report of this study is being made: waiting until it is done"
    with ledger.exclusive_lock(lambda: progress.note(waiting)):
        description = _description(dataset, before, options, today)
        release = _counted(dataset, words, options, ledger, description)
        if words.hash != read_translated_report(dataset).hash:
            keep_report_text(words, ledger.path)
        return write_release(replace(release, briefs=briefs), to)


def preview_release(
    dataset_folder: Path, text: Path | None = None, *, progress: ProgressListener = SILENT
) -> tuple[str, ...]:
    """Lines that say what a release would show and what not, and why. Nothing is written or noted, and the dataset need
    not be locked. Raises PublishingError and StudyError as `make_release` would."""
    dataset = read_coded_dataset(dataset_folder)
    if not (dataset.info.rehearsal or is_locked(dataset.path)):
        progress.note("the dataset is not locked: what is still taken back may change what is said here")
    words = read_translated_report(dataset, text)
    ledger = None if dataset.info.rehearsal else Ledger.for_dataset(dataset.path, dataset.study.id)
    template, also = release_template_of(words, dataset), release_requests(_publication(dataset, text))
    known = (ALL_LANGUAGES_OF_A_RELEASE, words.hash)
    return tuple(preview_lines(release_report(dataset, template, None, known, ledger, tuple(also))))


def release_requests(settings: PublicationSettings) -> Iterator[TableRequest]:
    """The tables that a release has beside those of its text: questions by country, and by language."""
    for item in settings.by_country:
        yield TableRequest(item)
        yield TableRequest(item, settings.country)
    for item in settings.by_language:
        yield TableRequest(item)
        yield TableRequest(item, LANGUAGE)


def release_template_of(words: TranslatedReport, dataset: Dataset) -> ReportTemplate:
    """The text of a release in the language of the study. Raises PublishingError REPORT_001 to REPORT_009."""
    wording = dataset.wording(dataset.info.source_language)
    template = translated_template(words, wording, dataset)
    if problems := check_template(template, wording):
        raise PublishingError(*problems)
    return template


def _counted(
    dataset: Dataset,
    words: TranslatedReport,
    options: NewReleaseOptions,
    ledger: Ledger | None,
    description: ReleaseDescription,
) -> PublicationRelease:
    """The release, whose tables are in the ledger from here on."""
    template, settings = release_template_of(words, dataset), _publication(dataset, options.text)
    known = (ALL_LANGUAGES_OF_A_RELEASE, words.hash)
    made = release_report(dataset, template, None, known, ledger, tuple(release_requests(settings)))
    check_unchanged(dataset)
    tables = tables_to_json(made.origin, made.tables)
    quotes = _quotes(template, made, options.quotes)
    if ledger is not None:
        ledger.add(made.entry.with_file_hash(tables), made.rules)
    release = _release(dataset, words, made, template, settings, description, tables_hash(tables))
    return replace(release, quotes=quotes)


def _quotes(template: ReportTemplate, made: ReleasedReport, path: Path | None) -> tuple[ReleasedQuote, ...]:
    """The quotes of a release, before anything is noted. Raises PublishingError QUOTE_014 (no file of quotes),
    QUOTE_015 (they are of another dataset or were looked at beside other tables), QUOTE_021 and QUOTE_022 (the text
    quotes what is not released)."""
    tables = tables_hash(tables_to_json(made.origin, made.tables))
    known = (made.origin.study, made.origin.dataset, tables)
    quotes = ReleasedQuotes(*known) if path is None else read_quotes_file(path)
    try:
        check_quotes_fit(quotes, known, made.tables)
    except ReleaseFileError as error:
        again = "make the release without quotes, look at them beside it, and export them again"
        place = f"{path}, {error.place}"
        raise PublishingError(Problem("QUOTE_015", place, error.cause, error.remedy or again)) from None
    if problems := template_quote_problems(template, quotes):
        raise PublishingError(*problems)
    return quotes.quotes


def _release(
    dataset: Dataset,
    words: TranslatedReport,
    made: ReleasedReport,
    template: ReportTemplate,
    settings: PublicationSettings,
    description: ReleaseDescription,
    entry: str,
) -> PublicationRelease:
    requests = dict.fromkeys((*template.requests, *(table.request for table in made.tables)))
    tags = sorted(words.languages, key=lambda tag: tag != dataset.info.source_language)
    shown = settings if not made.is_short else PublicationSettings()
    return PublicationRelease(
        description=description,
        study=dataset.study.id,
        origin=made.origin,
        tables=made.tables,
        text=words.text,
        languages={tag: words.languages[tag] for tag in tags},
        wordings={tag: wording_of_tables(dataset.wording(tag), requests) for tag in tags},
        identity=dataset.study.identity,
        opening_state=dataset.study.opening_state,
        ledger_entry=entry,
        country=shown.country,
        by_country=shown.by_country,
        by_language=shown.by_language,
    )


def _briefs(folder: Path | None, languages: Collection[str], progress: ProgressListener) -> dict[str, str]:
    """The texts of briefs in a study folder; none without a folder, since they are written once the numbers are known.
    Raises PublishingError BRIEF_001 to BRIEF_004, and BRIEF_022 (a file that cannot be read)."""
    found: dict[str, str] = {}
    for path in sorted((folder / BRIEFS_FOLDER).glob("*.md")) if folder is not None else ():
        named = brief_text_name(path.name)
        if named is None or named.tag not in languages:
            progress.note(f"{BRIEFS_FOLDER}/{path.name} is not taken: it is not named after a language of the study")
            continue
        found[path.name] = brief_file_text(path)
        read_brief(found[path.name], path.name)
    return found


def _publication(dataset: Dataset, text: Path | None) -> PublicationSettings:
    """[publication] of the study, as it was frozen or, if the words come from a study folder, as it is there now."""
    settings = dataset.study if text is None else read_study_folder(text).settings
    return (settings or dataset.study).publication


def _release_before(dataset: Dataset, options: NewReleaseOptions) -> ReleaseFolder | None:
    path = options.amends or options.follows
    if path is None:
        return None
    if options.amends and options.follows:
        cause, remedy = "a release either corrects another one or comes after it", "give --amends or --follows"
        raise PublishingError(Problem("RELEASE_025", "kuule release new", cause, remedy))
    before = read_release(path)
    if before.release.study != dataset.study.id:
        cause = f"it is of the study {before.release.study!r}, and the dataset of {dataset.study.id!r}"
        raise PublishingError(Problem("RELEASE_024", str(path), cause, "give a release of this study"))
    published = before.release.description.day
    if options.day is not None and options.day < published:
        cause = f"its day of publication is {published}, after {options.day}"
        raise PublishingError(Problem("RELEASE_024", str(path), cause, f"give --day {published} or a later one"))
    if not options.because.strip():
        cause = "it is not said what changed since the release before"
        raise PublishingError(Problem("RELEASE_020", "kuule release new", cause, 'say it with --because "…"'))
    return before


def _description(
    dataset: Dataset, before: ReleaseFolder | None, options: NewReleaseOptions, today: date
) -> ReleaseDescription:
    """What is known of a release when it is made; people go on writing it."""
    day = options.day or max([today + NOTICE, *([before.release.description.day] if before else [])])
    wording = dataset.wording(dataset.info.source_language)
    first = ReleaseDescription("1", day, f"{wording.organisation}: {wording.title}, {day.year}. Release 1.", LICENCE)
    if before is None:
        return first
    old = before.release.description
    version = amending_version(old.version) if options.amends else following_version(old.version)
    return replace(
        first,
        version=version,
        citation=f"{wording.organisation}: {wording.title}, {day.year}. Release {version}.",
        licence=old.licence,
        address=old.address,
        contact=old.contact,
        amends=before.content if options.amends else "",
        follows="" if options.amends else before.content,
        changes=(ReleaseChange(dataset.info.source_language, " ".join(options.because.split())),),
    )
