"""Paths of nodes: by names (`/data/child/age`), and instance paths with positions (`/data/child[2]/age`)."""

from __future__ import annotations

import re

POSITION = re.compile(r"\[([0-9]+)\]")
"""The position of an instance of a repeat; its group is the number, from 1."""


def without_positions(instance_path: str) -> str:
    """The path by names that an instance path belongs to."""
    return POSITION.sub("", instance_path) if "[" in instance_path else instance_path
