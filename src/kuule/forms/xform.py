"""An XForm's text to frozen definitions. Alone in this package it knows XML (lxml); it compiles nothing.

Source: ODK XForms specification, https://getodk.github.io/xforms-spec/.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kuule.errors import Problem, StudyError
from kuule.forms.definitions import (
    Action,
    Bind,
    BodyControl,
    BodyElement,
    BodyGroup,
    BodyRepeat,
    InlineChoice,
    Itemset,
    ModelNode,
    TextRef,
    XForm,
)
from kuule.forms.texts import Text, text_of

XF = "http://www.w3.org/2002/xforms"
JR = "http://openrosa.org/javarosa"
LARGEST = 20_000_000
"""Characters of an XForm; a questionnaire of 5,000 questions has about two million."""
_METHODS = frozenset({"post", "form-data-post"})
_CONTROLS = frozenset({"input", "select", "select1", "range", "rank", "trigger", "upload"})


def read_xform(text: str) -> XForm:
    """Read an XForm. Entities, network and huge input are off. StudyError FORM_001-004 says what does not hold."""
    root = _parse(text)
    model = root.find(f".//{{{XF}}}model")
    if model is None:
        raise _refused("FORM_002", "it has no model", "convert the form again from its XLSForm")
    primary = _primary(model)
    body = _body_of(root)
    texts = _read_itext(model)
    secondary, absent = _read_instances(model)
    actions: list[Action] = list(_actions(model, ""))
    elements = tuple(_elements(body, f"/{_model_node(primary).name}", actions)) if body is not None else ()
    submission = model.find(f"{{{XF}}}submission")
    method = "post" if submission is None else submission.get("method", "post")
    if method not in _METHODS:
        raise _refused("FORM_005", f"it has a submission method {method!r}", "leave the method out")
    return XForm(
        title=str(root.xpath("string(//*[local-name()='title'])")),
        form_id=primary.get("id", ""),
        root=_model_node(primary),
        binds=tuple(_bind(element) for element in model.iter(f"{{{XF}}}bind") if element.get("nodeset")),
        actions=tuple(actions),
        instances=secondary,
        missing_instances=absent,
        itext=texts,
        default_language=_default_language(model),
        body=elements,
        namespaces=_namespaces(root),
    )


def _parse(text: str) -> etree._Element:
    if len(text) > LARGEST:
        raise _refused("FORM_003", f"it has {len(text)} characters", f"make it smaller than {LARGEST}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _refused("FORM_001", f"it is not well-formed XML: {error.msg}", "convert the form again") from error
    if root.getroottree().docinfo.internalDTD is not None or "<!DOCTYPE" in text[:1000]:
        raise _refused("FORM_004", "it has a document type", "remove the DOCTYPE; entities are never expanded")
    return root


def _refused(code: str, cause: str, remedy: str) -> StudyError:
    return StudyError(Problem(code, "the XForm", cause, remedy))


def _namespaces(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        for prefix, uri in element.nsmap.items():
            if prefix and uri:
                found.setdefault(prefix, uri)
    return found


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _body_of(root: etree._Element) -> etree._Element | None:
    return next((child for child in _children(root) if _local(child) == "body"), None)


# The model ------------------------------------------------------------------------------------------------------


def _primary(model: etree._Element) -> etree._Element:
    for instance in model.findall(f"{{{XF}}}instance"):
        for child in _children(instance):
            return child
        break
    raise _refused("FORM_002", "its model has no primary instance", "convert the form again from its XLSForm")


def _model_node(element: etree._Element) -> ModelNode:
    children = tuple(_model_node(child) for child in _children(element))
    name = _local(element)
    namespace = etree.QName(element).namespace or ""
    if element.prefix:
        name = f"{element.prefix}:{name}"
    attributes = {
        _attribute_name(key): str(value) for key, value in element.attrib.items() if etree.QName(key).namespace != JR
    }
    text = "" if children else (element.text or "")
    return ModelNode(name, namespace, text, children, attributes, f"{{{JR}}}template" in element.attrib)


def _attribute_name(name: str | bytes) -> str:
    return etree.QName(name).localname


def _bind(element: etree._Element) -> Bind:
    get = element.get
    return Bind(
        path=(get("nodeset") or "").strip(),
        value_type=(get("type") or "string").rpartition(":")[2],
        relevant=(get("relevant") or "").strip(),
        required=(get("required") or "").strip(),
        constraint=(get("constraint") or "").strip(),
        readonly=(get("readonly") or "").strip(),
        calculate=(get("calculate") or "").strip(),
        preload=get(f"{{{JR}}}preload") or "",
        preload_parameters=get(f"{{{JR}}}preloadParams") or "",
        constraint_message=get(f"{{{JR}}}constraintMsg") or "",
        required_message=get(f"{{{JR}}}requiredMsg") or "",
    )


def _actions(parent: etree._Element, source: str) -> Iterator[Action]:
    for element in _children(parent):
        if _local(element) == "setvalue" and element.get("ref"):
            yield Action(
                events=tuple((element.get("event") or "").split()),
                ref=(element.get("ref") or "").strip(),
                expression=element.get("value"),
                literal=element.text or "",
                source=source,
            )


def _read_instances(model: etree._Element) -> tuple[dict[str, ModelNode], tuple[str, ...]]:
    found: dict[str, ModelNode] = {}
    absent: list[str] = []
    for instance in model.findall(f"{{{XF}}}instance")[1:]:
        name = instance.get("id")
        if not name:
            continue
        root = next(_children(instance), None)
        if root is None or instance.get("src"):
            absent.append(name)
        else:
            found[name] = _model_node(root)
    return found, tuple(absent)


def _read_itext(model: etree._Element) -> dict[str, dict[str, dict[str, Text]]]:
    languages: dict[str, dict[str, dict[str, Text]]] = {}
    for translation in model.iter(f"{{{XF}}}translation"):
        texts = languages.setdefault(translation.get("lang", ""), {})
        for element in translation.findall(f"{{{XF}}}text"):
            forms = texts.setdefault(element.get("id", ""), {})
            for value in element.findall(f"{{{XF}}}value"):
                forms.setdefault(value.get("form", ""), _mixed(value))
    return languages


def _default_language(model: etree._Element) -> str:
    translations = list(model.iter(f"{{{XF}}}translation"))
    marked = [element for element in translations if element.get("default") is not None]
    return next((element.get("lang", "") for element in marked + translations), "")


def _mixed(element: etree._Element) -> Text:
    """Text with `<output value="…"/>` inside."""
    pieces: list[tuple[str, str | None]] = []
    before = element.text or ""
    for child in _children(element):
        if _local(child) == "output":
            pieces.append((before, child.get("value") or child.get("ref") or ""))
            before = ""
        before += child.tail or ""
    return text_of(pieces, before)


# The body -------------------------------------------------------------------------------------------------------


def _elements(parent: etree._Element, base: str, actions: list[Action]) -> Iterator[BodyElement]:
    for element in _children(parent):
        kind = _local(element)
        if kind in _CONTROLS:
            yield _control(element, kind, base, actions)
        elif kind == "group":
            ref = element.get("ref") or element.get("nodeset") or ""
            ref = _resolve(ref, base)
            children = tuple(_elements(element, ref or base, actions))
            yield BodyGroup(ref, _text_ref(element, "label"), _appearance(element), children)
        elif kind == "repeat":
            yield _repeat(element, base, actions)


def _repeat(element: etree._Element, base: str, actions: list[Action]) -> BodyRepeat:
    ref = _resolve(element.get("nodeset") or "", base)
    actions.extend(_actions(element, ref))
    return BodyRepeat(
        ref=ref,
        count=(element.get(f"{{{JR}}}count") or "").strip(),
        no_add_remove=(element.get(f"{{{JR}}}noAddRemove") or "").strip(),
        appearance=_appearance(element),
        children=tuple(_elements(element, ref, actions)),
    )


def _control(element: etree._Element, kind: str, base: str, actions: list[Action]) -> BodyControl:
    ref = _resolve(element.get("ref") or "", base)
    actions.extend(_actions(element, ref))
    return BodyControl(
        kind=kind,
        ref=ref,
        label=_text_ref(element, "label"),
        hint=_text_ref(element, "hint"),
        appearance=_appearance(element),
        choices=tuple(_inline_choice(item) for item in element.findall(f"{{{XF}}}item")),
        itemset=_itemset(element.find(f"{{{XF}}}itemset")),
        attributes={_attribute_name(key): str(value) for key, value in element.attrib.items()},
    )


def _resolve(ref: str, base: str) -> str:
    ref = ref.strip()
    return ref if not ref or ref.startswith("/") else f"{base}/{ref.removeprefix('./')}"


def _appearance(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("appearance") or "").split())


def _text_ref(parent: etree._Element, kind: str) -> TextRef | None:
    element = parent.find(f"{{{XF}}}{kind}")
    if element is None:
        return None
    if element.get("ref"):
        return TextRef(expression=(element.get("ref") or "").strip())
    return TextRef(_mixed(element))


def _inline_choice(element: etree._Element) -> InlineChoice:
    value = element.find(f"{{{XF}}}value")
    return InlineChoice("" if value is None else (value.text or "").strip(), _text_ref(element, "label") or TextRef())


def _itemset(element: etree._Element | None) -> Itemset | None:
    if element is None:
        return None
    value, label = element.find(f"{{{XF}}}value"), element.find(f"{{{XF}}}label")
    return Itemset(
        nodeset=(element.get("nodeset") or "").strip(),
        value="." if value is None else value.get("ref", "."),
        label="" if label is None else label.get("ref", ""),
    )
