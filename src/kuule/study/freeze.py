"""`kuule freeze`: turns a checked study folder and a public key into an edition. Equal folders and keys give equal
bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from kuule.core.files import json_bytes
from kuule.core.folders import atomic_folder, unfinished_folders
from kuule.core.forked_task import ForkedTask
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, StudyError, raise_errors
from kuule.forms.compile.form import Form
from kuule.forms.model.text_keys import choice_text_key
from kuule.helplines.short_numbers import countries_with_emergency_number
from kuule.languages.cldr.territories import territory_names
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.hyphenation.word_breaks import word_breaks
from kuule.languages.workflow.states import State, TextOrigin
from kuule.limitation.rules_json import rule_book_to_json
from kuule.sealing.keys import PublicKey
from kuule.study.check import check_folder
from kuule.study.edition.edition_files import MANIFEST, REPORT_RULES_FILE
from kuule.study.edition.envelope_size import envelope_size
from kuule.study.edition.frozen_words import FrozenWords, freeze_source_words, freeze_words, table_from_words
from kuule.study.edition.language_readiness import folder_readiness, interface_word_gaps
from kuule.study.edition.readiness import LanguageReadiness, TranslationGaps, source_gaps, translation_gaps
from kuule.study.edition.study_edition import (
    EDITION_FORMAT,
    Edition,
    FrozenGaps,
    LanguageStatus,
    choice_order_key,
    read_edition,
    table_from_public_key,
)
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.followed_register import read_report_rules
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER
from kuule.study.folder.key_record import check_key_not_destroyed
from kuule.study.folder.report_text import is_survey_key
from kuule.study.folder.report_translations import report_translations, table_from_report_texts
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder
from kuule.study.media.media_files import StudyMedia, read_folder_media
from kuule.study.media.partner_logos import embed_logos, read_partner_logos
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.study_toml import Study, table_from_settings

_READABLE = 0o777
"""What the umask leaves of it: a collector often runs as another user than the one who freezes."""


def freeze(study_path: Path, key: PublicKey, out: Path, *, drafts: bool, today: date | None = None) -> Edition:
    """Make the edition in the folder `out`, which must not hold anything else. `today` (of UTC by default) is in no
    file: a refusal says with it who would find no help.

    Raises StudyError: every error that `check_folder` finds; EDITION_007 (a record that does not fit an envelope),
    EDITION_008 (a language whose texts or words of Kuule are not far enough, unless `drafts`), EDITION_009 (something
    else is in `out`), EDITION_010 (it cannot be written). KeyMaterialError KEY_050: the study's record says that
    the key was destroyed.
    """
    gathered = read_study_folder(study_path)
    checking = ForkedTask(lambda: check_folder(gathered))
    files = _files_ahead(gathered, key) if checking.is_forked else None
    problems = checking.result()
    raise_errors(problems, StudyError)
    check_key_not_destroyed(study_path, key)
    folder = complete_study_folder(gathered)
    if not drafts:
        statuses = language_statuses(folder)
        answers = folder_readiness(gathered, problems, today or datetime.now(UTC).date())
        closed = [answer for answer in answers if not statuses[answer.tag].open]
        raise_errors([_below(answer, statuses[answer.tag], folder.settings) for answer in closed], StudyError)
    _write(files or _all_files(gathered, folder, key), out)
    return read_edition(out)


def freeze_for_rehearsal(study_path: Path, key: PublicKey, out: Path, written: Callable[[], None]) -> Edition:
    """Like `freeze` with drafts, in half the time if `written` lets another process read the edition: it is called once
    the edition is in `out`, and the study is checked after that. If the check finds errors, `out` is emptied.

    Raises as `freeze` does, and ValueError for a key that is not for rehearsals: nothing unchecked may come near real
    answers.
    """
    if not key.rehearsal:
        raise ValueError("a study is checked before anything is frozen with a key for real answers")
    gathered = read_study_folder(study_path)
    check_key_not_destroyed(study_path, key)
    try:
        _write(_all_files(gathered, complete_study_folder(gathered), key), out)
        edition = read_edition(out)
        written()
    except Exception:
        raise_errors(check_folder(gathered), StudyError)  # its problems explain whatever failed because of them
        raise
    try:
        raise_errors(check_folder(gathered), StudyError)
    except StudyError:
        shutil.rmtree(out)
        raise
    return edition


def _files_ahead(gathered: FolderReading, key: PublicKey) -> dict[str, bytes] | None:
    """The files of the edition, made while the study is checked in another process; None if they cannot be made, which
    the check explains, or else making them again."""
    with suppress(Exception):
        return _all_files(gathered, complete_study_folder(gathered), key)
    return None


def _all_files(gathered: FolderReading, folder: StudyFolder, key: PublicKey) -> dict[str, bytes]:
    return _files(folder, key, language_statuses(folder), read_folder_media(gathered))


def language_statuses(folder: StudyFolder) -> dict[str, LanguageStatus]:
    """How far each language is now, without the texts of the report. For the source language, study.toml says so."""
    settings, demanded = folder.settings, folder.settings.opening_state
    source = settings.languages[settings.source_language]
    texts = source_gaps(sum(is_survey_key(one.key) for one in folder.sources), source.state, demanded)
    statuses = {source.tag: _status(source.tag, source.state, source.origin, texts, folder)}
    for tag in settings.languages:
        if tag in folder.catalogues:
            catalogue = folder.catalogues[tag].select(is_survey_key)
            lacks = translation_gaps(catalogue, demanded)
            statuses[tag] = _status(tag, catalogue.state, catalogue.origin, lacks, folder)
    return statuses


def _status(tag: str, state: State, origin: TextOrigin, texts: TranslationGaps, folder: StudyFolder) -> LanguageStatus:
    words = interface_word_gaps(tag, folder.words.get(tag), folder.settings.opening_state)
    return LanguageStatus(tag, state, origin, texts.is_empty and words.is_empty, FrozenGaps(texts, words))


def frozen_interface_words(folder: StudyFolder, tag: str) -> FrozenWords:
    """Kuule's own words in a language of the study, as an edition keeps them."""
    return freeze_source_words() if tag == SOURCE_LANGUAGE else freeze_words(folder.words[tag])


