"""release.toml: what people write about a release, read and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kuule.core.problems import Problem, PublishingError
from kuule.languages.cldr.tags import is_language_tag
from kuule.releases.publication_release import EarlyAccess, ReleaseChange, ReleaseDescription
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

DESCRIPTION_FILE = "release.toml"
_VERSION = r"[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})?"
_HASH = r"([0-9a-f]{64})?"
_ADDRESS = r"(https?://[^\s/@\"'<>]+(/[^\s\"'<>]*)?)?"
_ONE_LINE = r"[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*"
_MAYBE_ONE_LINE = r"[^\x00-\x1f\x7f]*"


def read_description(content: bytes) -> ReleaseDescription:
    """The description in release.toml. Raises PublishingError RELEASE_003 with everything that is wrong."""
    try:
        table = read_toml(content.decode())
    except UnicodeDecodeError:
        raise PublishingError(_wrong("it is not UTF-8", "save it as UTF-8")) from None
    except UnreadableToml as error:
        raise PublishingError(replace(_wrong(error.cause, error.remedy), excerpt=error.excerpt)) from None
    top = TableReader(DESCRIPTION_FILE, "", table)
    description = _description(top)
    top.reject_unknown_keys()
    if top.problems:
        raise PublishingError(*(replace(problem, code="RELEASE_003") for problem in top.problems))
    return description


def _wrong(cause: str, remedy: str) -> Problem:
    return Problem("RELEASE_003", DESCRIPTION_FILE, cause, remedy)


def _description(top: TableReader) -> ReleaseDescription:
    if top.table.get("amends") and top.table.get("follows"):
        top.add_problem("RELEASE_003", "follows", "it both amends and follows a release", 'write follows = ""')
    return ReleaseDescription(
        version=top.text(
            "version", pattern=_VERSION, remedy='write "1", "2" and so on, and "1.1" for an amendment of 1'
        ),
        day=_required_day(top, "day"),
        citation=top.text("citation", pattern=_ONE_LINE, remedy="write how to cite it, in one line"),
        licence=top.text("licence", pattern=_ONE_LINE, remedy="write the licence's name, such as CC BY 4.0"),
        address=top.text("address", "", pattern=_ADDRESS, remedy='write an address that begins with https://, or ""'),
        contact=top.text("contact", "", pattern=_MAYBE_ONE_LINE, remedy="write it in one line"),
        amends=top.text("amends", "", pattern=_HASH, remedy="write the 64 digits that kuule release show prints"),
        follows=top.text("follows", "", pattern=_HASH, remedy="write the 64 digits that kuule release show prints"),
        changes=_changes(top.subtable("changes")),
        early_access=tuple(_early_access(top)),
    )


def _required_day(reader: TableReader, key: str) -> date:
    """A day that has to be there. If it is not, that is a problem, unless the value already is one."""
    before = len(reader.problems)
    day = reader.day(key)
    if day is None and len(reader.problems) == before:
        reader.add_problem("RELEASE_003", key, "a day is missing", f"write it like {key} = 2027-03-01")
    return day or date.min


def _changes(table: TableReader) -> tuple[ReleaseChange, ...]:
    """One text for each language, under its tag."""
    found = []
    for tag in table.table:
        if not is_language_tag(tag):
            table.reject_value(tag, tag, "write the tag of a language, such as en")
        if text := table.text(tag, pattern=_ONE_LINE, remedy="write what changed, in one line"):
            found.append(ReleaseChange(tag, text))
    return tuple(found)


def _early_access(top: TableReader) -> Iterator[EarlyAccess]:
    """Each [[early_access]] under its own number, so that a problem can name it."""
    top.known_keys.add("early_access")
    given = top.table.get("early_access", [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        top.add_problem(
            "RELEASE_003", "early_access", "it is not a list of tables", "write [[early_access]] above each"
        )
        return
    for number, each in enumerate(given, start=1):
        reader = TableReader(top.file, f"early_access {number}", each, top.problems)
        since = _required_day(reader, "since")
        who = reader.text("who", pattern=_ONE_LINE, remedy="write who, in one line")
        reason = reader.text("reason", pattern=_ONE_LINE, remedy="write why, in one line")
        reader.reject_unknown_keys()
        yield EarlyAccess(who, since, reason)


def description_table(description: ReleaseDescription) -> dict[str, object]:
    """What a description means, for the hash of a release: a remark or another order in the file changes nothing."""
    return {
        "version": description.version,
        "day": description.day.isoformat(),
        "citation": description.citation,
        "licence": description.licence,
        "address": description.address,
        "contact": description.contact,
        "amends": description.amends,
        "follows": description.follows,
        "changes": {one.language: one.text for one in sorted(description.changes, key=lambda one: one.language)},
        "early_access": [[one.who, one.since.isoformat(), one.reason] for one in description.early_access],
    }


def description_toml(description: ReleaseDescription) -> bytes:
    """release.toml with a remark at each line, for people to go on writing."""
    lines = [
        "# What is said of this release. Whatever changes here, those who approved it approve again.",
        f"version = {_quoted(description.version)}",
        f"day = {description.day.isoformat()}  # of publication; until then the release is under embargo",
        f"citation = {_quoted(description.citation)}",
        f"licence = {_quoted(description.licence)}",
        f"address = {_quoted(description.address)}  # where the public page will be, or empty",
        f"contact = {_quoted(description.contact)}  # for questions about the numbers",
        f"amends = {_quoted(description.amends)}  # the hash of the release that this one corrects, or empty",
        f"follows = {_quoted(description.follows)}  # the hash of the release that this one comes after, or empty",
        "",
        "[changes]  # what changed since the release before, one line for each language",
        *(f"{_quoted(one.language)} = {_quoted(one.text)}" for one in description.changes),
        "",
        "# Whoever is given it before its day, published with it:",
        "# [[early_access]]",
        '# who = "the press desk of the ministry"',
        "# since = 2027-02-20",
        '# reason = "to prepare an answer"',
    ]
    for one in description.early_access:
        lines += ["", "[[early_access]]", f"who = {_quoted(one.who)}", f"since = {one.since.isoformat()}"]
        lines.append(f"reason = {_quoted(one.reason)}")
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(one):04X}" if one < " " or one == "\x7f" else one for one in escaped) + '"'
