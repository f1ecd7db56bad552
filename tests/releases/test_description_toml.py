"""release.toml: written for people to go on with, and read with all that is wrong at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.releases.description_toml import description_toml, read_description
from kuule.releases.publication_release import EarlyAccess, ReleaseChange
from tests.releases.small_release import description

FULL = description(
    version="2.1",
    address="https://example.org/our-voice",
    contact="numbers@example.org",
    amends="0" * 63 + "f",
    changes=(ReleaseChange("en", 'A "word" was wrong: \\ and ü.'), ReleaseChange("pt-BR", "Uma palavra.")),
    early_access=(EarlyAccess("the ministry", date(2027, 2, 20), "to prepare an answer"),),
)
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(str.strip)


@pytest.mark.parametrize("one", [description(), FULL])
def test_description_is_read_back_as_it_was_written(one) -> None:
    assert read_description(description_toml(one)) == one


@given(LINES)
def test_any_line_of_text_is_read_back(line: str) -> None:
    one = description(citation=line, changes=(ReleaseChange("en", line),))
    assert read_description(description_toml(one)) == one


def refused(content: bytes) -> list[str]:
    with pytest.raises(PublishingError) as error:
        read_description(content)
    return [str(problem) for problem in error.value.problems]


WHOLE = 'version = "1"\nday = 2027-03-01\ncitation = "C"\nlicence = "L"\n'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (WHOLE.replace('"1"', "1"), "version: this is a whole number; write a text in quotes"),
        (
            WHOLE.replace('"1"', '"01"'),
            'version: \'01\' does not fit; write "1", "2" and so on, and "1.1" for an amendment of 1',
        ),
        (
            WHOLE.replace("2027-03-01", '"soon"'),
            "day: 'soon' does not fit; write a day like 2027-06-30, without quotes",
        ),
        (
            WHOLE.replace("day = 2027-03-01\n", ""),
            "day: a day is missing; write it like day = 2027-03-01",
        ),
        (WHOLE + 'licens = "X"\n', "licens: this setting is not known; did you mean licence?"),
        (
            WHOLE + 'address = "javascript:alert(1)"\n',
            "address: 'javascript:alert(1)' does not fit; write an address that begins with https://, or \"\"",
        ),
        (
            WHOLE + 'amends = "abc"\n',
            "amends: 'abc' does not fit; write the 64 digits that kuule release show prints",
        ),
        (
            WHOLE + f'amends = "{"a" * 64}"\nfollows = "{"b" * 64}"\n',
            'follows: it both amends and follows a release; write follows = ""',
        ),
        (
            WHOLE + '[changes]\nenglish-ish = "x"\n',
            "changes.english-ish: 'english-ish' does not fit; write the tag of a language, such as en",
        ),
        (
            WHOLE + '[[early_access]]\nwho = "A"\nreason = "R"\n',
            "early_access 1.since: a day is missing; write it like since = 2027-03-01",
        ),
        (
            WHOLE + '[early_access]\nwho = "A"\n',
            "early_access: it is not a list of tables; write [[early_access]] above each",
        ),
    ],
)
def test_what_does_not_fit_is_said(content: str, problem: str) -> None:
    assert refused(content.encode()) == [f"RELEASE_003 release.toml, {problem}"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert len(refused(b'version = "x"\nlicence = ""\n')) == 4


@pytest.mark.parametrize("content", [b"version = ", b"\xff", b"a = " + b"[" * 20_000])
def test_what_is_no_toml_is_said(content: bytes) -> None:
    [problem] = refused(content)
    assert problem.startswith("RELEASE_003 release.toml: it is")
