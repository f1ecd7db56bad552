"""The lists of choices of an imported form: equal ones once, under the name of the first question that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kuule.study_import.imported_form import ImportedChoice


class ListRegister:
    """Collects lists while a form is read."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[ImportedChoice, ...]] = {}
        self._known: dict[tuple[object, ...], str] = {}

    def name_of(self, choices: Sequence[ImportedChoice], wanted: str) -> str:
        """The name of the list with these choices."""
        key = tuple((one.value, tuple(sorted(one.label.items()))) for one in choices)
        if key not in self._known:
            name, number = wanted, 1
            while name in self._lists:
                number += 1
                name = f"{wanted}_{number}"
            self._lists[name] = tuple(choices)
            self._known[key] = name
        return self._known[key]

    def lists(self) -> Mapping[str, tuple[ImportedChoice, ...]]:
        """All lists by their names."""
        return dict(self._lists)
