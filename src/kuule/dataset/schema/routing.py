"""Which answers decide whether an item is asked. Whoever is asked it has given one of them, so that the number of
people asked reveals how many gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, partial
from typing import TYPE_CHECKING

from kuule.dataset.schema.columns import DatasetVariable
from kuule.forms.model.paths import paths_in

if TYPE_CHECKING:
    from kuule.forms.compile.form import Form
    from kuule.study.edition.study_edition import Edition


def deciding_items(variables: Sequence[DatasetVariable], editions: Iterable[Edition]) -> Mapping[str, tuple[str, ...]]:
    """For each item, the names of the items that its conditions read in any edition, in order: also through
    calculations, and through the conditions of what they read."""
    found: dict[str, set[str]] = {variable.name: set() for variable in variables}
    for edition in editions:
        having = [variable for variable in variables if edition.id in variable.editions]
        reads = cache(partial(_reads, form=edition.form))
        for variable in having:
            read = _all_read_from(variable.path, reads)
            found[variable.name] |= {other.name for other in having if other.path in read}
    order = [variable.name for variable in variables]
    return {name: tuple(each for each in order if each in those and each != name) for name, those in found.items()}


def _all_read_from(start: str, reads: Callable[[str], Set[str]]) -> set[str]:
    """All that is read from `start`, directly or indirectly."""
    known: set[str] = set()
    waiting = [start]
    while waiting:
        new = reads(waiting.pop()) - known
        known |= new
        waiting += new
    return known


def _reads(path: str, form: Form) -> frozenset[str]:
    """What the conditions of a node and of the groups around it read, and for a calculation what its expression
    reads."""
    steps = path.split("/")
    around = ("/".join(steps[:end]) for end in range(2, len(steps) + 1))
    formulas = [form.relevant[each] for each in around if each in form.relevant]
    formulas += [form.calculate[path]] if path in form.calculate else []
    return frozenset(node for formula in formulas for each in formula.reads for node in _nodes(each.path, form))


def _nodes(path: str, form: Form) -> Iterator[str]:
    """A node and, for a group, everything asked in it: reading a group means reading all of that."""
    yield path
    yield from (item.path for item in form.items if item.path.startswith(f"{path}/"))


def deciding_items_in_conditions(
    conditions: Mapping[str, str], names: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """The same from an earlier codebook, which has the condition of each item and the name of each path, but not what
    calculations read."""
    direct = {
        name: {names[path] for path in paths_in(condition) if path in names} for name, condition in conditions.items()
    }
    reached = {name: _all_read_from(name, direct.__getitem__) for name in conditions}
    return {name: tuple(each for each in conditions if each in reached[name] - {name}) for name in conditions}
