"""Each recipe of CONTRIBUTING.md names its files one a step, says how many they are, and has a test that follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.recipes.recipe import PAGE, Recipe, follow, new, read_recipes, replaced

RECIPES = read_recipes(PAGE.read_text("utf-8"))
FOLLOWED_BY = {
    "A question type": "test_question_type.py",
    "A rule of `check`": "test_rule.py",
    "An export format": "test_export_format.py",
    "A chart kind": "test_chart_kind.py",
    "A command": "test_command.py",
    "A language": "test_language.py",
}


def test_each_recipe_is_followed_by_a_test() -> None:
    tests = {path.name: path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")}
    assert list(RECIPES) == list(FOLLOWED_BY)
    assert [title for title, test in FOLLOWED_BY.items() if f'follow("{title}"' not in tests[test]] == []


@pytest.mark.parametrize("title", RECIPES)
def test_recipe_has_as_many_files_as_it_says_one_a_step(title: str) -> None:
    recipe = RECIPES[title]
    assert (len(recipe.files), recipe.steps) == (recipe.count, recipe.count)


@pytest.mark.parametrize("title", RECIPES)
def test_files_of_a_recipe_are_there_or_their_folder_is(title: str) -> None:
    before = [re.split("<", file, maxsplit=1)[0] for file in RECIPES[title].files]
    assert [file for file in before if not (ROOT / file.rpartition("/")[0]).is_dir()] == []
    assert [file for file in RECIPES[title].files if "<" not in file and not (ROOT / file).is_file()] == []


def test_a_recipe_is_read() -> None:
    steps = "1. `src/<name>.py`: as in `src/x.py`.\n2. `docs/x.md`: a row."
    recipe = read_recipes(f"\n## Recipes\n\n### A thing\n\n2 files.\n\n{steps}\n\n## Next\n")["A thing"]
    assert recipe == Recipe(("src/<name>.py", "docs/x.md"), 2, 2)
    assert recipe.named_files({"name": "one"}) == ["src/one.py", "docs/x.md"]


def test_an_example_with_other_files_than_its_recipe_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        follow("A command", {"room": "authoring", "what": "x", "command": "x"}, {"src/x.py": new("")}, tmp_path)


def test_a_change_that_does_not_fit_its_file_is_noticed() -> None:
    assert replaced(("one", "two"))("one three") == "two three"
    for change, before in ((new(""), ""), (replaced(("one", "two")), "three"), (replaced(("one", "two")), None)):
        with pytest.raises(AssertionError):
            change(before)
