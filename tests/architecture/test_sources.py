"""What the tests of this folder look through is all that is there."""

from __future__ import annotations

import ast

from tests.architecture.sources import modules, tree_of, walk
from tests.sampling import spread


def test_walk_comes_to_every_node_as_that_of_python_does() -> None:
    for module in spread(modules(), 12):
        tree = tree_of(module)
        assert [id(node) for node in walk(tree)] == [id(node) for node in ast.walk(tree)]
