"""Texts of a study that was imported: the report with a figure for each question, and the README with what is open."""

from __future__ import annotations

from kuule.languages.cldr.tags import find_language
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.settings.rehearsal_settings import REHEARSAL_FILE
from kuule.study_import.imported_form import ImportedForm
from kuule.usecases.authoring.new_study_answers import TEMPLATE_LANGUAGE, NewStudyAnswers
from kuule.usecases.authoring.study_readme import TEMPLATES_FOLDER, study_readme

_GATES = frozenset({"consent", "adult"})
_FIGURES = "## The answers\n"
_MOST_FIGURES = 60
_ONLY_SOME = "asked: We asked only some people, by their earlier answers.\n"


def imported_report(template: str, questionnaire: Questionnaire) -> bytes:
    """The template's report, with a figure for each question that can be counted."""
    head = template.partition(_FIGURES)[0]
    figures = []
    for row in questionnaire.questions.values():
        if row.name in _GATES or not row.has_countable_choices or row.repeats or row.is_read_only:
            continue
        asked = _ONLY_SOME if row.relevance_references else ""
        figures.append(f"```figure\nquestion: {row.name}\n{asked}```\n")
    return "\n".join([head + _FIGURES, *figures[:_MOST_FIGURES]] if figures else [head]).encode()


def imported_rehearsal() -> bytes:
    """How people who do not exist answer: every answer of the imported form is equally likely."""
    template = (TEMPLATES_FOLDER / "empty" / REHEARSAL_FILE).read_text("utf-8")
    return (template.partition("\n[answers")[0] + "\n").encode()


def imported_readme(
    answers: NewStudyAnswers,
    form: ImportedForm,
    *,
    file: str,
    folder_name: str,
    without_words: tuple[str, ...],
    left_out: int,
) -> str:
    """README.md of a new study, with what only the author of an imported one can decide."""
    readme = study_readme(answers, title=form.title, folder_name=folder_name, without_words=without_words)
    begun = f"begun by `kuule new` from the template *{answers.template}*"
    source = find_language(form.source_language).english
    said = "\n".join(f"{number}. {step}" for number, step in enumerate(_steps(form, left_out), 1))
    own = f"## What only you can decide about what was imported\n\n{said}\n\n"
    return (
        readme.replace(begun, f"begun by `kuule import` from `{file}`, which was read as {form.program}")
        .replace(
            "begun and still empty",
            "begun with what the file has of them" if form.languages else "begun and still empty",
        )
        .replace("the English text is", f"the {source} text is")
        .replace("Begin once the English form is settled", f"Begin once the {source} form is settled")
        .replace("## Try it\n", f"{own}## Try it\n")
    )


def _steps(form: ImportedForm, left_out: int) -> list[str]:
    steps = [
        f"**What was left out or changed**: {left_out} things, in `not-taken.md`, each with why and what to do. Read\n"
        "   conditions first: a question whose condition was lost is asked of everyone now.",
        "**The first two pages** (consent and age) are ours, since every study has them. Write there what the survey\n"
        "   is about, and take out pages of your own that ask for consent or age again.",
        "**Hard questions.** Name them in `sensitive` of `study.toml`. `kuule check` then wants an answer\n"
        "   `prefer_not_to_say` in their lists, a note before them, and a way round their section.",
        "**Answers that say nothing.** Where a list has *I don’t know* or *I’d rather not say* under another code,\n"
        "   name it `do_not_know` or `prefer_not_to_say` in `choices`, and in every condition that reads it: it is\n"
        "   then counted apart.",
        "**Scales and countries.** Name lists that have an order in `ordered`, lists of countries in `territories`.",
    ]
    if form.source_language != TEMPLATE_LANGUAGE:
        name = find_language(form.source_language).english
        steps.insert(
            2,
            f"**English texts.** The form is in {name}, and the first two pages, their answers, `[welcome]` in\n"
            f"   `study.toml` and `report.md` are in English. Write them in {name}: respondents would see both.",
        )
    return steps
