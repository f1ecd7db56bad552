"""Filling the templates of the papers: Jinja2 with facts in, blocks out. Every value is shown as it is, never read as
markup, but for the study's own texts, which are Markdown already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.ethics.ethics_questions import ETHICS_QUESTIONS, RISKS, EthicsQuestion
from kuule.ethics.paper import EthicsPaper, PaperBlock
from kuule.ethics.paper_tables import PAPER_TABLES
from kuule.ethics.paper_words import (
    ENGLISH,
    KIND_WORDS,
    cleaning_words,
    country_words,
    gap_lines,
    stripped_words,
)
from kuule.ethics.study_facts import StudyFacts
from kuule.languages.cldr.locale_formats import format_day, join_names
from kuule.languages.cldr.numbers import format_number
from kuule.languages.cldr.tags import language_name
from kuule.languages.gettext.shipped_words import INTERFACE_PREFIX, shipped_sources
from kuule.languages.markup.markdown import markdown_literal

PAPERS: Mapping[str, str] = {
    "application": "Application to the ethics board",
    "information-sheet": "Information for participants",
    "dpia": "Data protection impact assessment (draft)",
}
"""The papers by the name of their template and files."""
_TEMPLATES = Path(__file__).parent / "templates"
_THREAT_MODEL = "threat_model.md"
_HEADING = re.compile(r"^(#{2,4}) (.+)$", re.MULTILINE)
_BETWEEN_ITEMS = re.compile(r"^((?:- |\d+\. ).*)\n\n+(?=- |\d+\. )", re.MULTILINE)
"""Conditions of a template leave empty lines between the items of a list."""
_PART = re.compile(r"\x02(\w+):([\w.]+)\x03")


class _Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def ethics_papers(facts: StudyFacts) -> tuple[EthicsPaper, ...]:
    """All papers of a study."""
    return tuple(_paper(name, title, facts) for name, title in PAPERS.items())


def _paper(name: str, title: str, facts: StudyFacts) -> EthicsPaper:
    functions = {"f": facts, "study": facts.study, **_functions(facts)}
    said, notes = (_environment().get_template(f"{one}.md").render(functions) for one in (name, "notes"))
    pieces = _PART.split(said)
    blocks = [*_prose(pieces[0])]
    known: dict[EthicsQuestion, int] = {}
    for kind, key, prose in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        blocks += _asked(key, facts, known) if kind == "ask" else _tables(key, facts)
        blocks += _prose(prose)
    return EthicsPaper(
        name, title, facts.title, facts.organisation, tuple(filter(None, notes.split("\n"))), tuple(blocks)
    )


def _prose(text: str) -> Iterable[PaperBlock]:
    """Headings, and what is between them."""
    pieces = _HEADING.split(_BETWEEN_ITEMS.sub(r"\1\n", text))
    if pieces[0].strip():
        yield PaperBlock("prose", pieces[0].strip())
    for signs, heading, prose in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield PaperBlock("heading", heading.strip(), level=len(signs))
        if prose.strip():
            yield PaperBlock("prose", prose.strip())


def _asked(key: str, facts: StudyFacts, known: dict[EthicsQuestion, int]) -> Iterable[PaperBlock]:
    question = ETHICS_QUESTIONS[key]
    answer = facts.answers.by_key.get(key)
    if answer is not None:
        return [PaperBlock("answer", answer, question=question)]
    return [PaperBlock("blank", question=question, number=known.setdefault(question, len(known) + 1))]


def _tables(key: str, facts: StudyFacts) -> Iterable[PaperBlock]:
    for heading, table in PAPER_TABLES[key](facts):
        if heading:
            yield PaperBlock("heading", heading, level=3)
        yield PaperBlock("table", table=table)


def _functions(facts: StudyFacts) -> dict[str, object]:
    """What templates call. `ask` is the place of a question of the organisation, `table` that of a table."""
    return {
        "ask": lambda key: _part("ask", ETHICS_QUESTIONS[key].key),
        "table": lambda key: _part("table", key),
        "say": _say,
        "text": _Markdown,
        "day": lambda day: format_day(day.isoformat(), ENGLISH),
        "number": lambda value: format_number(value, ENGLISH),
        "many": _many,
        "listed": lambda names: join_names(list(names), ENGLISH),
        "languages": [language_name(tag, ENGLISH) for tag in facts.study.languages],
        "stripped": stripped_words(facts.study),
        "country": country_words,
        "kinds": KIND_WORDS,
        "set_aside": cleaning_words(facts.study.cleaning),
        "help_gaps": gap_lines(facts.help_gaps, facts.lacking_help),
        "answer": lambda key: facts.answers.by_key.get(ETHICS_QUESTIONS[key].key, ""),
        "risks": RISKS,
        "hours": MAX_TOKEN_HOURS,
        "threat_model": _Markdown(_threat_model()),
    }


def _part(kind: str, key: str) -> _Markdown:
    return _Markdown(f"\n\n\x02{kind}:{key}\x03\n\n")


def _many(things: Sized, one: str, several: str = "") -> str:
    """How many there are, with the word for one or for several."""
    count = len(things)
    return f"{format_number(count, ENGLISH)} {one if count == 1 else several or one + 's'}"


def _say(name: str, /, **values: object) -> str:
    """One of Kuule's own words around the questions, as respondents read it."""
    return _interface()[name].format(**values)


@cache
def _interface() -> Mapping[str, str]:
    return {source.key.removeprefix(INTERFACE_PREFIX): source.text for source in shipped_sources()}


@cache
def _threat_model() -> str:
    lines = (_TEMPLATES / _THREAT_MODEL).read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("<!--"))


def _finish(value: object) -> str:
    if isinstance(value, _Markdown):
        return str(value)
    if isinstance(value, date | Callable):
        raise TypeError("a template says how a value is written")
    return markdown_literal(str(value))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=False,  # noqa: S701 - it makes Markdown, from which HTML is made with escaping
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finish,
    )
    environment.filters["named"] = _named
    return environment


def _named(value: str, names: Mapping[str, str] | Callable[[str], str]) -> str:
    """A filter: what a code is called."""
    return names(value) if callable(names) else names[value]
