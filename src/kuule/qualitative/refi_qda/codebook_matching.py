"""Which codes of a file are which of the project's, which are new, and in what those that are known differ.

A code that the project knows is never changed by a file: that may be older than the codebook is now. It is told
instead.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.code_entries import CodeEntry, CodeId
from kuule.qualitative.refi_qda.code_description import CodeWording, code_description, code_wording
from kuule.qualitative.refi_qda.exchange_guids import guid_of_id, id_of_guid
from kuule.qualitative.refi_qda.exchanged_project import ExchangedCode, Guid
from kuule.qualitative.refi_qda.plain_text import writable


@dataclass(frozen=True, slots=True)
class CodebookMatch:
    """`ids` has the project's code for each of the file's, `added` those that are new, those above first. `differing`
    counts known codes by what the file says otherwise of them; `joined` are codes of the file that have a sibling of
    the same name and count as that one."""

    ids: Mapping[Guid, CodeId]
    added: tuple[CodeEntry, ...]
    differing: Mapping[str, int]
    joined: int


def codes_to_write(tree: CodeTree, used: frozenset[CodeId]) -> frozenset[CodeId]:
    """The codes that are written: without those that are retired, unless something is coded with them or a code below
    them is written."""
    kept = {code for code, entry in tree.entries.items() if not entry.retired or code in used}
    return frozenset(above for code in kept for above in tree.with_those_above(code))


def exchanged_codes(
    tree: CodeTree, kept: frozenset[CodeId], notes: Mapping[CodeId, tuple[Guid, ...]]
) -> tuple[ExchangedCode, ...]:
    """The codebook as it is written: those of its codes that are kept, by level and then by name as it is written."""
    walked = [(depth, folded_name(entry.name), entry.code) for depth, entry in tree.walk() if entry.code in kept]
    return tuple(
        ExchangedCode(
            guid=guid_of_id(entry.code),
            name=entry.name,
            parent=_parent_guid(tree, entry),
            codable=entry.codable,
            colour=entry.colour,
            description=entry_description(entry),
            notes=notes.get(entry.code, ()),
        )
        for entry in (tree.entries[code] for _, _, code in sorted(walked))
    )


def entry_description(entry: CodeEntry) -> str:
    """What is written of a code beside its name."""
    return code_description(CodeWording(entry.definition, entry.example, entry.when_not))


def match_codebook(tree: CodeTree, codes: Sequence[ExchangedCode]) -> CodebookMatch:
    """Find the codes of a file in the project: by GUID, by its path of names, and by a name that only one code has.
    Programs that give new GUIDs keep names."""
    known = _KnownCodes(tree)
    ids: dict[Guid, CodeId] = {}
    added: dict[tuple[CodeId | None, str], CodeEntry] = {}
    differing: Counter[str] = Counter()
    joined = 0
    for code in codes:
        above = ids.get(code.parent) if code.parent is not None else None
        found = known.find(code, above)
        twin = added.get((above, folded_name(code.name)))
        if found is not None:
            ids[code.guid] = found
            differing.update(_differences(tree, tree.entries[found], code, above))
        elif twin is not None:
            ids[code.guid] = twin.code
            joined += 1
        else:
            entry = _new_entry(code, above)
            ids[code.guid] = entry.code
            added[above, folded_name(code.name)] = entry
    return CodebookMatch(ids, tuple(added.values()), dict(sorted(differing.items())), joined)


def folded_name(name: str) -> str:
    """A name as two are compared."""
    return " ".join(unicodedata.normalize("NFKC", writable(name)).casefold().split())


class _KnownCodes:
    def __init__(self, tree: CodeTree) -> None:
        self._tree = tree
        self._paths: dict[tuple[CodeId | None, str], CodeId] = {}
        self._names: defaultdict[str, list[CodeId]] = defaultdict(list)
        for _, entry in tree.walk():
            if not entry.retired:
                self._paths.setdefault((_parent_id(tree, entry), folded_name(entry.name)), entry.code)
                self._names[folded_name(entry.name)].append(entry.code)

    def find(self, code: ExchangedCode, above: CodeId | None) -> CodeId | None:
        if (same := id_of_guid(code.guid)) in self._tree.entries:
            return same
        name = folded_name(code.name)
        if (beside := self._paths.get((above, name))) is not None:
            return beside
        alike = self._names.get(name, [])
        return alike[0] if len(alike) == 1 and code.parent is None else None


def _new_entry(code: ExchangedCode, above: CodeId | None) -> CodeEntry:
    wording = code_wording(code.description)
    return CodeEntry(
        code=id_of_guid(code.guid),
        name=code.name,
        parent=above,
        definition=wording.definition,
        example=wording.example,
        when_not=wording.when_not,
        colour=code.colour,
        codable=code.codable,
    )


def _differences(tree: CodeTree, entry: CodeEntry, code: ExchangedCode, above: CodeId | None) -> Iterator[str]:
    if writable(entry.name) != code.name:
        yield "name"
    if writable(entry_description(entry)) != code.description:
        yield "description"
    if entry.codable != code.codable:
        yield "heading or code"
    if _parent_id(tree, entry) != above:
        yield "place in the tree"
    if code.colour and entry.colour.lower() != code.colour.lower():
        yield "colour"


def _parent_id(tree: CodeTree, entry: CodeEntry) -> CodeId | None:
    """The code above it in the tree as it is walked: those in loops stand at the top."""
    return entry.parent if entry.parent in tree.entries and entry.code not in tree.in_loops else None


def _parent_guid(tree: CodeTree, entry: CodeEntry) -> Guid | None:
    above = _parent_id(tree, entry)
    return None if above is None else guid_of_id(above)
