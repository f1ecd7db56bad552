"""Kits of several partners and languages at once: what fits is written, what does not is said."""

from __future__ import annotations

import pytest

from kuule.kit.kit_planning import KitOptions
from kuule.kit.kit_problems import KitError
from kuule.usecases.outreach.make_kits import make_kits
from tests.kit.spread_study import TODAY, spread_study, write_kit_words, write_partner

ALL = '["en", "sv", "ar"]'


@pytest.mark.slow
def test_kits_that_fit_are_written_and_a_text_that_does_not_is_named(tmp_path):
    study, out = spread_study(tmp_path / "study", languages=ALL), tmp_path / "kits"
    write_partner(study, "second", name='"Second"', links='["b2"]', languages='["en", "sv"]')
    write_kit_words(study, "sv", help="Att tala med någon " * 20)
    write_kit_words(study, "ar")
    with pytest.raises(KitError) as caught:
        make_kits(study, out, KitOptions(), today=TODAY)
    said = {
        (problem.code, problem.place.partition(",")[0], problem.cause.split()[0]) for problem in caught.value.problems
    }
    assert said == {("KIT_023", "childx/sv", "help"), ("KIT_023", "second/sv", "help")}
    written = {str(path.relative_to(out)) for path in out.glob("*/*") if path.is_dir()}
    assert written == {"childx/en", "childx/ar", "second/en"}
    assert {path.name for path in (out / "contact-sheets").iterdir()} == {"en.pdf", "sv.pdf", "ar.pdf"}


def test_kit_that_is_made_again_leaves_nothing_of_the_one_before(tmp_path):
    study, out = spread_study(tmp_path / "study"), tmp_path / "kits"
    [made] = make_kits(study, out, KitOptions(), today=TODAY)
    (made.folder / "old.txt").write_text("old")
    [again] = make_kits(study, out, KitOptions(), today=TODAY)
    assert {path.name for path in again.folder.iterdir()} == {path.name for path in made.files}
    assert [path.name for path in (out / "childx").iterdir()] == ["en"]
