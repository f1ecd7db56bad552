"""README.md of a new study folder: what is in it, how to try it, and what is to be done before anyone is asked."""

from __future__ import annotations

from pathlib import Path

from kuule.core.shell_paths import shell_path
from kuule.languages.cldr.tags import find_language
from kuule.study.settings.study_settings import Audience
from kuule.usecases.authoring.new_study_answers import WHOLE_KEY, NewStudyAnswers

TEMPLATES_FOLDER = Path(__file__).parent / "study_templates"
_PEOPLE = {
    Audience.SURVIVORS: "survivors",
    Audience.OFFENDERS: "people who know those you ask, such as a self-help line,",
    Audience.PUBLIC: "a few of those you want to ask",
}


def study_readme(answers: NewStudyAnswers, *, title: str, folder_name: str, without_words: tuple[str, ...]) -> str:
    """The text of README.md in a folder of that name. `without_words` are languages in which Kuule has no words yet."""
    folder = shell_path(folder_name)
    return (
        (TEMPLATES_FOLDER / "README.md")
        .read_text("utf-8")
        .format(
            title=title,
            template=answers.template,
            folder=folder,
            people=_PEOPLE[answers.audience],
            language_row=_language_row(answers),
            translation_step=_translation_step(answers, folder, without_words),
            help_step=_help_step(answers, folder),
            review_step=_review_step(answers, folder),
            last_steps=_last_steps(answers, folder),
        )
    )


def _language_row(answers: NewStudyAnswers) -> str:
    if not answers.languages:
        return ""
    names = ", ".join(f"{find_language(tag).english} (`{tag}`)" for tag in answers.languages)
    return f"| `languages/<tag>.po` | the translations, begun and still empty: {names} |\n"


def _translation_step(answers: NewStudyAnswers, folder: str, without_words: tuple[str, ...]) -> str:
    if not answers.languages:
        return ""
    tag = answers.languages[0]
    name = find_language(tag).autonym
    lines = [
        "4. **The translations.** Begin once the English form is settled: a text that changes is translated again.",
        f"   `kuule translate export {folder} --language {tag} --blank --to for-translator`",
        f"   makes a file for a translator; or write a column `label::{name} ({tag})` into `form.xlsx`, and take it in",
        f"   with `kuule translate import {folder} {folder}/form.xlsx --by translator`.",
    ]
    if without_words:
        tags = ", ".join(f"`{one}`" for one in without_words)
        lines.append(f"   Kuule's own buttons and notes have no words in {tags} yet: they are translated too.")
    return "".join(f"{line}\n" for line in lines)


def _help_step(answers: NewStudyAnswers, folder: str) -> str:
    look = f"`kuule support gaps {folder}`\n   says what is missing, `kuule support check` records a check"
    if answers.countries:
        return f"In {', '.join(answers.countries)}, a person calls the services and checks them: {look}."
    return (
        "Write the countries in which you spread the survey into `[help]` of `study.toml`. In each, a person calls\n"
        f"   the services and checks them: {look}."
    )


def _review_step(answers: NewStudyAnswers, folder: str) -> str:
    if not answers.languages:
        return ""
    return (
        "6. **Translations by people**, two for each language and a third who reviews. Kuule's own words around the\n"
        "   questions are drafts by a machine until people have reviewed them:\n"
        f"   `kuule translate status {folder}` says how far each is.\n"
    )


def _last_steps(answers: NewStudyAnswers, folder: str) -> str:
    split = "--passphrase" if answers.key_split == WHOLE_KEY else f"--shares {answers.key_split}"
    steps = [
        f"**The key.** `kuule keys new {folder} {split}`, on a machine without a network. Read first how\n"
        "   (docs/how-to/key-ceremony.md).",
        f"**Freeze and serve.** `kuule freeze {folder} --key PUBLIC-KEY --to edition`, then `kuule serve edition`.",
    ]
    if answers.partners:
        steps.append(
            "**Partners.** Each has a code of its own in `[links.partners]`: their link is the survey's address, then\n"
            "   `/` and the code."
        )
    first = 7 if answers.languages else 6
    return "".join(f"{number}. {step}\n" for number, step in enumerate(steps, start=first))
