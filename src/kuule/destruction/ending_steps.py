"""The steps with which a study ends, as tables: which machine takes which, in which order, and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class EndingMachine(StrEnum):
    """Which machine takes a step. They are never one: what is online can open nothing."""

    COLLECTOR = "collector"
    ANALYST = "analyst"
    """Where the key, the archives and the dataset are: offline."""
    WORKBENCH = "workbench"


class EndingStep(StrEnum):
    """A step. But for the first two, each is named after what is destroyed."""

    ARCHIVED = "archived"
    OPENED = "opened"
    STORE = "store"
    BACKUPS = "backups"
    TOKEN_SECRET = "token-secret"  # noqa: S105 -- a name
    ONION_KEY = "onion-key"
    PROJECTS = "projects"
    OPEN_ANSWERS = "open-answers"
    DATASET = "dataset"
    KEY = "key"
    SHEETS = "sheets"
    ARCHIVES = "archives"
    ACCOUNTS = "accounts"
    FREE_SPACE = "free-space"
    """What is free on a disk, where earlier copies of all of these may lie."""


STEPS: Mapping[EndingMachine, tuple[EndingStep, ...]] = {
    EndingMachine.COLLECTOR: (
        EndingStep.ARCHIVED,
        EndingStep.STORE,
        EndingStep.BACKUPS,
        EndingStep.TOKEN_SECRET,
        EndingStep.ONION_KEY,
        EndingStep.ARCHIVES,
        EndingStep.FREE_SPACE,
    ),
    EndingMachine.ANALYST: (
        EndingStep.OPENED,
        EndingStep.PROJECTS,
        EndingStep.OPEN_ANSWERS,
        EndingStep.DATASET,
        EndingStep.KEY,
        EndingStep.SHEETS,
        EndingStep.ARCHIVES,
        EndingStep.FREE_SPACE,
    ),
    EndingMachine.WORKBENCH: (EndingStep.ACCOUNTS,),
}
"""The steps of each machine, in their order. Each is begun only when the one before it is done."""
FIRST_STEPS = frozenset({EndingStep.ARCHIVED, EndingStep.OPENED})
"""Steps that destroy nothing. All others wait until the last archives were opened: nothing that can still be needed to
read an answer goes before that."""
KEEPABLE = frozenset(
    {
        EndingStep.BACKUPS,
        EndingStep.ONION_KEY,
        EndingStep.PROJECTS,
        EndingStep.OPEN_ANSWERS,
        EndingStep.DATASET,
        EndingStep.ARCHIVES,
        EndingStep.FREE_SPACE,
    }
)
"""What may be kept if somebody says why."""
SEALED = frozenset({EndingStep.BACKUPS, EndingStep.ARCHIVES})
"""What has sealed answers in it, and is not kept beyond the days that the study promised."""
WITNESSED = frozenset(
    {
        EndingStep.BACKUPS,
        EndingStep.PROJECTS,
        EndingStep.DATASET,
        EndingStep.KEY,
        EndingStep.SHEETS,
        EndingStep.ARCHIVES,
    }
)
"""Of what there are copies that no program reaches: paper, sticks, other people's machines."""
ALWAYS_DESTROYED = frozenset({EndingStep.STORE, EndingStep.ACCOUNTS})
"""What the command itself is given, and nobody has to name."""

WORDS: Mapping[EndingStep, str] = {
    EndingStep.ARCHIVED: "the last archives",
    EndingStep.OPENED: "their opening",
    EndingStep.STORE: "the database of the collector",
    EndingStep.BACKUPS: "backups",
    EndingStep.TOKEN_SECRET: "the token secret",
    EndingStep.ONION_KEY: "the key of the onion address",
    EndingStep.PROJECTS: "projects in which open answers were read",
    EndingStep.OPEN_ANSWERS: "open answers in the dataset",
    EndingStep.DATASET: "the dataset",
    EndingStep.KEY: "files of the private key",
    EndingStep.SHEETS: "paper sheets of the private key",
    EndingStep.ARCHIVES: "archives",
    EndingStep.ACCOUNTS: "accounts of the workbench",
    EndingStep.FREE_SPACE: "free space of the disk",
}
"""What each is called in sentences."""
