"""Which keys belong where in a file, as the model has it: for the remedy of a key that stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that can stand at a path, as pydantic gives it: with the members of unions as steps of their own."""
    here: tuple[type[BaseModel], ...] = (model,)
    for step in (one for one in path if isinstance(one, str)):
        fields = [one.model_fields[step].annotation for one in here if step in one.model_fields]
        if fields:
            here = tuple(found for annotation in fields for found in _models_in(annotation))
        else:
            here = tuple(one for one in here if _is_member(one, step)) or here
    return tuple(dict.fromkeys(key for one in here for key in one.model_fields))


@cache
def homes_of(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """The keys below which a key can stand; "" is the top of the file."""
    found = [""] if key in model.model_fields else []
    found += [name for owner in models_of(model) for name in _fields_that_hold(owner, key)]
    return tuple(dict.fromkeys(found))


@cache
def models_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """A model and all that can stand in it."""
    found: dict[type[BaseModel], None] = {model: None}
    waiting = [model]
    while waiting:
        for field in waiting.pop().model_fields.values():
            new = [one for one in _models_in(field.annotation) if one not in found]
            found |= dict.fromkeys(new)
            waiting += new
    return tuple(found)


def _fields_that_hold(owner: type[BaseModel], key: str) -> Iterator[str]:
    for name, field in owner.model_fields.items():
        if any(key in one.model_fields for one in _models_in(field.annotation)):
            yield name


def _models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models that an annotation names, not those within them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(found for one in get_args(annotation) for found in _models_in(one))


def _is_member(model: type[BaseModel], step: str) -> bool:
    """Whether a step that is no key names this member of a union: by its kind, or by its class."""
    kind = model.model_fields.get("kind")
    return model.__name__ in step or (kind is not None and kind.default == step)
