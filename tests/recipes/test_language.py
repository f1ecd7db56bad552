"""The recipe of a language: the sites, the report and the check of judging words have the one that was added, and a
study opens with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.recipes.recipe import Change, follow, new, row_before

CATALOGUES = "src/kuule/languages/catalogues"
TEST = """from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from kuule import languages
from kuule.cli.app import run
from kuule.languages.terminology.verdict_words import verdicts_in
from kuule.publishing.report_catalogue import words_for
from kuule.study.edition.study_edition import read_edition
from kuule.web.interface_texts import find_interface, frozen_interface
from tests.study.small_study import write_pair

STUDY = Path(languages.__file__).parents[3] / "studies" / "our-voice"


def test_language_has_its_catalogues_and_an_edition_opens_with_it(tmp_path):
    assert find_interface("ga").say("find_help") == "Trouver de l’aide"
    assert words_for("ga").say("contents") == "Dans ce rapport"
    assert [one.word for one in verdicts_in("une erreur", "ga")] == ["erreur*"]
    write_pair(tmp_path / "keys")
    key = tmp_path / "keys" / "test.rehearsal.public-key"
    settings = STUDY / "study.toml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "leave_to =" not in line or line.startswith(("en =", "ga ="))]
    settings.write_text("".join(kept), "utf-8")  # thirty languages take long
    (STUDY / "rehearsal.toml").unlink()  # it names them
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as talk:
        code = run(["freeze", str(STUDY), "--key", str(key), "--to", str(tmp_path / "edition"), "--drafts"])
    assert code == 0, talk.getvalue()
    edition = read_edition(tmp_path / "edition")
    assert "ga" in edition.translations
    assert frozen_interface(edition.words["ga"], "ga").say("find_help") == "Trouver de l’aide"
"""


def as_irish(file: str) -> Change:
    """A catalogue of French that says that it is Irish: who translates it is not for a machine."""
    return new((ROOT / file).read_text("utf-8").replace('"Language: fr\\n"', '"Language: ga\\n"'))


@pytest.mark.slow
@pytest.mark.matrix
def test_language_that_is_added_so_opens_with_its_catalogues(tmp_path: Path) -> None:
    example = {
        f"{CATALOGUES}/interface/ga.po": as_irish(f"{CATALOGUES}/interface/fr.po"),
        f"{CATALOGUES}/report/ga.po": as_irish(f"{CATALOGUES}/report/fr.po"),
        f"{CATALOGUES}/verdicts/ga.csv": as_irish(f"{CATALOGUES}/verdicts/fr.csv"),
        "studies/our-voice/languages/ga.po": as_irish("studies/our-voice/languages/fr.po"),
        "studies/our-voice/study.toml": row_before("fi = {", 'ga = { leave_to = "https://ga.wikipedia.org/" }'),
    }
    also = ("studies/our-voice", "registers/csa-law-europe")
    copy = follow("A language", {"tag": "ga", "study": "our-voice"}, example, tmp_path, also=also)
    test = "tests/test_ga.py"
    copy.write(test, new(TEST))
    copy.run_tests(f"{test}:test_language_has_its_catalogues_and_an_edition_opens_with_it")
