"""A file's plain data as a part of the model, or each thing that is wrong with it at its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.register.reading.yaml_documents import RegisterError, YamlDocument

_Model = TypeVar("_Model", bound=BaseModel)


def read_model(document: YamlDocument, model: type[_Model]) -> _Model:
    """Raises RegisterError, with all problems at once: REGISTER_002 (an unknown or misplaced key), REGISTER_003 (a key
    is missing), REGISTER_004 (what stands there does not fit)."""
    try:
        return model.model_validate(document.content)
    except ValidationError as error:
        problems = list(_problems(document, model, error))
        raise RegisterError(*dict.fromkeys(problems)) from error


def _problems(document: YamlDocument, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    for one in error.errors(include_url=False, include_context=True, include_input=True):
        path = one["loc"]
        if one["type"] == "extra_forbidden":
            cause = f"a register knows no key {str(path[-1])!r} here"
            remedy = did_you_mean(str(path[-1]), _keys_at(model, path[:-1]), _where_else(str(path[-1]), model))
            yield document.problem("REGISTER_002", path, cause, remedy, on_key=True)
        elif one["type"] == "missing":
            yield document.problem("REGISTER_003", path, f"{path[-1]} is missing", f"write {path[-1]}: and what it is")
        else:
            cause, remedy = _misfit(one)
            yield document.problem("REGISTER_004", path, cause, remedy)


def _misfit(one: Any) -> tuple[str, str]:
    """The cause and the remedy of a value that does not fit."""
    if one["type"] == "value_error":
        return str(one["ctx"]["error"]), "write it so"
    if one["input"] is None:
        return "there is nothing after the colon", "write what it is, or take the key away"
    shown = f"{one['input']!r}" if isinstance(one["input"], str | int) else "what stands here"
    return f"{shown}: {one['msg'][0].lower()}{one['msg'][1:]}", "write what is asked for"


def _keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that belong where a wrong one stands, of whichever model may be meant."""
    names = {one for known in _models_of(model) for one in known.model_fields}
    return sorted(names)


def _where_else(key: str, model: type[BaseModel]) -> str:
    """Where a key belongs that stands at the wrong place."""
    owners = sorted({known.__name__ for known in _models_of(model) if key in known.model_fields})
    return f"it belongs to {', '.join(owners)}" if owners else "take it away"


def _models_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and all that can stand in it."""
    found: list[type[BaseModel]] = []
    waiting: list[Any] = [model]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one not in found:
                found.append(one)
                waiting += [field.annotation for field in one.model_fields.values()]
        else:
            waiting += list(getattr(one, "__args__", ()))
    return found