def _below(answer: LanguageReadiness, status: LanguageStatus, settings: Study) -> Problem:
    tag, lacks = status.tag, status.gaps
    place = f"study.toml, languages.{tag}" if tag == settings.source_language else f"languages/{tag}.po"
    if lacks is not None and lacks.texts.is_empty:
        place = f"languages/{INTERFACE_WORDS_FOLDER}/{tag}.po"
    remedy = (
        "finish it, take it out of study.toml, or freeze with --drafts: it stays shut, or says on every page what it is"
    )
    shared = f"they may not open yet: {'; '.join(answer.shared_reasons)}"
    return Problem("EDITION_008", place, str(answer), remedy, language=tag, shared_cause=shared)


def _files(
    folder: StudyFolder, key: PublicKey, statuses: Mapping[str, LanguageStatus], media: StudyMedia
) -> dict[str, bytes]:
    support = folder.support.of_kinds(SERVICES_BY_AUDIENCE[folder.settings.audience])
    files = {
        **_questionnaire_files(folder, media),
        "public.key": key.to_text().encode(),
        "rehearsal.json": json_bytes(folder.rehearsal),
        "report.md": folder.report.encode(),
        "support.json": json_bytes(support.to_json()),
        **{f"texts/{tag}.json": json_bytes(language_texts(folder, tag) | media.media_names(tag)) for tag in statuses},
        **{f"words/{tag}.json": json_bytes(table_from_words(frozen_interface_words(folder, tag))) for tag in statuses},
        **_hyphen_files(folder, statuses),
        **media.contents(),
        **_report_files(folder),
        **({"analysis.toml": folder.analysis_plan.encode()} if folder.analysis_plan else {}),
        **_report_rules(folder),
    }
    manifest = {
        "format": EDITION_FORMAT,
        "study": folder.settings.id,
        "key": table_from_public_key(key),
        "envelope_size": envelope_size(folder.form, folder.settings.answers.longest_text),
        "languages": [_row(status) for status in statuses.values()],
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return {**files, MANIFEST: json_bytes(manifest)}


def _questionnaire_files(folder: StudyFolder, media: StudyMedia) -> dict[str, bytes]:
    """What is asked: the form, the settings, and the texts of the source language."""
    source = folder.settings.source_language
    texts = language_texts(folder, source) | media.media_names(source)
    return {
        "form.xml": folder.xform.encode(),
        "study.json": json_bytes(table_from_settings(_with_logos(folder))),
        f"texts/{source}.json": json_bytes(texts),
    }


def is_asked_as_frozen(gathered: FolderReading, edition: Path) -> bool:
    """Whether the form, the settings and the texts of the source language are those of the edition in this folder.
    Raises OSError if its files cannot be read, and ValueError for a folder with problems."""
    now = _questionnaire_files(complete_study_folder(gathered), read_folder_media(gathered))
    return all((edition / name).is_file() and (edition / name).read_bytes() == content for name, content in now.items())


def _with_logos(folder: StudyFolder) -> Study:
    return embed_logos(folder.settings, read_partner_logos(folder.path, folder.settings.identity))


def _row(status: LanguageStatus) -> dict[str, object]:
    row = {"tag": status.tag, "state": str(status.state), "origin": str(status.origin), "open": status.open}
    lacks = status.gaps
    return row if lacks is None else {**row, "texts": lacks.texts.to_table(), "words": lacks.words.to_table()}


def _hyphen_files(folder: StudyFolder, tags: Iterable[str]) -> dict[str, bytes]:
    tables = {tag: _word_breaks(folder, tag) for tag in tags}
    return {f"hyphens/{tag}.json": json_bytes(words) for tag, words in tables.items() if words}


def _report_rules(folder: StudyFolder) -> dict[str, bytes]:
    rules = read_report_rules(folder.path, folder.settings)
    return {} if rules is None else {REPORT_RULES_FILE: json_bytes(rule_book_to_json(rules))}


def _word_breaks(folder: StudyFolder, tag: str) -> tuple[str, ...]:
    """Of all that a page can say in a language."""
    texts = language_texts(folder, tag).values()
    words = (word.text for word in frozen_interface_words(folder, tag).words.values())
    countries = {service.country for service in folder.support.services} | countries_with_emergency_number()
    names = (name for code, name in territory_names(tag).items() if code in countries)
    return word_breaks([*texts, *words, *names], tag)


def _report_files(folder: StudyFolder) -> dict[str, bytes]:
    translated = {tag: report_translations(catalogue) for tag, catalogue in folder.catalogues.items()}
    tables = {tag: table_from_report_texts(texts) for tag, texts in translated.items() if texts}
    return {f"report/{tag}.json": json_bytes(table) for tag, table in tables.items()}


def language_texts(folder: StudyFolder, tag: str) -> dict[str, str]:
    """All texts of the survey in a language, by key, with the names and the order of its lists of countries."""
    if tag == folder.settings.source_language:
        texts = {source.key: source.text for source in folder.sources if is_survey_key(source.key)}
    else:
        texts = folder.catalogues[tag].select(is_survey_key).texts
    for name in folder.settings.answers.territories:
        texts |= _country_texts(folder.form, name, tag)
    return texts


def _country_texts(form: Form, list_name: str, tag: str) -> dict[str, str]:
    """Labels from CLDR, and the order: countries as the language sorts them, then other answers as in the form."""
    names = territory_names(tag)
    values = [choice.value for choice in form.choice_lists[list_name]]
    countries = [code for code in names if code in values]
    others = [value for value in values if value not in names]
    labels = {choice_text_key(list_name, code): names[code] for code in countries}
    return {**labels, choice_order_key(list_name): " ".join([*countries, *others])}


def _write(files: Mapping[str, bytes], out: Path) -> None:
    """Everything or nothing: written next to `out`, then moved there. An equal edition in `out` is kept."""
    out = out.absolute()
    if _is_written(out, files):
        return
    try:
        if not out.parent.exists():
            out.parent.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(out.with_name(f".{out.name}.held"), waiting=lambda: None):
            if not _is_written(out, files):
                _write_whole(files, out)
    except OSError as error:
        cause = f"the edition cannot be written there ({error.strerror})"
        raise StudyError(Problem("EDITION_010", str(out), cause, "make room or give another folder")) from None


def _is_written(out: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the same edition is there already. Raises StudyError EDITION_009 if something else is."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return False
    if not _holds(out, files):
        cause = "something else is there already"
        raise StudyError(Problem("EDITION_009", str(out), cause, "give a folder that does not exist yet"))
    return True


def _write_whole(files: Mapping[str, bytes], out: Path) -> None:
    for folder in unfinished_folders(out):
        shutil.rmtree(folder)
    with atomic_folder(out, mode=_READABLE, synced=True) as folder:
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        if out.is_dir():
            out.rmdir()


def _holds(out: Path, files: Mapping[str, bytes]) -> bool:
    there = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    return there == set(files) and all((out / name).read_bytes() == content for name, content in files.items())
