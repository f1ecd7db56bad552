"""texts.json: the words of a release, written and read back. Report.md and its translations, who made them, and the
wording of questions, answers and groups in each language.

It is read without trust, like tables.json.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.workflow.states import State, TextOrigin
from kuule.releases.brief_text_names import brief_text_name
from kuule.releases.strict_json import (
    ReleaseFileError,
    StrictObject,
    check_integer,
    compact_json,
    parse_strict_json,
)
from kuule.study.edition.report_languages import ReportLanguage, ReportLanguages
from kuule.study.folder.report_translations import ReportText, ReportTexts, table_from_report_texts
from kuule.study.settings.identity_settings import IdentitySettings, read_identity, table_from_identity
from kuule.study.settings.table_reader import TableReader
from kuule.tables.wording import AskedIn, ItemWording, Wording

TEXTS_FORMAT = 1
TEXTS_FILE = "texts.json"
_NAME = r"\S+"
_OPTIONAL_NAME = r"\S*"


@dataclass(frozen=True, slots=True)
class ReleaseTexts:
    """What texts.json has. The fields are those of PublicationRelease."""

    text: str
    languages: ReportLanguages
    wordings: Mapping[str, Wording]
    identity: IdentitySettings
    opening_state: State
    country: str = ""
    by_country: tuple[str, ...] = ()
    by_language: tuple[str, ...] = ()
    briefs: Mapping[str, str] = field(default_factory=dict)


def texts_to_json(texts: ReleaseTexts) -> bytes:
    """The file. Raises KeyError if a language has no wording."""
    languages = [
        {
            "tag": tag,
            "state": one.state,
            "origin": one.origin,
            "report": table_from_report_texts(one.texts),
            "wording": _wording_table(texts.wordings[tag]),
        }
        for tag, one in texts.languages.items()
    ]
    return compact_json(
        {
            "format": TEXTS_FORMAT,
            "opening_state": texts.opening_state,
            "country": texts.country,
            "by_country": list(texts.by_country),
            "by_language": list(texts.by_language),
            "identity": table_from_identity(texts.identity).get("identity", {}),
            "text": texts.text,
            "languages": languages,
            **({"briefs": dict(texts.briefs)} if texts.briefs else {}),
        }
    )


def texts_from_json(content: bytes) -> ReleaseTexts:
    """The reverse. Raises ReleaseFileError if the file is anything else."""
    top = StrictObject.from_value(parse_strict_json(content))
    if top.integer("format") != TEXTS_FORMAT:
        raise ReleaseFileError("format", f"it is another one than {TEXTS_FORMAT}", "use the version that wrote it")
    languages: dict[str, ReportLanguage] = {}
    wordings: dict[str, Wording] = {}
    for read in top.inner_list("languages"):
        tag = read.text("tag", _NAME)
        if not is_language_tag(tag) or tag in languages:
            raise ReleaseFileError(read.place_of("tag"), f"{tag!r} is no language, or is there twice")
        languages[tag], wordings[tag] = _read_language(read), _read_wording(read.inner("wording"), tag)
        read.check_all_read()
    if not languages:
        raise ReleaseFileError("languages", "there is none")
    texts = ReleaseTexts(
        text=top.text("text"),
        languages=languages,
        wordings=wordings,
        identity=_read_identity(top),
        opening_state=top.one_of("opening_state", State),
        country=top.text("country", _OPTIONAL_NAME),
        by_country=top.texts("by_country", _NAME),
        by_language=top.texts("by_language", _NAME),
        briefs=_read_briefs(top, languages),
    )
    top.check_all_read()
    return texts


def _read_briefs(top: StrictObject, languages: Collection[str]) -> dict[str, str]:
    """The texts of briefs. A release from before there were any has no such field."""
    found = top.text_by_key("briefs") if "briefs" in top.table else {}
    for name in found:
        if (named := brief_text_name(name)) is None or named.tag not in languages:
            raise ReleaseFileError("briefs", f"{name[:80]!r} is no name of a brief's text in one of the languages")
    return found


def _read_language(read: StrictObject) -> ReportLanguage:
    report = read.inner("report")
    return ReportLanguage(read.one_of("state", State), read.one_of("origin", TextOrigin), _read_report_texts(report))


def _read_report_texts(report: StrictObject) -> ReportTexts:
    found = {}
    for key in report.table:
        one = report.inner(key)
        found[key] = ReportText(one.text("text"), one.one_of("state", State), one.one_of("origin", TextOrigin))
        one.check_all_read()
    return found


def _read_identity(top: StrictObject) -> IdentitySettings:
    """As study.toml has it, with the pictures themselves. A picture is checked when it is shown."""
    reader = TableReader(TEXTS_FILE, "identity", top.inner("identity").table)
    identity = read_identity(reader)
    if reader.problems:
        raise ReleaseFileError("identity", reader.problems[0].cause, reader.problems[0].remedy)
    return identity


def _wording_table(wording: Wording) -> dict[str, object]:
    return {
        "title": wording.title,
        "organisation": wording.organisation,
        "items": {name: _item_table(item) for name, item in wording.items.items()},
        "cuts": {name: {"title": title, "members": dict(members)} for name, (title, members) in wording.cuts.items()},
        "links": dict(wording.links),
        "sections": [{"heading": heading, "items": list(items)} for heading, items in wording.sections],
        "ordered_cuts": sorted(wording.ordered_cuts),
    }


def _item_table(item: ItemWording) -> dict[str, object]:
    return {
        "question": item.question,
        "answers": dict(item.answers),
        "sensitive": item.sensitive,
        "order_matters": item.order_matters,
        "multiple": item.multiple,
        "quotes_answer": item.quotes_answer,
        **({} if item.asked_in is None else {"asked_in": _asked_in_table(item.asked_in)}),
    }


def _asked_in_table(asked: AskedIn) -> dict[str, object]:
    return {"editions": list(asked.numbers), "of": asked.of, "reworded": asked.reworded}


def _read_wording(read: StrictObject, tag: str) -> Wording:
    items, cuts = read.inner("items"), read.inner("cuts")
    wording = Wording(
        language=tag,
        title=read.text("title"),
        organisation=read.text("organisation"),
        items={name: _read_item(items.inner(name), name) for name in items.table},
        cuts={name: _read_cut(cuts.inner(name)) for name in cuts.table},
        links=read.text_by_key("links"),
        sections=tuple(_read_section(each) for each in read.inner_list("sections")),
        ordered_cuts=frozenset(read.texts("ordered_cuts", _NAME)),
    )
    read.check_all_read()
    return wording


def _read_item(read: StrictObject, name: str) -> ItemWording:
    item = ItemWording(
        name,
        read.text("question"),
        read.text_by_key("answers"),
        sensitive=read.boolean("sensitive"),
        order_matters=read.boolean("order_matters"),
        multiple=read.boolean("multiple"),
        quotes_answer=read.boolean("quotes_answer"),
        asked_in=_read_asked_in(read.inner("asked_in")) if "asked_in" in read.table else None,
    )
    read.check_all_read()
    return item


def _read_asked_in(read: StrictObject) -> AskedIn:
    numbers = tuple(check_integer(value, place, 1) for place, value in read.values("editions"))
    asked = AskedIn(numbers, read.integer("of", 1), read.boolean("reworded"))
    if not numbers or len(set(numbers)) < len(numbers) or max(numbers) > asked.of:
        raise ReleaseFileError(read.place_of("editions"), f"these are no editions of {asked.of}")
    read.check_all_read()
    return asked


def _read_cut(read: StrictObject) -> tuple[str, dict[str, str]]:
    cut = read.text("title"), read.text_by_key("members")
    read.check_all_read()
    return cut


def _read_section(read: StrictObject) -> tuple[str, tuple[str, ...]]:
    section = read.text("heading"), read.texts("items", _NAME)
    read.check_all_read()
    return section
