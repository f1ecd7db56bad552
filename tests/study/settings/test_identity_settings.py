"""[identity] of study.toml: a colour and partners. What is neither is said, and nothing is lost in JSON."""

from __future__ import annotations

import base64
import json
import tomllib

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings
from kuule.study.settings.study_toml import Study, settings_from_table, table_from_settings
from tests.study.media.files import png
from tests.study.small_study import SETTINGS

OWN = """
[identity]
colour = "#7A1F4C"
colour_dark = "#e6a3c3"
[identity.partners.first]
name = "First Partner"
logo = "first.png"
[identity.partners.second]
name = "Second Partner"
"""


def read(more: str) -> Study:
    return settings_from_table(tomllib.loads(SETTINGS + more))


def problems(more: str) -> list[str]:
    with pytest.raises(StudyError) as refused:
        read(more)
    return [str(problem) for problem in refused.value.problems]


def test_identity_is_read():
    assert read(OWN).identity == IdentitySettings(
        "#7a1f4c",
        "#e6a3c3",
        {"first": IdentityPartner("First Partner", "first.png"), "second": IdentityPartner("Second Partner")},
    )


@pytest.mark.parametrize("more", ["", OWN, '[identity]\ncolour = "#1f4f48"\n'])
def test_settings_go_through_json_unchanged(more):
    study = read(more)
    table = json.loads(json.dumps(table_from_settings(study)))
    assert settings_from_table(table, "study.json") == study


def test_study_without_an_identity_has_the_same_file_as_before_there_was_one():
    assert "identity" not in table_from_settings(read(""))


def test_logo_itself_goes_through_json():
    table = json.loads(json.dumps(table_from_settings(read(OWN))))
    logo = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    table["identity"]["partners"]["first"]["logo"] = logo
    found = settings_from_table(table, "study.json")
    assert found.identity.partners["first"] == IdentityPartner("First Partner", picture=png())
    assert settings_from_table(json.loads(json.dumps(table_from_settings(found)))) == found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            '[identity]\ncolour = "green"',
            "STUDY_105 study.toml, identity.colour: 'green' does not fit; write # and six",
        ),
        ('[identity]\ncolour = "#1f4f48; }"', "STUDY_105 study.toml, identity.colour: '#1f4f48; }' does not fit"),
        ('[identity]\ncolour_dark = "#ffffff"', "identity.colour_dark: '#ffffff' does not fit; give colour too"),
        ('[identity]\ncolor = "#1f4f48"', "STUDY_103 study.toml, identity.color: this setting is not known"),
        ("[identity.partners.a]", "STUDY_102 study.toml, identity.partners.a.name: this setting is missing"),
        ('[identity.partners.a]\nname = "A"\nlogo = "a.svg"', "'a.svg' does not fit; write the name of a PNG"),
        ('[identity.partners.a]\nname = "A"\nlogo = "../a.png"', "'../a.png' does not fit"),
        ('[identity.partners.a]\nname = "A"\nlogo = "https://a.example/a.png"', "does not fit"),
        ('[identity.partners.a]\nname = "A"\nlogo = "data:image/png;base64,???"', "does not fit"),
        ('[identity.partners.a]\nname = "A"\nlogo = "data:image/svg+xml;base64,PHN2Zz4="', "does not fit"),
        ('[identity.partners.a]\nname = "A"\nlogo = 3', "STUDY_104 study.toml, identity.partners.a.logo"),
        ("".join(f'[identity.partners.p{n}]\nname = "P"\n' for n in range(9)), "9 does not fit; name 8 at most"),
    ],
)
def test_what_does_not_fit_is_said(more, said):
    [problem] = problems(more)
    assert said in problem
