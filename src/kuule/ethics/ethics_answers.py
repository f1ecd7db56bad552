"""ethics.toml in a study folder: what an organisation answers once, for all papers. Whatever is empty is a blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from kuule.core.files import write_new
from kuule.core.problems import KeyMaterialError, KuuleError, Problem, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.ethics.ethics_questions import ETHICS_QUESTIONS, SPLIT, WHOLE_KEY
from kuule.sealing.share_threshold import ShareThreshold
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

ETHICS_FILE = "ethics.toml"
_HEAD = """\
# What only you can answer, for the papers that `kuule ethics` makes for an ethics board. Everything else in them comes
# from study.toml and the questionnaire. What is left "" is marked in the papers as still to be answered.
# Text may be Markdown; several lines stand between three quotes: \"\"\"…\"\"\". Write roles, not
# people's names: papers are passed around.
"""


class EthicsError(KuuleError):
    """The papers for an ethics board cannot be made, and the problems say what to change."""


@dataclass(frozen=True, slots=True)
class EthicsAnswers:
    """The answers by key; none is empty. `threshold` is how the key is split: None if it is whole, or not said."""

    by_key: Mapping[str, str] = field(default_factory=dict)
    threshold: ShareThreshold | None = None

    @property
    def key_is_whole(self) -> bool:
        return self.by_key.get(SPLIT.key) == WHOLE_KEY


def read_ethics_answers(study: Path) -> EthicsAnswers:
    """The answers of a study; none without the file.

    Raises EthicsError ETHICS_001 (the file cannot be read), ETHICS_002 (a split of the key that cannot be), and
    STUDY_103 to STUDY_105 as for study.toml.
    """
    reader = TableReader(ETHICS_FILE, "", _table(study / ETHICS_FILE))
    answers: dict[str, str] = {}
    for name, questions in groupby(ETHICS_QUESTIONS.values(), key=lambda one: one.table):
        table = reader.subtable(name)
        for question in questions:
            options = ("", *question.options) if question.options else ()
            remedy = f"write one of {', '.join(question.options)}, or leave it empty"
            said = table.text(question.name, "", pattern="|".join(options) or r"(?s).*", remedy=remedy)
            if said.strip():
                answers[question.key] = said.strip()
        table.reject_unknown_keys()
    reader.reject_unknown_keys()
    threshold = _threshold(answers, reader)
    if reader.problems:
        raise EthicsError(*reader.problems)
    return EthicsAnswers(answers, threshold)


def begin_ethics_file(study: Path) -> bool:
    """Write the file with every question and no answer, where there is none yet. Returns whether it was written."""
    path = study / ETHICS_FILE
    if path.exists() or path.is_symlink():
        return False
    write_new(path, "".join(_template()).encode(), mode=0o666)
    return True


def _template() -> list[str]:
    lines = [_HEAD]
    for name, questions in groupby(ETHICS_QUESTIONS.values(), key=lambda one: one.table):
        lines.append(f"\n[{name}]\n")
        for question in questions:
            lines.append(f"# {question.asks}\n")
            if question.options:
                lines.append(f"# One of: {', '.join(question.options)}\n")
            lines.append(f'{question.name} = ""\n')
    return lines


def _threshold(answers: Mapping[str, str], reader: TableReader) -> ShareThreshold | None:
    said = answers.get(SPLIT.key, WHOLE_KEY)
    if said == WHOLE_KEY:
        return None
    try:
        return ShareThreshold.from_text(said)
    except KeyMaterialError as error:
        [problem] = error.problems
        remedy = f'{problem.remedy}; "{WHOLE_KEY}" for a key in one file'
        reader.add_problem("ETHICS_002", SPLIT.key, problem.cause, remedy)
        return None


def _table(path: Path) -> Mapping[str, object]:
    try:
        return read_toml(read_regular_file(path).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except StudyError as error:
        raise EthicsError(*error.problems) from None
    except OSError as error:
        cause, remedy, excerpt = (
            f"it cannot be read ({error.strerror})",
            "see that it is a file that you may read",
            None,
        )
    except UnicodeDecodeError:
        cause, remedy, excerpt = "it is not UTF-8", "save it as UTF-8", None
    except UnreadableToml as error:
        cause, remedy, excerpt = error.cause, error.remedy, error.excerpt
    raise EthicsError(Problem("ETHICS_001", ETHICS_FILE, cause, remedy, file=ETHICS_FILE, excerpt=excerpt))
