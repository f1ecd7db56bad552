"""What was made of a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.core.problems import Problem


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """Files by name, and problems of those that could not be made, such as a PDF without a font."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
