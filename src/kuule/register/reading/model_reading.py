"""A file's plain data as a part of the model, or each thing that is wrong with it at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean, near_names
from kuule.register.reading.misfits import misfit_words
from kuule.register.reading.model_keys import homes_of, keys_at
from kuule.register.reading.yaml_documents import RegisterError, YamlDocument

_Model = TypeVar("_Model", bound=BaseModel)
_Path = tuple[str | int, ...]
_SHAPES = frozenset({"tuple_type", "model_type", "model_attributes_type"})
"""What pydantic says of a whole of which it also says what is wrong within."""


def read_model(document: YamlDocument, model: type[_Model]) -> _Model:
    """Raises RegisterError, with all problems at once: REGISTER_002 (an unknown or misplaced key), REGISTER_003 (a key
    is missing), REGISTER_004 (what stands there does not fit)."""
    try:
        return model.model_validate(document.content)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=True)
        problems = [_problem(document, model, one) for one in _without_echoes(document, found)]
        raise RegisterError(*dict.fromkeys(problems)) from error


def _without_echoes(document: YamlDocument, errors: Sequence[Any]) -> Iterator[Any]:
    """Each mistake once. Of a place that can be read in several ways pydantic says for each why it is not that, and of
    a list that it is too short without the items that it refused."""
    places = [_place(document, one) for one in errors]
    unknown = [place for place, one in zip(places, errors, strict=True) if one["type"] == "extra_forbidden"]
    told: set[_Path] = set()
    for number, (place, error) in enumerate(zip(places, errors, strict=True)):
        others = (other for at, other in enumerate(places) if at != number and errors[at]["type"] not in _SHAPES)
        if error["type"] in _SHAPES and any(other[: len(place)] == place for other in others):
            continue
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue
        if error["type"] == "missing" and _is_misspelt(place, unknown):
            continue
        if place not in told:
            told.add(place)
            yield error


def _is_misspelt(missing: _Path, unknown: Sequence[_Path]) -> bool:
    """Whether a key that is missing stands there under a name that looks like it, of which more is said."""
    written = [str(place[-1]) for place in unknown if place[:-1] == missing[:-1]]
    return bool(near_names(str(missing[-1]), written))


def _place(document: YamlDocument, error: Mapping[str, Any]) -> _Path:
    """The path in the file that an error is about; of a key that is missing the path that it would have."""
    known = document.marks.known_part(error["loc"])
    return (*known, error["loc"][-1]) if error["type"] == "missing" else known


def _problem(document: YamlDocument, model: type[BaseModel], error: Mapping[str, Any]) -> Problem:
    path: _Path = error["loc"]
    if error["type"] == "extra_forbidden":
        key = str(path[-1])
        remedy = did_you_mean(key, keys_at(model, path[:-1]), _where_else(key, model))
        return document.problem("REGISTER_002", path, f"a register knows no key {key!r} here", remedy, on_key=True)
    if error["type"] == "missing":
        return document.problem("REGISTER_003", path, f"{path[-1]} is missing", f"write {path[-1]}: and what it is")
    if error["type"] == "union_tag_not_found":
        return document.problem("REGISTER_003", path, "kind is missing", "write kind: and what kind of answer it is")
    on_tag = (*path, "kind") if error["type"] == "union_tag_invalid" else path
    return document.problem("REGISTER_004", on_tag, *misfit_words(error))


def _where_else(key: str, model: type[BaseModel]) -> str:
    """Where a key belongs that stands at the wrong place."""
    homes = [f"below {home}:" if home else "at the top of the file" for home in homes_of(model, key)]
    return f"it belongs {' or '.join(homes)}" if homes else "take it away"
