"""Reading study.toml into settings, and settings to JSON and back. Everything that is wrong is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kuule.core.limits import PRIVACY_FLOORS
from kuule.core.problems import Excerpt, Problem, StudyError
from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.settings.adaptations import read_adaptations, table_from_adaptations
from kuule.study.settings.answer_settings import read_answer_settings, table_from_answer_settings
from kuule.study.settings.cleaning_settings import read_cleaning, table_from_cleaning
from kuule.study.settings.coming_back_settings import ComingBackSettings, read_coming_back, table_from_coming_back
from kuule.study.settings.field_period_settings import read_field_period, table_from_field_period
from kuule.study.settings.first_and_last_pages import read_after, read_welcome, table_from_after, table_from_welcome
from kuule.study.settings.help_settings import HelpLevel, HelpSettings, read_help, table_from_help
from kuule.study.settings.identity_settings import read_identity, table_from_identity
from kuule.study.settings.leave_questions import read_leave_questions, table_from_leave_questions
from kuule.study.settings.pooled_questions import read_pooled_questions, table_from_pooled_questions
from kuule.study.settings.publication_settings import read_publication, table_from_publication
from kuule.study.settings.study_settings import (
    AnswerSettings,
    Audience,
    DisclosureSettings,
    GateSettings,
    Group,
    GroupMember,
    LanguageSettings,
    LinkSettings,
    Study,
)
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml, read_toml_text

__all__ = [
    "AnswerSettings",
    "Audience",
    "ComingBackSettings",
    "DisclosureSettings",
    "GateSettings",
    "Group",
    "GroupMember",
    "HelpLevel",
    "HelpSettings",
    "LanguageSettings",
    "LinkSettings",
    "Study",
    "read_settings",
    "settings_from_table",
    "table_from_settings",
]

SETTINGS_FILE = "study.toml"
_ID = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
_HTTPS = r"https://[^\s/@]+\.[^\s/@]+(/\S*)?"
_CODE = r"(?=[a-z0-9]*[0-9])[a-z0-9]{2,4}"
"""Has a digit in it, so that it is neither a word nor a language tag."""
_TEN_YEARS = 3650


def read_settings(path: Path) -> Study:
    """The settings of a study folder's study.toml (or of that file). Raises StudyError STUDY_101 to STUDY_109.

    The file is read each time, and parsed only where its text is not one of the last few: the same text gives the same
    object, which nobody changes.
    """
    return _settings_from_text(_text(path))


def read_faulty_settings(path: Path) -> tuple[Study, tuple[Problem, ...], frozenset[str]]:
    """The same with placeholders for what could not be read, all that is wrong, and the tables and keys of the top
    level in which it is. Raises StudyError STUDY_101 if nothing can be read."""
    top = TableReader(SETTINGS_FILE, "", _table(_text(path)))
    study = read_study_table(top)
    return study, tuple(top.problems), frozenset(top.faulty)


@lru_cache(maxsize=4)
def _settings_from_text(text: str) -> Study:
    return settings_from_table(_table(text))


def _text(path: Path) -> str:
    if not path.exists() and path.name != SETTINGS_FILE:
        cause = "there is no such folder, and so no study.toml"
        raise StudyError(Problem("STUDY_101", str(path), cause, "give the folder of the study"))
    file = path / SETTINGS_FILE if path.is_dir() else path
    remedy = "every study folder has one; `kuule new` writes one in which every setting is explained"
    try:
        return read_toml_text(file, if_missing=remedy)
    except UnreadableToml as error:
        raise StudyError(_unreadable(error.cause, error.remedy, error.excerpt)) from None


def _table(text: str) -> Mapping[str, object]:
    try:
        return read_toml(text)
    except UnreadableToml as error:
        raise StudyError(_unreadable(error.cause, error.remedy, error.excerpt)) from None


def _unreadable(cause: str, remedy: str, excerpt: Excerpt | None = None) -> Problem:
    return Problem("STUDY_101", SETTINGS_FILE, cause, remedy, excerpt=excerpt)


def settings_from_table(table: Mapping[str, object], file: str = SETTINGS_FILE) -> Study:
    """The settings in a table (from TOML or JSON). Raises StudyError with every problem."""
    top = TableReader(file, "", table)
    study = read_study_table(top)
    if top.problems:
        raise StudyError(*top.problems)
    return study


def read_study_table(top: TableReader) -> Study:
    """The settings, with placeholders for what cannot be read. Problems are added to `top`."""
    languages = _languages(top)
    opening, counts = top.subtable("opening"), top.subtable("counts")
    coming_back = read_coming_back(top.subtable("coming_back"), str(top.table.get("audience", "")))
    links = _links(top.subtable("links"))
    study = Study(
        id=top.text("id", pattern=_ID, remedy="use a-z, 0-9 and hyphens, up to 64 characters"),
        title=top.text("title"),
        organisation=top.text("organisation"),
        audience=top.one_of("audience", Audience),
        minimum_age=top.integer("minimum_age", lowest=0, highest=120),
        source_language=_source_language(top, languages),
        discreet_title=top.text("discreet_title"),
        retention_days=top.integer("retention_days", lowest=1, highest=_TEN_YEARS),
        languages=languages,
        opening_state=opening.one_of("state", State, State.REVIEWED),
        gates=_gates(top.subtable("gates")),
        answers=read_answer_settings(top.subtable("answers"), str(top.table.get("audience", ""))),
        disclosure=_disclosure(top.subtable("disclosure")),
        groups=_groups(top.subtable("groups")),
        help=read_help(top.subtable("help"), frozen=top.file != SETTINGS_FILE),
        links=links,
        counts=counts.boolean("on", default=True),
        count_help=counts.boolean("help_opened"),
        coming_back=coming_back,
        field_period=read_field_period(top.subtable("field_period"), languages=languages, links=links.partners),
        adaptations=read_adaptations(top.subtable("adaptations")),
        cleaning=read_cleaning(top.subtable("cleaning")),
        identity=read_identity(top.subtable("identity")),
        publication=read_publication(top.subtable("publication")),
        discreet=top.boolean("discreet", default=top.table.get("audience") != Audience.PUBLIC),
        translate=top.boolean("translate"),
        welcome=read_welcome(top.subtable("welcome")),
        after=read_after(top.subtable("after"), coming_back.withdraw_until),
        pooled=read_pooled_questions(top.subtable("pooled")),
        leave_to_quote=read_leave_questions(top.subtable("leave_to_quote")),
    )
    for table in (opening, counts, top):
        table.reject_unknown_keys()
    return study


def _source_language(top: TableReader, languages: Mapping[str, LanguageSettings]) -> str:
    tag = top.text("source_language")
    if tag and isinstance(top.table.get("languages"), Mapping) and next(iter(languages), "") != tag:
        top.reject_value("source_language", tag, "name it first in [languages]")
    return tag


def _languages(top: TableReader) -> dict[str, LanguageSettings]:
    table = top.subtable("languages", required=True)
    languages: dict[str, LanguageSettings] = {}
    for tag, reader in table.subtables("language tag"):
        if not is_language_tag(tag):
            table.add_problem(
                "STUDY_106", tag, "CLDR knows no such language", 'write the tag as BCP 47 does, like "sv" or "pt-BR"'
            )
        leave_to = reader.text("leave_to", pattern=_HTTPS, remedy="write an address that begins with https://")
        state, origin = State.REVIEWED, TextOrigin.PERSON
        if not languages:
            state, origin = reader.one_of("state", State, state), reader.one_of("origin", TextOrigin, origin)
        reader.reject_unknown_keys()
        languages[tag] = LanguageSettings(tag, leave_to, state, origin)
    return languages


def _gates(table: TableReader) -> dict[str, GateSettings]:
    gates = {}
    for name in ("consent", "age"):
        if table.has(name):
            reader = table.subtable(name)
            gates[name] = GateSettings(name, reader.text("question"), reader.text("answer"))
            reader.reject_unknown_keys()
    table.reject_unknown_keys()
    return gates


def _disclosure(table: TableReader) -> DisclosureSettings:
    values = {
        key: table.integer(key, floor, lowest=0, highest=1_000_000, floor=floor)
        for key, floor in PRIVACY_FLOORS.items()
    }
    _check_noise(values["noise_variance"], values["noise_bound"], values["smallest_count"], table)
    table.accept_unused("rounding")  # editions from before decision 0025 have it; nothing is rounded any more
    table.reject_unknown_keys()
    return DisclosureSettings(**values)


def _check_noise(variance: int, bound: int, smallest_count: int, table: TableReader) -> None:
    if 3 * variance > bound * (bound + 1):
        cause = f"{variance} is more than noise within a bound of {bound} has"
        table.add_problem("STUDY_107", "noise_variance", cause, f"write {bound * (bound + 1) // 3} or less")
    if bound >= smallest_count:
        cause = f"{bound} is not under smallest_count: a count that is shown would tell that it is not none"
        table.add_problem("STUDY_107", "noise_bound", cause, f"write {smallest_count - 1} or less")


def _links(table: TableReader) -> LinkSettings:
    named = table.subtable("partners")
    codes = named.own_names(pattern=_CODE, remedy="use two to four of a-z and 0-9, with a digit among them")
    links = LinkSettings(table.boolean("on", default=True), {code: named.text(code) for code in codes})
    table.reject_unknown_keys()
    return links


def _groups(table: TableReader) -> dict[str, Group]:
    groups = {}
    for name, reader in table.subtables("name of a group"):
        title, question = reader.text("title"), reader.text("question")
        groups[name] = Group(name, title, question, _members(reader.subtable("members", required=True)))
        reader.reject_unknown_keys()
    return groups


def _members(table: TableReader) -> tuple[GroupMember, ...]:
    members = []
    for name, reader in table.subtables("name of a member"):
        member = GroupMember(name, reader.text("title"), reader.texts("values"), reader.boolean("rest"))
        reader.reject_unknown_keys()
        if bool(member.values) == member.rest:
            table.add_problem(
                "STUDY_108", name, "a member has either values or the rest", "give values, or rest = true"
            )
        members.append(member)
    if sum(member.rest for member in members) > 1:
        table.add_problem("STUDY_108", "", "two members take the rest", "leave rest = true to one of them")
    values = [value for member in members for value in member.values]
    for value in sorted({value for value in values if values.count(value) > 1}):
        table.add_problem("STUDY_109", value, f"{value!r} is in two members", "put every value into one member only")
    return tuple(members)


def table_from_settings(study: Study) -> dict[str, object]:
    """The settings in the shape of study.toml, every default written out; `settings_from_table` reads it back."""
    return {
        "id": study.id,
        "title": study.title,
        "organisation": study.organisation,
        "audience": str(study.audience),
        "minimum_age": study.minimum_age,
        "source_language": study.source_language,
        "discreet": study.discreet,
        "discreet_title": study.discreet_title,
        "translate": study.translate,
        "retention_days": study.retention_days,
        "languages": _languages_table(study),
        "opening": {"state": str(study.opening_state)},
        "gates": {name: {"question": gate.question, "answer": gate.answer} for name, gate in study.gates.items()},
        "answers": table_from_answer_settings(study.answers),
        "disclosure": {key: getattr(study.disclosure, key) for key in PRIVACY_FLOORS},
        "groups": {name: _group_table(group) for name, group in study.groups.items()},
        "help": table_from_help(study.help),
        "links": {"on": study.links.on, "partners": dict(study.links.partners)},
        "counts": {"on": study.counts, **({"help_opened": True} if study.count_help else {})},
        "coming_back": table_from_coming_back(study.coming_back),
        **table_from_field_period(study.field_period),
        "adaptations": table_from_adaptations(study.adaptations),
        "cleaning": table_from_cleaning(study.cleaning),
        **table_from_identity(study.identity),
        **table_from_publication(study.publication),
        **table_from_welcome(study.welcome),
        **table_from_after(study.after),
        **table_from_pooled_questions(study.pooled),
        **table_from_leave_questions(study.leave_to_quote),
    }


def _languages_table(study: Study) -> dict[str, object]:
    """Only the source language states how far it is; for the others, their files do."""
    table: dict[str, object] = {tag: {"leave_to": language.leave_to} for tag, language in study.languages.items()}
    source = study.languages[study.source_language]
    table[source.tag] = {"leave_to": source.leave_to, "state": str(source.state), "origin": str(source.origin)}
    return table


def _group_table(group: Group) -> dict[str, object]:
    members = {
        member.name: {"title": member.title, **({"rest": True} if member.rest else {"values": list(member.values)})}
        for member in group.members
    }
    return {"title": group.title, "question": group.question, "members": members}
