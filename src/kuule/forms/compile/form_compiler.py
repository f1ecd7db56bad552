"""What every part of the compilation needs: compiling formulas, keeping texts with their keys, collecting problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.core.problems import Problem, StudyError
from kuule.forms.model.body_definition import ListedChoice
from kuule.forms.model.expressions import Formula, compile_formula
from kuule.forms.model.form_texts import TextTemplate, plain_text
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION, MEDIA_KINDS, choice_text_key, media_text_key
from kuule.forms.xform.definitions import Bind, BodyControl, BodyElement, ModelNode, TextRef, XForm
from kuule.forms.xpath.runtime.evaluation_context import StaticContext

INSTANCE_PATTERN = re.compile(r"(?:randomize\(\s*)?instance\(\s*['\"]([^'\"]+)['\"]\s*\)\s*/[\w-]+/[\w-]+")
"""A list of choices as the nodes of an instance, filtered or not."""
SINGLE_NAME_PATTERN = re.compile(r"[\w-][\w.-]*")
_ITEXT = re.compile(r"jr:itext\((.*)\)", re.DOTALL)
_QUOTED = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\")\s*")

_JOINED = re.compile(r"\s*concat\(((?:\s*(?:'[^']*'|\"[^\"]*\")\s*,?)*)\)\s*")


@dataclass(frozen=True, slots=True)
class FormText:
    """One text of the form: its wording by language ("" if the form has no itext), and the formula of each output."""

    key: str
    languages: Mapping[str, TextTemplate]
    outputs: Mapping[str, Formula]
    dynamic: Formula | None = None
    """Set if the text itself is computed: a label that is a path, or an itext id that is an expression."""

    def in_language(self, language: str) -> str:
        found = self.languages.get(language) or next(iter(self.languages.values()), None)
        return "" if found is None else found.source


class FormCompiler:
    """Collects what is compiled and the problems found. `paths` maps each path of the model to its position in the
    document."""

    def __init__(
        self, xform: XForm, paths: Mapping[str, int], repeats: frozenset[str], places: Mapping[str, str]
    ) -> None:
        self.xform = xform
        self._rows = places
        self.binds: dict[str, Bind] = {}
        for bind in xform.binds:
            self.binds[bind.path] = bind
        self.paths = paths
        self.repeats = repeats
        self.problems: list[Problem] = []
        self.check_problems: list[Problem] = []
        """Problems that do not stop a visit but that no author can have meant. `kuule check` refuses the form."""
        self.texts: dict[str, FormText] = {}
        self.lists: dict[str, tuple[ListedChoice, ...]] = {}
        fields = dict(_fields(xform.body))
        for name, root in xform.instances.items():
            if listed := self._listed(name, root, *fields.get(name, ("name", "label"))):
                self.lists[name] = listed

    def place(self, path: str) -> str:
        """Where an author finds a path: its row if that is known, else the path itself. Choices have no path."""
        return self._rows.get(path, path) or "choices"

    def add_problem(self, code: str, place: str, cause: str, remedy: str) -> None:
        self.problems.append(Problem(code, place, cause, remedy))

    def names_existing_nodes(self, text: str, path: str) -> bool:
        """Whether every node that an expression names is in the form. Relative paths begin at the node at `path`."""
        before = len(self.problems)
        self.compile_formula(text, path, "")
        found = len(self.problems) == before
        del self.problems[before:]
        return found

    def add_check_problem(self, code: str, path: str, cause: str, remedy: str) -> None:
        self.check_problems.append(Problem(code, self.place(path), cause, remedy))

    def compile_formula(self, text: str, path: str, what: str, *, absolute: bool = False) -> Formula | None:
        """Compile an expression of the node at `path`. Returns None for an empty one, and for a wrong one, whose
        problem is kept."""
        if not text.strip():
            return None
        static = StaticContext(
            node_path=path,
            repeats=frozenset() if absolute else self.repeats,
            instances=frozenset({*self.xform.instances, *self.xform.missing_instances}),
            place=f"{self.place(path)}, {what}",
        )
        try:
            formula = compile_formula(text, static)
        except StudyError as error:
            self.problems.extend(error.problems)
            return None
        self._check_readings(formula, path, what)
        return formula

    def _check_readings(self, formula: Formula, path: str, what: str) -> None:
        root = next(iter(self.paths))
        read = {reading.path for reading in formula.reads if not reading.includes_descendants}
        labelled = formula.compiled.references.labelled_selects
        for named in sorted((read | labelled) - set(self.paths)):
            if named == root or named.startswith(f"{root}/") or named in labelled:
                self.add_problem(
                    "FORM_010",
                    f"{self.place(path)}, {what}",
                    f"there is no {named} in this form",
                    "name a question that exists",
                )

    # Texts ------------------------------------------------------------------------------------------------------

    def add_text(self, key: str, ref: TextRef | None, context: str) -> str:
        """Keep the text that `ref` stands for under `key` and return the key, or "" if there is no text."""
        if ref is None or (ref.text is None and not ref.expression):
            return ""
        if ref.text is not None:
            return self._keep(key, {"": ref.text} if ref.text.parts else {}, context)
        match = _ITEXT.fullmatch(ref.expression)
        if match is None:
            return self._keep_dynamic(key, ref.expression, context)
        text_id = self._itext_id(match.group(1), context)
        if text_id is None:
            return self._keep_dynamic(key, ref.expression, context)
        return self._keep(key, self._itext(text_id, ""), context)

    def add_message(self, key: str, raw: str, context: str) -> str:
        """As `add_text`, for an attribute (`jr:constraintMsg`)."""
        raw = raw.strip()
        if not raw:
            return ""
        ref = TextRef(expression=raw) if _ITEXT.fullmatch(raw) else TextRef(plain_text(raw))
        return self.add_text(key, ref, context)

    def add_guidance(self, key: str, hint: TextRef | None, context: str) -> str:
        """Keep the long form of a hint, which XLSForm calls guidance_hint. It exists in itext only."""
        match = _ITEXT.fullmatch(hint.expression) if hint is not None else None
        text_id = self._itext_id(match.group(1), context) if match is not None else None
        return self._keep(key, self._itext(text_id, "guidance"), context) if text_id is not None else ""

    def add_media(self, key: str, label: TextRef | None, context: str) -> str:
        """Keep the file beside a label, or its description; the last part of the key is the kind. Both exist in itext
        only."""
        match = _ITEXT.fullmatch(label.expression) if label is not None else None
        text_id = self._itext_id(match.group(1), context) if match is not None else None
        if text_id is None:
            return ""
        found = self._itext(text_id, kind := key.rpartition(":")[2])
        if kind == IMAGE_DESCRIPTION:
            return self._keep(key, found, context)
        return self._keep(
            key, {tag: plain_text(text.source.rpartition("/")[2]) for tag, text in found.items()}, context
        )

    def _itext_id(self, argument: str, context: str) -> str | None:
        """The id in `jr:itext()` if it is a quoted text, else None."""
        quoted = _QUOTED.fullmatch(argument)
        if quoted is not None:
            return quoted.group(1) if quoted.group(1) is not None else quoted.group(2)
        joined = _JOINED.fullmatch(argument)
        if joined is not None:
            return "".join(one or other for one, other in _QUOTED.findall(joined.group(1)))
        return None

    def _itext(self, text_id: str, form: str) -> dict[str, TextTemplate]:
        found = {}
        for language, texts in self.xform.itext.items():
            text = texts.get(text_id, {}).get(form)
            if text is not None and text.parts and text.source != "-":
                found[language] = text
        default = self.xform.default_language
        return {default: found.pop(default), **found} if default in found else found

    def _keep(self, key: str, languages: Mapping[str, TextTemplate], context: str) -> str:
        if not languages:
            return ""
        if key in self.texts:
            return key
        outputs: dict[str, Formula] = {}
        for text in languages.values():
            for output in text.outputs:
                formula = self.compile_formula(output.expression, context, "a text")
                if formula is not None:
                    outputs.setdefault(output.name, formula)
        self.texts[key] = FormText(key, languages, outputs)
        return key

    def _keep_dynamic(self, key: str, expression: str, context: str) -> str:
        formula = self.compile_formula(expression, context, "a text")
        if formula is None:
            return ""
        self.texts[key] = FormText(key, {}, {}, formula)
        return key

    # Choice lists -----------------------------------------------------------------------------------------------

    def _listed(self, name: str, root: ModelNode, value_name: str, label_name: str) -> tuple[ListedChoice, ...]:
        """The choices of a secondary instance whose items have a value and a label; () for any other instance."""
        listed = []
        for item in root.children:
            fields = {child.name: child.text for child in item.children}
            value = fields.get(value_name)
            label = TextRef(plain_text(fields[label_name])) if fields.get(label_name) else None
            if "itextId" in fields:
                label = TextRef(expression=f"jr:itext('{fields['itextId']}')")
            if value is None or (label is None and label_name not in fields):
                return ()
            key = choice_text_key(name, value)
            self.add_text(key, label, "")
            for kind in (*MEDIA_KINDS, IMAGE_DESCRIPTION):
                self.add_media(media_text_key(key, kind), label, "")
            listed.append(ListedChoice(value, key))
        return tuple(listed)


def _fields(body: Sequence[BodyElement]) -> Iterator[tuple[str, tuple[str, str]]]:
    """For each list that a question names, the children of its items that are value and label, if the question says
    so."""
    for element in body:
        if not isinstance(element, BodyControl):
            yield from _fields(element.children)
        elif element.itemset is not None and (match := INSTANCE_PATTERN.match(element.itemset.nodeset)):
            value, label = element.itemset.value, element.itemset.label
            if SINGLE_NAME_PATTERN.fullmatch(value) and SINGLE_NAME_PATTERN.fullmatch(label):
                yield match.group(1), (value, label)
