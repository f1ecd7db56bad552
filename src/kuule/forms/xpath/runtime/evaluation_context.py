"""What an expression is compiled against (StaticContext) and evaluated in (EvaluationContext)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from kuule.core.problems import Problem
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.nodes import Node

MAX_NODES = 5_000_000
"""The most nodes that all expressions of one request may visit, which takes about a second. A form of 5,000 questions
needs 20,000."""

ChoiceLabel = Callable[[str, str, Node], str]
"""(absolute path without positions of the select, value, node whose expression it is) -> label, or "" for none."""

DateName = Callable[[date, str], str]
"""(day, "b" or "a") -> the short name of its month or weekday in the active language."""

ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class StaticContext:
    """What is known of an expression's place before anybody answers.

    `node_path` is the absolute path of the node that it belongs to, names only (`/data/child/age`), "" where unknown.
    `repeats` are the absolute paths of all repeats of the form: an absolute path into a repeat that `node_path` is in
    means that same instance (ODK XForms, Repeats: "big deviation"); pass none to keep absolute paths absolute (as
    setvalue targets need). A path that names a repeat itself always means all its instances. `instances` are the ids of
    the secondary instances, None where they are not checked. `namespaces` maps a prefix to a URI, "" for names without
    a prefix; where it is None, a name matches by its local name alone, which is how forms are written.
    `defer_call_checks` leaves an unknown function or a wrong number of arguments to the evaluation that comes there, as
    other engines do; a form is always checked beforehand. `place` is for the Problem of an error: a place that a person
    finds, for example `form.md, survey, row 12`.
    """

    node_path: str = ""
    repeats: frozenset[str] = frozenset()
    instances: frozenset[str] | None = None
    namespaces: Mapping[str, str] | None = None
    defer_call_checks: bool = False
    place: str = "an expression"


def english_names(day: date, kind: str) -> str:
    """The English names of months and weekdays, used if a language brings none."""
    return ENGLISH_MONTHS[day.month - 1] if kind == "b" else ENGLISH_DAYS[day.weekday()]


def _no_label(path: str, value: str, node: Node) -> str:
    return ""


def _no_itext(text_id: str) -> str:
    return ""


class EvaluationContext:
    """All that an evaluation reads besides the nodes; one for each request, shared by every expression of a pass.

    `root` is what `/` means: the DOCUMENT node of the primary instance. `instances` maps a secondary instance's id to
    its DOCUMENT node. `today` is the day in the study's reckoning, `now` an aware moment. `fixed` keeps values
    that must not change within one visit: `random`, `uuid` and `now` look there first, under a key that names the
    function, the node's instance path and the call's place in its expression, and put there what they make, as text;
    it is the Visit's mapping copied to a dict. What they make comes from `seed` and the key alone, so that a visit
    gives the same again; `seed` also shuffles for a randomize() that has no seed of its own. `version` is the form's.
    `single` may have nodes by absolute path, names only, where that path leads to one node and never to another: the
    quick way.
    """

    __slots__ = (
        "choice_label",
        "current",
        "date_names",
        "fixed",
        "instances",
        "itext",
        "nodes_visited",
        "now",
        "position",
        "root",
        "seed",
        "size",
        "today",
        "unique_nodes",
        "version",
        "zone",
    )

    def __init__(  # noqa: PLR0913 - each is one thing that expressions read from outside
        self,
        root: Node,
        *,
        today: date,
        now: datetime | None = None,
        instances: Mapping[str, Node] | None = None,
        fixed: MutableMapping[str, str] | None = None,
        seed: int = 0,
        choice_label: ChoiceLabel = _no_label,
        itext: Callable[[str], str] = _no_itext,
        date_names: DateName = english_names,
        zone: tzinfo = UTC,
        version: str = "",
        single: Mapping[str, Node] | None = None,
    ) -> None:
        self.root = root
        self.today = today
        self.now = now if now is not None else datetime(today.year, today.month, today.day, tzinfo=zone)
        self.instances = instances if instances is not None else {}
        self.fixed = fixed if fixed is not None else {}
        self.seed = seed
        self.choice_label = choice_label
        self.itext = itext
        self.date_names = date_names
        self.zone = zone
        self.version = version
        self.unique_nodes = single if single is not None else {}
        self.current = root
        self.position = 1
        self.size = 1
        self.nodes_visited = 0

    def count_nodes(self, nodes: int) -> None:
        """Count nodes that a predicate or a distant axis visits. Raises EvaluationError (FORM_123) beyond MAX_NODES, so
        that one slow expression does not keep everybody else waiting."""
        self.nodes_visited += nodes
        if self.nodes_visited > MAX_NODES:
            cause = f"the form's expressions look at more than {MAX_NODES} nodes for one page"
            raise EvaluationError(Problem("FORM_123", "an expression", cause, "look things up in a shorter way"))
