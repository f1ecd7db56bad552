"""Codes, spans and marks as somebody types them: a code by its name, a span as 3-9, a change of the codebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kuule.core.suggestions import did_you_mean
from kuule.languages.cldr.tags import is_language_tag
from kuule.qualitative.act_log.act_making import random_id
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, CodeId
from kuule.qualitative.project_model.project_problems import ProjectError, project_error
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark

_SPAN = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")


def named_code(tree: CodeTree, given: str) -> CodeId:
    """The code with a name, with a path of names (`Help/School`), or with an id. Raises ProjectError PROJECT_033."""
    if given in tree.entries:
        return given
    found = _codes_named(tree, given)
    if len(found) == 1:
        return found[0]
    place = f"code {given[:60]!r}"
    if found:
        paths = ", ".join(sorted("/".join(tree.path(code)) for code in found))
        cause = f"several codes have this name: {paths}"
        raise project_error("PROJECT_033", place, cause, "give it with those above it")
    names = [entry.name for entry in tree.entries.values()]
    remedy = did_you_mean(given, names, "see `kuule answers codebook`")
    raise project_error("PROJECT_033", place, "it is no code of the codebook", remedy)


def _codes_named(tree: CodeTree, given: str) -> list[CodeId]:
    """The codes that have this name, or whose path ends with it."""
    wanted = given.strip().casefold()
    if named := [code for code, entry in tree.entries.items() if entry.name.strip().casefold() == wanted]:
        return named
    parts = [part.strip() for part in wanted.split("/")]
    return [code for code in tree.entries if _folded_path(tree, code)[-len(parts) :] == parts]


def _folded_path(tree: CodeTree, code: CodeId) -> list[str]:
    return [name.strip().casefold() for name in tree.path(code)]


def typed_marks(given: Sequence[str]) -> tuple[RedactionMark, ...]:
    """Marks as they are typed: `3-9:relative`. Raises ProjectError PROJECT_038."""
    return tuple(_mark(one) for one in given)


def typed_segments(given: Sequence[str], tree: CodeTree, text: AnswerText) -> tuple[CodedSegment, ...]:
    """Codes as they are typed: `Silence` on the whole text, `Silence:3-9` on a span of it. Raises ProjectError
    PROJECT_033, PROJECT_038."""
    return tuple(_segment(one, tree, text) for one in given)


def _mark(given: str) -> RedactionMark:
    span, _, category = given.partition(":")
    if category not in list(IdentifierCategory):
        raise _unread(given, f"a mark is a span and one of {', '.join(IdentifierCategory)}, as in 3-9:relative")
    return RedactionMark(_span(span, given), IdentifierCategory(category))


def _segment(given: str, tree: CodeTree, text: AnswerText) -> CodedSegment:
    name, colon, span = given.rpartition(":")
    if colon and _SPAN.fullmatch(span):
        return CodedSegment(named_code(tree, name), _span(span, given))
    return CodedSegment(named_code(tree, given), TextSpan(0, len(text.words)))


def _span(span: str, given: str) -> TextSpan:
    found = _SPAN.fullmatch(span)
    if found is None or int(found[1]) >= int(found[2]):
        raise _unread(given, "a span is two numbers, the second larger: 3-9 has the characters from 3 up to 9")
    return TextSpan(int(found[1]), int(found[2]))


def _unread(given: str, remedy: str) -> ProjectError:
    return project_error("PROJECT_038", f"{given[:60]!r}", "it cannot be read", remedy)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What is to be said of a code. None leaves what it says now; codes are given by name."""

    name: str
    under: str | None = None
    definition: str | None = None
    example: str | None = None
    when_not: str | None = None
    heading: bool = False
    retired: bool = False
    into: str | None = None
    names: Sequence[str] = ()
    """Names in other languages, as `fi=Apu`."""


def changed_entry(tree: CodeTree, change: CodeChange) -> CodeEntry:
    """The entry with a change, or a new one where no code has the name. Raises ProjectError PROJECT_033,
    PROJECT_038."""
    if _codes_named(tree, change.name):
        entry = tree.entries[named_code(tree, change.name)]
    else:
        above, _, name = change.name.rpartition("/")
        placed = bool(_codes_named(tree, above))
        entry = CodeEntry(random_id(), name if placed else change.name, named_code(tree, above) if placed else None)
    return replace(
        entry,
        parent=named_code(tree, change.under) if change.under is not None else entry.parent,
        definition=entry.definition if change.definition is None else change.definition,
        example=entry.example if change.example is None else change.example,
        when_not=entry.when_not if change.when_not is None else change.when_not,
        codable=entry.codable and not change.heading,
        retired=entry.retired or change.retired or change.into is not None,
        merged_into=named_code(tree, change.into) if change.into is not None else entry.merged_into,
        names=tuple(sorted({**dict(entry.names), **dict(map(_translated_name, change.names))}.items())),
    )


def _translated_name(given: str) -> tuple[str, str]:
    tag, equals, name = given.partition("=")
    if not equals or not is_language_tag(tag) or not name.strip():
        raise _unread(given, "a name in a language is its tag and the name, as in fi=Apu")
    return tag, name.strip()
