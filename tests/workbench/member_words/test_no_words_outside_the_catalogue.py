"""No page of the workbench has English words of its own: templates and Python say them from the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA, TOKEN_STRING

WORKBENCH = Path(__file__).parents[3] / "src/kuule/workbench"
TEMPLATES = sorted(WORKBENCH.rglob("*.html"))
MODULES = sorted(path for path in WORKBENCH.rglob("*.py") if "migrations" not in path.parts)
_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>?", re.DOTALL)
_SAID_ATTRIBUTES = re.compile(r'\b(?:alt|aria-label|title|placeholder|summary)="([^"]*[^\W\d_][^"]*)"')
_COMMANDS = ('"kuule ', "'kuule ")
_WORDS = re.compile(r"[^\W\d_]{2,}")
SPOKEN_NAMES = {
    "release.html": {"kuule", "release", "approve", "name", "role", "hash", "FOLDER"},  # a command that is typed
    "parts.html": {"aria", "describedby", "hint", "wrong", "invalid", "true"},  # attributes that are put together
}
"""What stands in a template as it is: not words of a language."""
SENTENCES_OF_NO_PAGE = {
    "accounts/allauth_adapters.py": {"Kuule workbench"},  # the name of this site, which devices keep with a passkey
    # Names by which sections are known; `member_words.desk_words` says them.
    "translation_desk/text_locations.py": {
        "The study",
        "Headings of the report",
        "The report's text",
        "Elsewhere in the questionnaire",
    },
    "register_desk/value_changes.py": {
        "\n\nWhat was disputed: "
    },  # goes into the files of the register, which are English
}
_SENTENCE = re.compile(r"[A-Z][^\W\d_]*(?: [^\W\d_][\w',;:-]*)+[.:]?$|[^\W\d_]+ [^\W\d_]+ .*[.?!]$")


def written_text(source: str) -> str:
    """What a template has outside its expressions, with the tags."""
    data = "".join(
        value if kind == TOKEN_DATA else "\0"
        for _, kind, value in Environment(autoescape=True).lexer.tokeniter(source, None)
        if kind == TOKEN_DATA or kind == "variable_begin"
    )
    return re.sub(r"<(script|style|pre)\b.*?</\1>", "", data, flags=re.DOTALL)


def written_words(source: str) -> Iterator[str]:
    """The words of a template outside its tags, and in attributes that people read or hear."""
    plain = written_text(source)
    for found in _SAID_ATTRIBUTES.finditer(plain):
        yield from _WORDS.findall(found[1])
    yield from _WORDS.findall(re.sub(r"&[a-z]+;", " ", _TAG.sub(" ", plain)))


def written_strings(source: str) -> Iterator[str]:
    """Strings in the expressions of a template that read like words for people."""
    for _, kind, value in Environment(autoescape=True).lexer.tokeniter(source, None):
        if (
            kind == TOKEN_STRING
            and re.search(r"[A-Z][a-z]+ [a-z]|^[A-Z][a-z]+$|[a-z] [a-z]+ [a-z]", value.strip("\"'"))
            and not value.startswith(_COMMANDS)
        ):
            yield value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_words_of_its_own(path: Path) -> None:
    source = path.read_text("utf-8")
    names = SPOKEN_NAMES.get(path.name, set())
    assert [word for word in written_words(source) if word not in names] == []
    assert list(written_strings(source)) == []


def written_marks(source: str) -> list[str]:
    """Commas and semicolons of a template outside its tags, but for those within English, which stay as they are."""
    english = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", written_text(source), flags=re.DOTALL)
    text = re.sub(r"&[a-z]+;", " ", _TAG.sub(" ", english))
    strings = [
        value.strip("\"'")
        for _, kind, value in Environment(autoescape=True).lexer.tokeniter(source, None)
        if kind == TOKEN_STRING
    ]
    return [*re.findall("[,;]", text), *(one for one in strings if one in {", ", "; "})]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_leaves_commas_and_semicolons_to_the_language(path: Path) -> None:
    """Arabic and Persian have their own: `say_between`, `say_comma` and `say_semicolon` know them."""
    assert written_marks(path.read_text("utf-8")) == []


def test_marks_of_a_template_are_seen() -> None:
    seen = written_marks('<p class="a, b">{{ a }}, {{ b }}{{ "; " if c }}</p><p lang="en" dir="ltr">{{ a }}; &lt;</p>')
    assert seen == [",", "; "]


def spoken_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings that read like sentences, but for docstrings, problems (which are English) and what is raised."""
    silent = {id(one) for node in ast.walk(tree) if _is_silent(node) for one in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else ""
        if isinstance(node, ast.Constant) and isinstance(text, str) and _SENTENCE.search(text):
            yield node.lineno, text


def _is_silent(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return {one for each in node.targets for one in _names(each)} <= {"cause", "remedy"}
    return isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and _name_of(node.func) in _SILENT_CALLS)


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


_SILENT_CALLS = {
    "Problem",
    "ErrandKind",
    "ContextVar",
    "record_action",
    "record_action_of",
    "record_change",
    "_refused",
}


def _names(target: ast.expr) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(WORKBENCH)))
def test_module_has_no_sentences_of_its_own(path: Path) -> None:
    spoken = dict(spoken_strings(ast.parse(path.read_text("utf-8"))))
    known = SENTENCES_OF_NO_PAGE.get(str(path.relative_to(WORKBENCH)), set())
    assert {line: text for line, text in spoken.items() if text not in known} == {}


def test_words_that_are_planted_are_found() -> None:
    source = (
        '<p class="small">A word</p><img alt="[a picture]"><b title="{{ say("x") }}">{{ say(y, "Name others see") }}'
    )
    assert list(written_words(source)) == ["picture", "word"]
    assert list(written_strings(source)) == ['"Name others see"']
    planted = '"""Doc."""\nadd_notice(request, "It was not changed.")\n'
    assert dict(spoken_strings(ast.parse(planted))) == {2: "It was not changed."}
