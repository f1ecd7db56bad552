"""`kuule translate …`: texts out to those who translate them, back in, and how far each language is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.aligned_tables import table_lines
from kuule.cli.console import Exit, print_files, print_result, say
from kuule.cli.shared_options import DayOption, TextsArgument
from kuule.languages.workflow.states import TextOrigin
from kuule.languages.workflow.workflow_steps import FIRST_TRANSLATOR, TakenStep, WorkflowStep
from kuule.translation.translation_format import TranslationFormat

app = typer.Typer(
    help="Translations: export them to people and agencies, import them, see their progress.", no_args_is_help=True
)


@app.command("export")
def export(
    study: TextsArgument,
    to: Annotated[Path, typer.Option(help="The folder for the files.")],
    kind: Annotated[TranslationFormat, typer.Option("--format", help="The kind of file.")] = TranslationFormat.PO,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given more than once.")] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Kuule's own words, which a study has reviewed along with its texts.")
    ] = False,
    blank: Annotated[
        bool,
        typer.Option("--blank", help="Without translations, for a second translator who must not see the first one."),
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--update", help="Replace PO files of an earlier export whose translations are all imported."),
    ] = False,
) -> int:
    """Write files for translators: one a language, or one XLSForm with all of them."""
    from kuule.translation.exporting import export_translations  # slow: the form engine; --help loads all commands

    print_files(*export_translations(study, kind, tuple(language or ()), to, blank=blank, words=words, update=update))
    return Exit.DONE


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: Annotated[
        Path, typer.Argument(help="The study folder, or one with an interface.pot; its PO files are written.")
    ],
    files: Annotated[list[Path], typer.Argument(help="Files that came back: .po, .xlf, .xlsx or .md.")],
    step: Annotated[WorkflowStep, typer.Option(help="What was done to the texts.")] = WorkflowStep.DRAFT,
    by: Annotated[str, typer.Option(help="The role of the person who did it; not a name.")] = FIRST_TRANSLATOR,
    origin: Annotated[TextOrigin, typer.Option(help="Who made the wording.")] = TextOrigin.PERSON,
    on: DayOption = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="A language of the words of Kuule that these files begin; once for each."),
    ] = None,
    words: Annotated[bool, typer.Option("--words", help="The files are of Kuule's own words.")] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Take the file's text if it was changed on both sides.")
    ] = False,
    only_say: Annotated[bool, typer.Option("--only-say", help="Write nothing; say what would change.")] = False,
) -> int:
    """Import files, all of them or none, and say what changed. No text is ever lost."""
    from kuule.cli.translation_lines import import_lines, told_import  # slow, as above
    from kuule.translation.importing import import_translations
    from kuule.translation.language_files import SET_ASIDE_FOLDER
    from kuule.translation.text_sets.folder_text_set import po_folder

    day = (on or datetime.now(UTC)).date().isoformat()
    taken = TakenStep(step, by, day, origin)
    brought = import_translations(
        study, files, taken, languages=tuple(language or ()), words=words, theirs=theirs, only_say=only_say
    )
    for one in brought:
        print_result(*import_lines(one), files=[told_import(one)])
    apart = sorted({one.language for one in brought if one.set_aside})
    if only_say:
        say("nothing was written")
    elif apart:
        where = po_folder(study, words=words).relative_to(study) / SET_ASIDE_FOLDER
        say("kept apart, where nothing is lost: " + ", ".join(str(where / f"{tag}.po") for tag in apart))
    return Exit.DONE


@app.command("memory")
def memory(
    studies: Annotated[list[Path], typer.Argument(help="Study folders, or folders with an interface.pot.")],
    to: Annotated[Path, typer.Option(help="The file, ending in .tmx.")],
    words: Annotated[bool, typer.Option("--words", help="Kuule's own words as the studies have them.")] = False,
) -> int:
    """Write what studies have translated as a translation memory (TMX) for OmegaT, Weblate, Trados and others."""
    from kuule.translation.memory.memory_file import write_memory  # slow, as above

    count = write_memory(tuple(studies), to, words=words)
    print_result(str(to), files=[to], translations=count)
    say(f"{count:,} translations")
    return Exit.DONE


@app.command("reuse")
def reuse(
    study: Annotated[Path, typer.Argument(help="The study folder; its PO files are written.")],
    sources: Annotated[
        list[Path], typer.Option("--from", help="Another study's folder, or a .tmx file; may be given more than once.")
    ],
    on: DayOption = None,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given more than once.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Kuule's own words in the study.")] = False,
    only_say: Annotated[bool, typer.Option("--only-say", help="Write nothing; say what would be taken.")] = False,
) -> int:
    """Take first drafts from what another study has translated, for texts with the same source."""
    from kuule.cli.translation_lines import reuse_lines, told_reuse  # slow, as above
    from kuule.translation.memory.reusing import reuse_translations

    day = (on or datetime.now(UTC)).date().isoformat()
    found = reuse_translations(
        study, tuple(sources), day, languages=tuple(language or ()), words=words, only_say=only_say
    )
    lines = [line for one in found for line in reuse_lines(one)]
    print_result(*lines, languages=list(map(told_reuse, found)))
    if only_say:
        say("nothing was written")
    return Exit.DONE


@app.command("status")
def status(study: TextsArgument) -> int:
    """Print how many texts of each language are in each state, and what keeps a language from opening.

    A row counts the study's texts and Kuule's own words. Those of the report, without which a survey opens, are not in
    it. In a folder with an interface.pot, a language of Kuule's words is a draft until all of it is reviewed.
    """
    from kuule.cli.translation_lines import status_lines, told_languages  # slow, as above
    from kuule.usecases.authoring.translation_status import LEGEND, translation_status

    found = translation_status(study)
    print_result(*table_lines(found.rows, separator=" "), languages=told_languages(found.rows))
    say(LEGEND)
    for line in status_lines(found):
        say(line)
    return Exit.DONE
