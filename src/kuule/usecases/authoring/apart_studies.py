"""What studies have in common that would lead from one to another: their id, a key, a code of a link, the host of their
results.

Two audiences share nothing (decision 0086): whoever finds one survey, its links, its database or its key is not to come
to the other. What studies of one audience have in common is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from kuule.core.problems import Problem, Severity
from kuule.study.settings.study_toml import Study, read_settings
from kuule.usecases.key_custody.key_files import find_keys


@dataclass(frozen=True, slots=True)
class StudyTraces:
    """What tells a study: its folder, its settings, and the ids of its keys (also of those that were destroyed)."""

    folder: Path
    settings: Study
    key_ids: frozenset[str]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its partners' links."""
        return frozenset(self.settings.links.partners)

    @property
    def hosts(self) -> frozenset[str]:
        """The host of its results, if one is named. Where "leave" leads is a page of everybody's, and is none."""
        host = urlsplit(self.settings.after.results_at).hostname
        return frozenset({host} if host else ())


def read_study_traces(folder: Path) -> StudyTraces:
    """The traces of a study folder, with the editions and keys that lie in it. Raises StudyError if its settings or its
    keys.toml cannot be read."""
    return StudyTraces(folder, read_settings(folder), frozenset(key.key_id for key in find_keys(folder)))


@dataclass(frozen=True, slots=True)
class _Trace:
    code: str
    read: Callable[[StudyTraces], Iterable[str]]
    what: str
    remedy: str


_TRACES = (
    _Trace("STUDY_390", lambda study: [study.settings.id], "the id", "give each study an id of its own in study.toml"),
    _Trace(
        "STUDY_391",
        lambda study: study.key_ids,
        "the key",
        "make a key for each with `kuule keys new`, and freeze again",
    ),
    _Trace(
        "STUDY_392", lambda study: study.codes, "the link code", "give each study codes of its own in [links.partners]"
    ),
    _Trace("STUDY_393", lambda study: study.hosts, "the host", "publish the results of each at a host of its own"),
)


def shared_traces(studies: Sequence[StudyTraces]) -> Iterator[Problem]:
    """A problem for each trace that two of these studies have in common; errors between audiences, otherwise warnings.

    A folder that is given twice is compared with itself once, and so not at all.
    """
    unique = {study.folder.resolve(): study for study in studies}
    for one, other in combinations(unique.values(), 2):
        audiences = sorted({one.settings.audience, other.settings.audience})
        severity = Severity.WARNING if len(audiences) == 1 else Severity.ERROR
        asked = f"both ask {audiences[0]}" if len(audiences) == 1 else f"they ask {' and '.join(audiences)}"
        for trace in _TRACES:
            for value in sorted({*trace.read(one)} & {*trace.read(other)}):
                cause = f"{trace.what} {value} is that of both studies, and {asked}"
                yield Problem(trace.code, f"{one.folder} and {other.folder}", cause, trace.remedy, severity)
