"""The words of a kit: Kuule's, the study's own, those that its people translated, and how far they are."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.kit.kit_words import english_kit_words
from kuule.languages.workflow.states import State
from tests.kit.spread_study import one_plan, spread_study, write_kit_words
from tests.study.small_study import write_translation


def refused(folder, **options: object) -> list[str]:
    with pytest.raises(KuuleError) as caught:
        one_plan(folder, **options)
    return [str(problem) for problem in caught.value.problems]


def test_studys_own_words_take_the_place_of_kuules(tmp_path):
    folder = spread_study(tmp_path, kit='[words]\nchoose = "Say what you like."\n')
    assert one_plan(folder).content.say("choose") == "Say what you like."


def test_translation_of_an_older_source_is_a_draft_again(tmp_path):
    folder = spread_study(tmp_path, languages='["sv"]')
    write_kit_words(folder, "sv")
    assert not one_plan(folder).content.draft
    spread_study(tmp_path, languages='["sv"]', kit='[words]\nchoose = "Say what you like."\n')
    assert refused(folder)[0].startswith("KIT_004 language sv: 1 texts in sv are not reviewed (choose), 0 of them")


def test_only_reviewed_texts_are_set_without_drafts(tmp_path):
    folder = spread_study(tmp_path, languages='["sv"]')
    write_kit_words(folder, "sv", State.DRAFT_TWO)
    assert refused(folder)[0].startswith(
        f"KIT_004 language sv: {len(english_kit_words())} texts in sv are not reviewed"
    )
    plan = one_plan(folder, drafts=True)
    assert plan.content.draft_note == english_kit_words()["draft"]
    assert {data["draft"] for data in plan.drawn.values()} == {english_kit_words()["draft"]}
    assert all(message.text.startswith(english_kit_words()["draft"]) for message in plan.messages)


def test_language_without_words_is_not_set_as_a_draft_either(tmp_path):
    folder = spread_study(tmp_path)
    settings = folder / "study.toml"
    thai = 'th = { leave_to = "https://th.wikipedia.org/" }'
    settings.write_text(settings.read_text("utf-8").replace("\nar = ", f"\n{thai}\nar = "))
    write_translation(folder, "th", State.REVIEWED, {})
    every = len(english_kit_words())
    [said] = refused(folder, languages=("th",), drafts=True)
    assert said.startswith(f"KIT_004 language th: {every} texts in th are not reviewed")
    assert f", {every} of them not there at all" in said


def test_placeholders_of_a_translation_are_those_of_its_source(tmp_path):
    folder = spread_study(tmp_path, languages='["sv"]')
    write_kit_words(folder, "sv", run_by="Drivs av {organization}.")
    assert refused(folder) == [
        "KIT_003 kit:run_by in sv: {organisation}, {organization} is in the text or in its source, and not in both;"
        " write the same names in braces as the source has"
    ]


def test_study_that_asks_minors_says_so_in_its_own_words(tmp_path):
    folder = spread_study(tmp_path)
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("minimum_age = 18", "minimum_age = 15"), "utf-8")
    assert [one.split(":")[0] for one in refused(folder)] == [
        "KIT_005 kit.toml, words.discreet",
        "KIT_005 kit.toml, words.subject",
    ]


def test_reviewing_roles_are_in_the_manifest(tmp_path):
    folder = spread_study(tmp_path, languages='["sv"]')
    write_kit_words(folder, "sv")
    plan = one_plan(folder)
    assert {role for item in plan.items for role in item.reviewed_by} == {"reviewer"}
