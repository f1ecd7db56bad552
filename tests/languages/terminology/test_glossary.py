"""glossary.csv read, with every row that cannot be understood said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.terminology.glossary import Glossary, Term, contains_term, read_glossary

HEAD = "language,source,agreed,avoid,note\n"


def written(folder: Path, content: str) -> Path:
    file = folder / "glossary.csv"
    file.write_text(content, "utf-8")
    return file


def test_rows_are_terms(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + 'sv,survivors,överlevare | utsatt*,offer*,"more, than that"\n\nsv,,,pedofil*,\n')
    assert read_glossary(file) == Glossary(
        (
            Term("sv", "survivors", ("överlevare", "utsatt*"), ("offer*",), "more, than that"),
            Term("sv", "", (), ("pedofil*",), ""),
        )
    )


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ("sv,a,b\n", "it has 3 cells, not 5"),
        (",a,b,,\n", "it names no language"),
        ("sv,a,,,note\n", "it has neither agreed terms nor terms to avoid"),
        ("sv,,b,,\n", "it agrees on a term for nothing"),
        ("sv,a,*,,\n", "'*' would be every word"),
        ("sv,a,b,,\nsv,A,c,,\n", "sv has 'A' twice"),
    ],
)
def test_rows_that_cannot_be_understood_are_said(tmp_path: Path, rows: str, cause: str) -> None:
    with pytest.raises(StudyError) as raised:
        read_glossary(written(tmp_path, HEAD + rows))
    assert [(problem.code, problem.cause) for problem in raised.value.problems] == [("LANG_041", cause)]


@pytest.mark.parametrize("content", [b"", b"language;source;agreed;avoid;note\n", HEAD.encode("utf-16")])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "glossary.csv"
    file.write_bytes(content)
    with pytest.raises(StudyError, match="LANG_041"):
        read_glossary(file)


def test_folder_of_that_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"LANG_041 .*it cannot be read"):
        read_glossary(tmp_path)


def test_language_of_a_country_has_the_wider_terms_and_its_own() -> None:
    wide, own, never = Term("pt", "a", ("x",)), Term("pt-BR", "a", ("y",)), Term("pt", "", (), ("z",))
    glossary = Glossary((wide, own, never))
    assert glossary.terms_of("pt-BR") == (own, never)
    assert glossary.terms_of("pt") == (wide, never)
    assert glossary.terms_of("p") == ()


@pytest.mark.parametrize(
    ("term", "text", "said"),
    [
        ("våld", "Om VÅLD.", True),
        ("våld", "våldet", False),
        ("våld*", "våldet", True),
        ("*عنف*", "والعُنْف", True),
        ("sexuellt våld*", "sexuellt\nvåldet", True),
        ("sexuellt våld", "**sexuellt** våld", True),
        ("a.c", "abc", False),
        ("name", "${name}", False),
    ],
)
def test_term_is_looked_for_as_whole_words(term: str, text: str, said: bool) -> None:
    assert contains_term(term, text) is said
