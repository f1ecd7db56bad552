"""`kuule translate`: the how-to from its first command to its last, with a translator in between, and what is said."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.languages.gettext import shipped_words
from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.states import State
from kuule.translation.text_sets.folder_text_set import read_text_set
from kuule.translation.text_sets.study_text_set import read_study_texts
from kuule.usecases.authoring.translation_status import LEGEND
from tests.study.small_study import SETTINGS, make_study

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "translate.md"
OURS = Path("studies/our-voice")
OWN_WORDS = Path("src/kuule/languages/catalogues/interface")
SPOKEN = SETTINGS.replace('"small-study"', '"our-voice"').replace(
    "\n[opening]", 'fi = { leave_to = "https://fi.wikipedia.org/wiki/Wikipedia:Etusivu" }\n\n[opening]'
)


NOBODY = (
    "[help] countries names no country, so that nobody can tell whether there is help where people are; no service that"
    " a person has checked lately helps in {}"
)


def commands() -> list[list[str]]:
    blocks = re.findall(r"```\n(kuule .*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def states(folder: Path = OURS, *, words: bool = False) -> set[State]:
    return {entry.effective_state for entry in read_text_set(folder, words=words).catalogues["fi"].entries.values()}


def translated(path: Path) -> None:
    """What a translator does in an editor: every empty text gets one."""
    before = path.read_text("utf-8")
    head, body = before.split("\n\n", 1)
    typed = re.sub(r'msgid "(.+)"\nmsgstr ""', r'msgid "\1"\nmsgstr "fi: \1"', body)
    path.write_text(f"{head}\n\n{typed}", "utf-8")


def unmarked(path: Path) -> None:
    """A reviewer who finds that every text still holds takes the mark off."""
    path.write_text(path.read_text("utf-8").replace("#, fuzzy, ", "#, "), "utf-8")


def in_xliff(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<target>fi: " in text
    path.write_text(text.replace("<target>fi: Yes</target>", "<target>Kyllä</target>"), "utf-8")


WORK: dict[str, Callable[[Path], None]] = {
    "for-translator": translated,
    "for-second-translator": translated,
    "for-reviewer-again": unmarked,
    "for-agency": in_xliff,
    "words": translated,
    "buttons": translated,
}
AFTER = {
    "for-translator": {State.DRAFT_ONE},
    "for-second-translator": {State.DRAFT_TWO},
    "for-reviewer": {State.REVIEWED},
    "for-lead": {State.ADJUDICATED},
    "after-pretest": {State.PRETESTED},
    "for-reviewer-again": {State.REVIEWED, State.PRETESTED},
    "for-agency": {State.REVIEWED, State.PRETESTED, State.DRAFT_TWO},
    "for-odk": {State.REVIEWED, State.PRETESTED, State.DRAFT_TWO},
    "buttons": {State.DRAFT_ONE},
    "words": {State.DRAFT_ONE},
}


def test_how_to_works_from_its_first_command_to_its_last(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    make_study(OURS, settings=SPOKEN, languages=dict.fromkeys(("sv", "ar", "fi"), State.DRAFT_ONE))
    OWN_WORDS.mkdir(parents=True)
    for name in ("interface.pot", "fi.po"):
        shutil.copy(shipped_words.INTERFACE_FOLDER / name, OWN_WORDS)
    seen = []
    for command in commands():
        if command[0] == "check":
            break
        said = " ".join(command)
        if "for-reviewer-again" in said and "export" in said:
            form = OURS / "form.md"
            form.write_text(form.read_text("utf-8").replace("Choose one.", "Choose one, please."), "utf-8")
            assert states() == {State.DRAFT_ONE, State.PRETESTED}
        assert run(command) == Exit.DONE, (said, capsys.readouterr())
        folder = next((name for name in AFTER if f"{name}/" in said or said.endswith(name)), "")
        if command[1] == "export":
            for path in Path(folder).glob("fi.*"):
                WORK.get(folder, lambda _: None)(path)
        elif command[1] == "import":
            assert states(Path(command[2]), words="--words" in command) == AFTER[folder], said
            seen.append(folder)
    assert seen == list(AFTER)
    assert read_study_texts(OURS).catalogues["fi"].texts["choice:yes_no/yes:label"] == "Kyllä"
    assert {entry.by for entry in read_text_set(OWN_WORDS).catalogues["fi"].entries.values()} == {"translator"}


def test_status_prints_a_table_and_what_keeps_each_language_closed(tmp_path, capsys) -> None:
    texts = {"sv": {"choice:yes_no/yes:label": "", "choice:yes_no/no:label": "www.example.org"}}
    study = make_study(tmp_path, languages={"sv": State.PRETESTED, "ar": State.DRAFT_ONE}, texts=texts)
    form = study / "form.md"
    form.write_text(form.read_text("utf-8").replace("How old are you?", "How old are you now?"), "utf-8")
    assert run(["translate", "status", str(study)]) == Exit.DONE
    printed = capsys.readouterr()
    rows = [line.split() for line in printed.out.splitlines()]
    assert " ".join(rows[0]) == "language texts empty draft1 draft2 reviewed decided tried stale refused machine"
    words = len(shipped_sources())
    total = int(rows[1][1]) - words
    both = str(total + words)
    assert rows[1:] == [
        ["en", both, "0", "0", "0", both, "0", "0", "0", "0", "0"],
        ["sv", both, "1", str(words + 1), "0", "0", "0", str(total - 2), "1", "1", str(total + words - 1)],
        ["ar", both, "0", both, "0", "0", "0", "0", "1", "0", both],
    ]
    nobody, in_language = NOBODY.format("any of them").split("; ")
    assert printed.err.splitlines() == [
        LEGEND,
        "3 languages may not open yet: en, sv, ar",
        f"  all of them: {nobody}",
        f"  all of them: {in_language}",
        f"  sv, ar: of Kuule's own {words} words {words} not reviewed yet",
        f"  sv: of the survey's {total} texts 1 that a check refuses, 1 not translated, 1 whose source has changed",
        f"  ar: of the survey's {total} texts 1 whose source has changed, {total - 1} not reviewed yet",
        "  refused by a check in sv: choice:yes_no/no:label; see kuule check",
        "the report in ar is a draft: 1 not reviewed yet",
    ]


def test_source_that_is_a_draft_keeps_itself_closed(tmp_path, capsys) -> None:
    settings = SETTINGS.replace('Main_Page" }', 'Main_Page", state = "draft-one", origin = "machine" }')
    study = make_study(tmp_path, settings=settings)
    assert run(["translate", "status", str(study)]) == Exit.DONE
    printed = capsys.readouterr()
    words = str(len(shipped_sources()))
    both, total = printed.out.splitlines()[1].split()[1:4:2]
    assert int(both) == int(total) + int(words)
    assert printed.out.splitlines()[1].split() == ["en", both, "0", total, "0", words, "0", "0", "0", "0", total]
    assert f"  all of them: of the survey's {total} texts {total} not reviewed yet" in printed.err.splitlines()


def test_import_says_what_changed_and_where_the_rest_is(tmp_path, capsys) -> None:
    study = make_study(tmp_path / "study")
    assert run(["translate", "export", str(study), "--language", "sv", "--to", str(tmp_path / "out")]) == Exit.DONE
    sv = tmp_path / "out" / "sv.po"
    assert capsys.readouterr().out == f"{sv}\n"
    sv.write_text(sv.read_text("utf-8").replace('msgstr "sv: Yes"', 'msgstr "Ja"'), "utf-8")
    arguments = ["translate", "import", str(study), str(sv)]
    assert run([*arguments, "--only-say"]) == Exit.DONE
    told = "sv.po: sv, 1 text\n  1 changed (choice:yes_no/yes:label)\n"
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (told, "nothing was written\n")
    assert run([*arguments, "--on", "2026-11-24"]) == Exit.DONE
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (told, "kept apart, where nothing is lost: languages/apart/sv.po\n")
    entry = read_study_texts(study).catalogues["sv"].entries["choice:yes_no/yes:label"]
    assert (entry.text, entry.by, entry.on) == ("Ja", "translator", "2026-11-24")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export", "STUDY", "--to", "TO", "--language", "fi"], Exit.PROBLEM, "LANG_052 --language fi"),
        (["import", "STUDY", "gone.po"], Exit.PROBLEM, "LANG_051 gone.po"),
        (["import", "STUDY", "gone.po", "--by", "Ann"], Exit.PROBLEM, "LANG_057 --by"),
        (["import", "STUDY", "gone.po", "--step", "publish"], Exit.USAGE, "publish"),
        (["status", "TO"], Exit.PROBLEM, "STUDY_001"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, capsys, arguments, code, said) -> None:
    study = make_study(tmp_path / "study")
    places = {"STUDY": str(study), "TO": str(tmp_path / "to")}
    assert run(["translate", *(places.get(one, one) for one in arguments)]) == code
    assert said in capsys.readouterr().err
