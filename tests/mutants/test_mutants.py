"""The changes that `make mutants` makes are changes, they compile, and the sample is the same each time."""

import ast

import pytest

from tests.mutants.running import near, wider
from tests.mutants.sample import PACKAGES, ROOT, SIZE, SOURCE, sample
from tests.mutants.sites import mutants_of

SNIPPET = b"""def within(bound: int, value: int = 3) -> bool:
    if not value and bound > 2:
        raise ValueError("out")
    check(value, strict=True)
    return value in (1, 2) or value + 1 <= bound
"""


def changed(kind: str) -> list[str]:
    """What the lines of SNIPPET become by changes of a kind."""
    before = SNIPPET.decode().splitlines()
    found = []
    for mutant in mutants_of("x.py", SNIPPET):
        if mutant.kind == kind:
            after = mutant.applied(SNIPPET).decode().splitlines()
            found += [new.strip() for old, new in zip(before, after, strict=True) if old != new]
    return found


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("comparison", ["if not value and bound >= 2:", "return value not in (1, 2) or value + 1 <= bound",
                        "return value in (1, 2) or value + 1 < bound"]),
        ("connective", ["if not value or bound > 2:", "return value in (1, 2) and value + 1 <= bound"]),
        ("condition dropped", ["if not value:", "return value in (1, 2)"]),
        ("arithmetic", ["return value in (1, 2) or value - 1 <= bound"]),
        ("sign", ["if value and bound > 2:"]),
        ("negation", ["if not (not value and bound > 2):"]),
        ("raise dropped", ["pass"]),
        ("statement dropped", ["pass"]),
        ("keyword dropped", ["check(value)"]),
        ("constant", ["def within(bound: int, value: int = 4) -> bool:", "if not value and bound > 3:",
                      "check(value, strict=False)", "return value in (2, 2) or value + 1 <= bound",
                      "return value in (1, 3) or value + 1 <= bound", "return value in (1, 2) or value + 2 <= bound"]),
    ],
)  # fmt: skip
def test_each_kind_of_change(kind: str, lines: list[str]) -> None:
    assert sorted(changed(kind)) == sorted(lines)


def test_sample_is_the_same_each_time_and_of_every_package() -> None:
    first = sample()
    assert first == sample() != sample(seed=1)
    assert len(first) == SIZE
    assert {package for one in first for package in PACKAGES if one.module.startswith(f"{package}/")} == set(PACKAGES)


def test_what_is_sampled_differs_from_the_module_and_compiles() -> None:
    for mutant in sample(size=70):
        source = (SOURCE / mutant.module).read_bytes()
        after = mutant.applied(source)
        assert ast.dump(ast.parse(after)) != ast.dump(ast.parse(source)), mutant


def test_tests_that_are_asked_are_there() -> None:
    for mutant in sample():
        assert all((ROOT / path).exists() for path in (*near(mutant.module), *wider(mutant.module)))
