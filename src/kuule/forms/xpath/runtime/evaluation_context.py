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
"""From (absolute path of the select without positions, value, node to which the expression belongs) to the label, or ""
if there is none."""

DateName = Callable[[date, str], str]
"""From (day, "b" or "a") to the short name of its month or weekday in the active language."""

ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class StaticContext:
    """What is known about an expression's place before anybody answers.

    `node_path` is the absolute path of the node that it belongs to, of names only (`/data/child/age`), or "" if
    unknown. `repeats` has the absolute paths of all repeats of the form: an absolute path into a repeat that contains
    `node_path` means the same instance (ODK XForms, Repeats: "big deviation"). Without `repeats`, absolute paths stay
    absolute, as the targets of setvalue need. A path that names a repeat itself always means all its instances.
    `instances` has the ids of the secondary instances, or is None if they are not checked. `namespaces` maps a prefix
    to a URI, with "" for names without a prefix; if it is None, names match by local name alone, which is how forms are
    written. `defer_call_checks` leaves an unknown function or a wrong number of arguments to the evaluation, as other
    engines do; forms are always checked before. `place` is where a person finds the expression, for Problems: for
    example `form.md, survey, row 12`.
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


def no_label(path: str, value: str, node: Node) -> str:
    """No label, of any value."""
    return ""


def _no_itext(text_id: str) -> str:
    return ""


class EvaluationContext:
    """All that an evaluation reads besides the nodes. There is one for each request, shared by all expressions.

    `root` is the node that `/` means: the DOCUMENT node of the primary instance. `instances` maps the id of a secondary
    instance to its DOCUMENT node. `today` is the day as the study reckons it, `now` an aware moment. `fixed` keeps
    values that must not change during a visit: `random`, `uuid` and `now` look there first, under a key of the
    function, the node's instance path and the position of the call in its expression, and put what they make there as
    text. It is a copy of the visit's mapping. New values come from `seed` and the key alone, so that a visit always
    gives the same ones; `seed` also shuffles for a randomize() without a seed of its own. `version` is the form's.
    `single` may have nodes by absolute path, of names only, if each path always leads to one node, which is faster.
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
        choice_label: ChoiceLabel = no_label,
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
