"""For whom a kit is made, and what partners' files get wrong: words with the cure."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from tests.kit.spread_study import SUPPORT, one_plan, spread_study, write_partner
from tests.study.media.files import png

FORTY_MEGABYTES = 40_000_000


def refused(folder, **options: object) -> list[str]:
    with pytest.raises(KuuleError) as caught:
        one_plan(folder, **options)
    return [str(problem) for problem in caught.value.problems]


def test_partner_is_found_by_its_file_and_by_its_link(tmp_path):
    folder = spread_study(tmp_path)
    write_partner(folder, "second", name='"Second"', links='["b2"]')
    assert one_plan(folder, partners=("childx",)).content.address == "https://survey.example.org/k7/en"
    assert one_plan(folder, partners=("b2",)).content.address == "https://survey.example.org/b2/en"


def test_partner_that_is_not_there(tmp_path):
    assert refused(spread_study(tmp_path), partners=("chidx",)) == [
        "KIT_010 partners: no partner has the code 'chidx'; did you mean childx?"
    ]


def test_study_without_partners(tmp_path):
    folder = spread_study(tmp_path)
    (folder / "partners" / "childx.toml").unlink()
    [said] = refused(folder)
    assert said.startswith("KIT_010 partners: the study names no partner; make partners/childx.toml with name")


def test_partner_without_a_language(tmp_path):
    assert refused(spread_study(tmp_path, languages="[]")) == [
        "KIT_011 partners/childx.toml, languages: the partner has no language; name some of: en, sv, ar;"
        " or give --language"
    ]


def test_language_that_the_study_does_not_have(tmp_path):
    [said] = refused(spread_study(tmp_path), languages=("fi",))
    assert said.startswith("KIT_011 partners/childx.toml, languages: the study is not offered in 'fi'")


def test_link_that_is_off(tmp_path):
    folder = spread_study(tmp_path)
    settings = folder / "study.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[links.partners]", "[links]\non = false\n[links.partners]")
    )
    [said] = refused(folder)
    assert said.startswith("KIT_012 partners/childx.toml, links: the link 'k7' is off; switch it on")


def test_link_that_was_switched_off_at_the_workbench(tmp_path):
    folder = spread_study(tmp_path)
    assert refused(folder, switched_off={"k7"}) == [
        "KIT_040 partners/childx.toml, links: the link 'k7' is switched off at the workbench: whoever comes by it is"
        " counted for nobody; switch it on there, or give the partner another; take down what was printed with it"
    ]
    assert one_plan(folder, switched_off={"b2"}).content.partner.link == "k7"


def test_partner_whose_first_link_is_switched_off_gets_its_next_unless_the_first_is_asked_for(tmp_path):
    folder = spread_study(tmp_path, links='["k7", "b2"]')
    assert one_plan(folder, switched_off={"k7"}).content.partner.link == "b2"
    [said] = refused(folder, switched_off={"k7"}, partners=("k7",))
    assert said.startswith("KIT_040 partners/childx.toml, links: the link 'k7' is switched off")


def test_link_that_is_not_the_studys(tmp_path):
    assert refused(spread_study(tmp_path, links='["q9"]')) == [
        "KIT_012 partners/childx.toml, links: 'q9' is no link of the study; add q9 = \"ChildX\" to [links.partners]"
        " in study.toml"
    ]


def test_two_partners_with_one_code(tmp_path):
    folder = spread_study(tmp_path)
    write_partner(folder, "second", name='"Second"')
    [said] = refused(folder)
    assert said.startswith("KIT_013 partners/second.toml, links: childx and second both have the link 'k7'")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (None, "is not there"),
        (bytes(FORTY_MEGABYTES), "has 40,000,000 bytes, and 50,000 are the most"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "is no PNG, whatever its name says",
        ),
        (png(2000, 10), "has 2000 × 10 pixels, and 1200 × 600 are the most"),
    ],
)
def test_logo_that_is_not_taken(tmp_path, content, cause):
    folder = spread_study(tmp_path, logo='"childx.png"')
    (folder / "identity").mkdir()
    if content is not None:
        (folder / "identity" / "childx.png").write_bytes(content)
    [said] = refused(folder)
    assert said.startswith(f"KIT_014 identity/childx.png: the logo of ChildX {cause}; save it as a PNG")


def test_logo_that_is_an_svg(tmp_path):
    [said] = refused(spread_study(tmp_path, logo='"childx.svg"'))
    assert said.endswith("like partner.png; no SVG, which can hold script")


def test_misspelt_key_and_country_are_said_together(tmp_path):
    found = refused(spread_study(tmp_path, country='"Sweden"', langauges='["en"]', agreed='["singing"]'))
    assert [one.split(":")[0] for one in found] == [
        "STUDY_105 partners/childx.toml, country",
        "STUDY_105 partners/childx.toml, agreed",
        "STUDY_103 partners/childx.toml, langauges",
    ]


@pytest.mark.parametrize(
    ("support", "help_named", "found"),
    [
        (SUPPORT.replace("any", "women"), "", "KIT_015 partners/childx.toml: no service in SE that everybody can call"),
        (
            SUPPORT.replace("116 016", "SMS 116 016"),
            "",
            "KIT_015 partners/childx.toml: no service in SE that everybody can call",
        ),
        (
            SUPPORT,
            '"Another"',
            "KIT_015 partners/childx.toml, help: no service in SE with a number is called 'Another'",
        ),
    ],
)
def test_help_that_is_missing(tmp_path, support, help_named, found):
    folder = spread_study(tmp_path, support=support, help=help_named)
    assert [one[: len(found)] for one in refused(folder)] == [found]


def test_helpline_that_nobody_checked_is_in_drafts_alone(tmp_path):
    folder = spread_study(tmp_path, support=SUPPORT.replace(",coordinator,2026-11-01", ",,"))
    assert refused(folder)[0].startswith("KIT_015")
    assert one_plan(folder, drafts=True).content.draft


def test_kit_file_that_is_missing_or_wrong(tmp_path):
    folder = spread_study(tmp_path, kit='[words]\nchose = "x"\nchoose = "It takes {time}."\n')
    assert refused(folder) == [
        "KIT_002 kit.toml, words.chose: no kit has a text of this name; did you mean choose?",
        "KIT_002 kit.toml, words.choose: {time} is filled in nowhere; take it out, braces and all",
    ]
    (folder / "kit.toml").write_text('address = "survey.example.org"\n')
    assert refused(folder)[0].startswith("STUDY_105 kit.toml, address: 'survey.example.org' does not fit; write where")
    (folder / "kit.toml").unlink()
    assert refused(folder)[0].startswith("KIT_001 kit.toml: there is no such file; make it, with one line: address")
