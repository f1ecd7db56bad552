"""The workbench's words: each is said somewhere, each that is said exists, and drafts of a language are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.booklet import changes_booklet
from kuule.kit.message_texts import MESSAGES
from kuule.languages import catalogues
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.workflow import workflow_steps
from kuule.languages.workflow.states import State
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.limitation.limit_rule import OffencePart
from kuule.network.signatures import SignatureState
from kuule.register.data_model.answers import Clock, LimitForm
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.planned_actions import ActionKind
from kuule.register.data_model.sources import Confidence, SourceKind
from kuule.study.settings.field_phase import FieldPhase
from kuule.workbench.kit_desk.kit_reasons import why_not
from kuule.workbench.member_words.saying import has_words
from kuule.workbench.member_words.workbench_words import WORDS_PREFIX, WORKBENCH_TEMPLATE, workbench_words
from kuule.workbench.release_desk.release_kinds import PLAIN_KINDS
from kuule.workbench.roles import Role
from kuule.workbench.translation_desk import text_rows, text_saving
from tests.languages.test_voice import not_said
from tests.sampling import matrix
from tests.web.reading_age import reading_age

WORKBENCH = Path(__file__).parents[3] / "src/kuule/workbench"
SOURCES = read_pot(WORKBENCH_TEMPLATE)
NAMES = [one.key.removeprefix(WORDS_PREFIX) for one in SOURCES]
SOURCE = "".join(file.read_text("utf-8") for file in [*WORKBENCH.rglob("*.html"), *WORKBENCH.rglob("*.py")])
TABLES = (
    ("member_words/desk_words", "_SECTIONS"), ("member_words/desk_words", "_BUTTONS"),
    ("member_words/desk_words", "_REASONS"), ("member_words/desk_words", "_OF_A_ROLE"),
    ("partner/own_files", "_SAID"), ("register_desk/typed_values", "_WORDS"), ("register_desk/typed_values", "_PLAIN"),
    ("accounts/allauth_adapters", "_PASSWORD_ERRORS"), ("study_desk/service_form", "_WRONG"),
)  # fmt: skip
"""Tables of names of texts, by module."""
BUTTONS = re.findall(r'^    "(\w+)": Permission\.', SOURCE, re.MULTILINE)
"""What a member can do with a value of the register (`register_desk.cell_view`)."""
# Modules with Django's models in them are read as texts: Django is not set up for the workbench here.
CELL_ROWS = (WORKBENCH / "register_desk/country_rows.py").read_text("utf-8")
CELL_FILTERS = re.findall(r'^    "(\w+)": lambda', CELL_ROWS, re.MULTILINE)
CELL_ACTS = re.findall(r'"(\w+)"', re.search(r"^_ACTS = .*", CELL_ROWS, re.MULTILINE)[0])  # type: ignore[index]
ACTORS = re.findall(r'^(?:COMMAND_LINE|UNKNOWN_ACTOR) = "([^"]+)"', SOURCE, re.MULTILINE)
_SAID = re.compile(r'\bsay(?:_plain|_later)?\(\s*"([a-z0-9_]+)"\s*[,)]')
_ACT = re.compile(r'record_(?:action(?:_of)?|change)\(\s*[^,]+,\s*"([a-z ]+)"(?: if \w+ else "([a-z ]+)")?')
_ACT_OF_A_CHANGE = re.compile(r'words: str = "([a-z ]+)"')


def of(group: str, values: object) -> set[str]:
    return {f"{group}_{str(one).lower().replace('-', '_')}" for one in values}  # type: ignore[attr-defined]


def acts() -> Iterator[str]:
    """What the audit trail says that members did, in the sources of the workbench."""
    for found in _ACT.finditer(SOURCE):
        yield from filter(None, found.groups())
    yield from _ACT_OF_A_CHANGE.findall(SOURCE)
    yield from ("began anew", "joined", "changed a value", "proposed a value", "took a kit", "commented")
    yield from ("previewed a release", "downloaded a release", "wrote a draft", "reviewed", "adjudicated")
    yield from ("noted a pretest", "confirmed")


def slug(text: str) -> str:
    return re.sub(r"[^a-z]+", "_", text.lower()).strip("_")


def table_of(path: str, name: str) -> dict[str, str]:
    """A table of texts in a module, read as text."""
    written = (WORKBENCH / path).read_text("utf-8").partition(f"\n{name}")[2].partition("\n}")[0]
    return dict(re.findall(r'^    "?([^"\n]+?)"?: "([^"\n]+)",', written, re.MULTILINE))


def kinds() -> set[str]:
    """What the translation desk calls texts."""
    where = "translation_desk/text_locations.py"
    others = (
        "question", "note", "answer", "text", "heading", "heading of a section", "heading of a table",
        "group in a table", "notice or promise", "button or notice", "title of the tab",
    )  # fmt: skip
    assert [one for one in others if f'"{one}"' not in (WORKBENCH / where).read_text("utf-8")] == []
    pictures = {"what a picture shows"}
    told = {*table_of(where, "_KINDS").values(), *table_of(where, "_OF_REPORT").values()}
    return {*told, *pictures, *others, "title", "organisation", "welcome/name", "welcome/for_whom"}


def changes() -> set[str]:
    """The headings of what changed in a questionnaire."""
    written = Path(str(changes_booklet.__file__)).read_text("utf-8")
    return set(re.findall(r'_(?:listed|compared|table)\("([^"]+)"', written))


def chosen_names() -> set[str]:
    """The texts whose names are put together, from the lists that they are of."""
    states = of("state", [*State, "stale"]) | of("texts", [*State, "stale"])
    demanded = [one for one in State if one is not State.UNTRANSLATED]
    of_desk = of("filter", text_rows.FILTERS) | of("step", WorkflowStep) | of("lacks", demanded)
    of_desk |= {"role_second_translator", "role_third_translator", *(f"kind_{slug(one)}" for one in kinds())}
    next_ones = {f"next_{act}_{role}" for act in ("invite", "waits") for role in ("translator", "reviewer")}
    register = of("register_act", CELL_ACTS) | of("cells_show", CELL_FILTERS)
    register |= of("value_done", BUTTONS) | of("status", LegalStatus) | of("offences", OffencePart)
    register |= of("source", SourceKind) | of("confidence", Confidence) | of("limit", LimitForm) | of("clock", Clock)
    register |= {"answer_yes", "answer_no"}
    others = of("release_kind", PLAIN_KINDS) | of("kit_text", MESSAGES) | of("signature", SignatureState)
    others |= of("role", Role) | of("role_does", Role) | of("action", ActionKind)
    others |= {f"study_changes_{slug(one)}" for one in changes()}
    others |= {f"act_{slug(one)}" for one in acts()} | {f"actor_{slug(one)}" for one in ACTORS}
    phases = {f"home_phase_{phase.replace('-', '_')}" for phase in FieldPhase}
    return states | of_desk | next_ones | register | others | phases


def named_in_tables() -> set[str]:
    """The texts whose names stand in tables of the sources."""
    return {name for name in NAMES if f'"{name}"' in SOURCE}


def test_every_word_that_is_said_exists() -> None:
    said = set(_SAID.findall(SOURCE)) | chosen_names()
    assert said - set(NAMES) == set()
    tables = [table_of(f"{path}.py", name) for path, name in TABLES]
    assert all(tables)
    named = {name for table in tables for name in table.values()} | set(re.findall(r'"(next_[a-z_]+)"', SOURCE))
    assert named - set(NAMES) == set()


def test_every_word_is_said_somewhere() -> None:
    fields = {name for name in NAMES if name.startswith("field_") and f'"{name.removeprefix("field_")}"' in SOURCE}
    kits = {name for name in NAMES if name.startswith("why_kit_")}
    assert set(NAMES) - named_in_tables() - chosen_names() - fields - kits == set()
    assert why_not([]) == ""


def test_reasons_of_refusals_are_those_that_the_workflow_gives() -> None:
    sources = "".join(Path(str(one.__file__)).read_text("utf-8") for one in (workflow_steps, text_saving))
    told = set(table_of("member_words/desk_words.py", "_REASONS"))
    assert [said for said in told if said not in sources] == []
    early = sources.partition("_TOO_EARLY = {")[2].partition("}")[0]
    given = {*re.findall(r': "([^"]+)"', early), *re.findall(r'StepRefused\("([^"]+)"\)', sources)}
    assert given - told == set()


def test_words_are_plain_and_kind() -> None:
    texts = {one.key: one.text for one in SOURCES}
    assert {key: found for key, text in texts.items() if (found := not_said(text))} == {}
    assert reading_age(" ".join(text for text in texts.values() if text.endswith("."))) <= 10


def test_notes_say_where_a_word_is_and_how_long_it_may_be() -> None:
    for one in SOURCES:
        longest = re.search(r"At most (\d+) characters\.$", one.note)
        assert longest, one.key
        assert len(one.text) <= int(longest[1]), one.key


def test_name_without_words_is_none() -> None:
    assert (has_words("sign_in"), has_words("nothing_of_ours")) == (True, False)


@pytest.mark.parametrize("tag", matrix(sorted(one.stem for one in catalogues.WORKBENCH.glob("*.po")), 5))
def test_drafts_of_a_language_are_whole_and_without_a_fault(tag: str) -> None:
    catalogue = read_po(catalogues.WORKBENCH / f"{tag}.po", SOURCES)
    assert [str(one) for one in catalogue_problems(catalogue, f"{tag}.po", CheckContext(tag))] == []
    words = workbench_words(tag)
    assert (words.is_partly_english, words.state) == (False, State.DRAFT_ONE)
