"""One name means one thing, and a function's name says what it does or returns.

Whoever reads `Step` or `archive` should not have to look at the imports to know which one it is, and a call should not
read like a value: `told(person)` is neither what is done nor what comes back.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.sources import SRC, modules, name_of, tree_of

DJANGO = "Django looks for it under this name"
COMMAND = "a module of kuule.cli is called as its command, and the command as what it works on"
RULES_ON = "a room of kuule.study.rules is called by what its rules are about"

MODULES_WITH_ONE_NAME: Mapping[str, str] = {
    "__main__": "the name that `python -m` runs: of kuule for people, of kuule.cli for processes that start another",
    "apps": DJANGO,
    "base": DJANGO,
    "models": DJANGO,
    "urls": DJANGO,
    "wsgi": "a server is told `…wsgi:application`; each of the two sites has one",
}
CLASSES_WITH_ONE_NAME: Mapping[str, str] = {
    "DatabaseWrapper": DJANGO,
    "Entry": "the model's name is its table's (workbench_entry); the other is a catalogue's, as in gettext",
    "Response": "the model's name is its table's (store_response); the other is a response as forms know it",
}
FUNCTIONS_THAT_READ_LIKE_VALUES: Mapping[str, str] = {
    "ready": DJANGO,
}


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


NOT_PARTICIPLES = word_set(
    # Nouns and verbs that only end like participles.
    "bed breed children embed exceed feed fen freed heading listen need open padding proceed rounding routing screen"
    " seed setting speed spelling string substring succeed token wording"
)
IRREGULAR_PARTICIPLES = word_set(
    "begun been born bound bought brought built caught chosen come done drawn felt found given gone got grown had heard"
    " held hidden kept known laid left lent lost made meant met paid said seen sent shown sold spent stood stuck taken"
    " taught thought told torn understood won worn wound written wrote"
)
"""Without those that are the verb itself, too (cut, put, read, set, shut, split)."""
ADJECTIVES = word_set(
    "alike alive alone apart bare big blank blind due equal far full fuzzy good international large last late long near"
    " new obsolete old other own plain possible private public ready relevant safe same short small stale sure true"
    " visible volatile whole wrong"
)
ADVERBS_AND_PREPOSITIONS = word_set(
    "above after again ahead all along anew around aside at before behind below beneath beside between beyond by down"
    " elsewhere forward from here in inside into now of off on onto out outside over since then there to together under"
    " until up upon with within without"
)
SUFFIXES = ("ed", "en", "ing", "ful", "less", "ous")


def dotted_name(path: Path) -> str:
    """A module or package as it is imported, below kuule."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def is_named_by_its_place(module: str) -> bool:
    """Whether a module is a command, or a room of rules, and so may have the name of what it is about."""
    parts = module.split(".")
    return parts[:-1] in (["cli", "commands"], ["study", "rules"])


def modules_by_name(names: list[str]) -> dict[str, list[str]]:
    """Which modules and packages share their last name."""
    found = defaultdict(list)
    for name in names:
        found[name.rpartition(".")[2]].append(name)
    return {last: several for last, several in found.items() if len(several) > 1}


def public_types(tree: ast.Module) -> Iterator[str]:
    """Public classes, and type aliases and type variables of a module, which are written as classes are."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [one.id for one in node.targets if isinstance(one, ast.Name) and not one.id.isupper()]
        else:
            continue
        yield from (name for name in names if name[:1].isupper())


def public_functions(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, str]]:
    """Public functions and methods, with the class they belong to. Properties are values and may read like them."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            is_property = any("property" in ast.unparse(one) for one in node.decorator_list)
            if not node.name.startswith("_") and not is_property:
                yield owner, node.name


def reads_like_a_value(name: str) -> bool:
    """Whether a name is a bare participle, adjective, adverb or preposition, or is made of nothing else (shown_below).

    "left_over" is, "left_pages" is not, nor "open_now": there is something that is done, or a thing.
    """
    words = name.split("_")
    return all(map(_is_no_noun_and_no_verb, words))


def _is_no_noun_and_no_verb(word: str) -> bool:
    if word in IRREGULAR_PARTICIPLES | ADJECTIVES | ADVERBS_AND_PREPOSITIONS:
        return True
    return word.endswith(SUFFIXES) and word not in NOT_PARTICIPLES


def test_no_module_name_means_two_things() -> None:
    names = [dotted_name(path) for path in modules() if path.parent != SRC or path.stem != "__init__"]
    counted = [name for name in names if not is_named_by_its_place(name) and "migrations" not in name]
    found = {name: several for name, several in modules_by_name(counted).items() if name not in MODULES_WITH_ONE_NAME}
    assert found == {}


def test_commands_and_rooms_of_rules_have_one_name_among_themselves() -> None:
    names = [dotted_name(path) for path in modules()]
    assert modules_by_name([name for name in names if name.startswith("cli.")]) == {}
    assert modules_by_name([name for name in names if name.startswith("study.rules.")]) == {}


def test_no_class_name_means_two_things() -> None:
    found = defaultdict(list)
    for module in modules():
        for name in public_types(tree_of(module)) if not is_migration(module) else ():
            found[name].append(name_of(module))
    twice = {name: several for name, several in found.items() if len(several) > 1}
    assert {name: several for name, several in twice.items() if name not in CLASSES_WITH_ONE_NAME} == {}
    assert sorted(twice) == sorted(CLASSES_WITH_ONE_NAME), "an exception that nothing needs any more is taken out"


def test_no_public_function_reads_like_a_value() -> None:
    found = [
        f"{name_of(module)}: {owner}{name}"
        for module in modules()
        for owner, name in public_functions(tree_of(module).body)
        if reads_like_a_value(name) and name not in FUNCTIONS_THAT_READ_LIKE_VALUES
    ]
    assert found == []


@pytest.mark.parametrize(
    "name", ["told", "grown", "standing", "whole", "wrote", "shown_below", "carried_forward", "of"]
)
def test_a_participle_or_adjective_alone_is_found(name: str) -> None:
    assert reads_like_a_value(name)


@pytest.mark.parametrize("name", ["read", "token", "string", "open_now", "shown_pages", "is_shown", "split_key", "cut"])
def test_a_verb_or_a_noun_is_not(name: str) -> None:
    assert not reads_like_a_value(name)


def test_a_method_is_seen_and_a_property_is_not() -> None:
    code = (
        "class A:\n    @property\n    def kept(self): ...\n    def held(self): ...\ndef told(): ...\ndef _left(): ..."
    )
    assert list(public_functions(ast.parse(code).body)) == [("A.", "held"), ("", "told")]


def test_a_name_for_two_modules_is_seen() -> None:
    assert modules_by_name(["store.parts", "forms.parts", "forms.pages"]) == {"parts": ["store.parts", "forms.parts"]}
