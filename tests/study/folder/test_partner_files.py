"""partners/<code>.toml: read whole, or it is said what is wrong with each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.study.folder.partner_files import AgreedTask, StudyPartner, gather_partner_files, read_study_partners

CHILDX = """\
name = "ChildX"
country = "SE"
languages = ["sv", "fi"]
role = "runs a helpline, and asks its members"
links = ["k7"]
website = "https://childx.example.org"
contact = "hello@childx.example.org"
logo = "childx.png"
help = "A helpline"
agreed = ["speaking", "translating"]
"""


def write_partner(study: Path, code: str, text: str | bytes) -> Path:
    """A partner's file in a study's folder."""
    (study / "partners").mkdir(exist_ok=True)
    file = study / "partners" / f"{code}.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_partner_has_all_that_its_file_says(tmp_path):
    write_partner(tmp_path, "childx", CHILDX)
    assert read_study_partners(tmp_path) == {
        "childx": StudyPartner(
            code="childx",
            name="ChildX",
            country="SE",
            languages=("sv", "fi"),
            role="runs a helpline, and asks its members",
            links=("k7",),
            website="https://childx.example.org",
            contact="hello@childx.example.org",
            logo="childx.png",
            help="A helpline",
            agreed=(AgreedTask.TRANSLATING, AgreedTask.SPEAKING),
        )
    }


def test_name_is_all_that_a_partner_needs(tmp_path):
    write_partner(tmp_path, "radio-1", 'name = "A radio station"')
    assert read_study_partners(tmp_path) == {"radio-1": StudyPartner("radio-1", "A radio station")}


def test_study_without_the_folder_has_no_partners(tmp_path):
    assert read_study_partners(tmp_path) == {}


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("Child X", CHILDX, ["STUDY_012 partners/Child X.toml: 'Child X' is no code of a partner"]),
        ("childx", "", ["STUDY_102 partners/childx.toml, name: this setting is missing"]),
        ("childx", 'name = "ChildX', ["STUDY_011 partners/childx.toml: it is not TOML: "]),
        ("childx", b'name = "\xff"', ["STUDY_011 partners/childx.toml: it is not UTF-8"]),
        ("childx", "#" * 70_000, ["STUDY_011 partners/childx.toml: it has 70,000 bytes, and 64,000 are the most"]),
        ("childx", 'name = "a\\nb"', ["STUDY_105 partners/childx.toml, name: 'a\\nb' does not fit"]),
        ("childx", 'name = "X"\ncountry = "UK"', ["STUDY_105 partners/childx.toml, country: 'UK' does not fit"]),
        ("childx", 'name = "X"\nlogo = "x.svg"', ["STUDY_105 partners/childx.toml, logo: 'x.svg' does not fit"]),
        ("childx", 'name = "X"\nlogo = "../x.png"', ["STUDY_105 partners/childx.toml, logo: '../x.png' does not fit"]),
        ("childx", 'name = "X"\nagreed = ["speeking"]', ["STUDY_105 partners/childx.toml, agreed: 'speeking' does"]),
        ("childx", 'name = "X"\nlangauges = ["sv"]', ["STUDY_103 partners/childx.toml, langauges: this setting is"]),
        (
            "childx",
            'name = "X"\nwebsite = "javascript:alert(1)"\ncontact = "call me"',
            [
                "STUDY_105 partners/childx.toml, website: 'javascript:alert(1)' does not fit",
                "STUDY_105 partners/childx.toml, contact: 'call me' does not fit",
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, code, text, said):
    write_partner(tmp_path, code, text)
    problems = [str(problem) for problem in gather_partner_files(tmp_path).problems]
    assert [one[: len(wanted)] for one, wanted in zip(problems, said, strict=True)] == said
    with pytest.raises(StudyError):
        read_study_partners(tmp_path)


def test_folder_with_the_name_of_a_file_is_said(tmp_path):
    (tmp_path / "partners/childx.toml").mkdir(parents=True)
    [problem] = gather_partner_files(tmp_path).problems
    assert (problem.code, "it cannot be read" in problem.cause) == ("STUDY_011", True)


def test_files_of_an_editor_are_no_partners(tmp_path):
    write_partner(tmp_path, "childx", CHILDX)
    (tmp_path / "partners/._childx.toml").write_bytes(b"\x00\x05")
    (tmp_path / "partners/childx.toml~").write_text("half")
    assert list(read_study_partners(tmp_path)) == ["childx"]
