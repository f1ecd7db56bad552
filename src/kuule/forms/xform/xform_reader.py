"""Reads the text of an XForm into frozen definitions. Only the modules of kuule.forms.xform know XML (lxml); they
compile nothing.

Source: ODK XForms specification, https://getodk.github.io/xforms-spec/.
"""

from __future__ import annotations

from lxml import etree

from kuule.core.problems import Problem, StudyError
from kuule.forms.model.form_texts import TextTemplate
from kuule.forms.xform.body_reader import read_elements
from kuule.forms.xform.definitions import Action, Bind, ModelNode, XForm
from kuule.forms.xform.xml_elements import (
    JAVAROSA_NAMESPACE,
    XFORMS_NAMESPACE,
    attribute_name,
    child_elements,
    local_name,
    read_actions,
    read_text,
)

MAX_CHARACTERS = 20_000_000
"""The most characters of an XForm. A questionnaire of 5,000 questions has about two million."""
_METHODS = frozenset({"post", "form-data-post"})


def read_xform(text: str) -> XForm:
    """Read an XForm, with entities, network access and huge input switched off. Raises StudyError FORM_001 to
    FORM_004."""
    root = _parse(text)
    model = root.find(f".//{{{XFORMS_NAMESPACE}}}model")
    if model is None:
        raise _refused("FORM_002", "it has no model", "convert the form again from its XLSForm")
    primary = _primary(model)
    body = _body_of(root)
    texts = _read_itext(model)
    secondary, absent = _read_instances(model)
    found: list[Action] = list(read_actions(model, ""))
    body_elements = tuple(read_elements(body, f"/{_model_node(primary).name}", found)) if body is not None else ()
    submission = model.find(f"{{{XFORMS_NAMESPACE}}}submission")
    method = "post" if submission is None else submission.get("method", "post")
    if method not in _METHODS:
        raise _refused("FORM_005", f"it has a submission method {method!r}", "leave the method out")
    return XForm(
        title=str(root.xpath("string(//*[local-name()='title'])")),
        form_id=primary.get("id", ""),
        root=_model_node(primary),
        binds=tuple(_bind(element) for element in model.iter(f"{{{XFORMS_NAMESPACE}}}bind") if element.get("nodeset")),
        actions=tuple(found),
        instances=secondary,
        missing_instances=absent,
        itext=texts,
        default_language=_default_language(model),
        body=body_elements,
        namespaces=_namespaces(root),
    )


def _parse(text: str) -> etree._Element:
    if len(text) > MAX_CHARACTERS:
        raise _refused("FORM_003", f"it has {len(text)} characters", f"make it smaller than {MAX_CHARACTERS}")
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


def _body_of(root: etree._Element) -> etree._Element | None:
    return next((child for child in child_elements(root) if local_name(child) == "body"), None)


def _primary(model: etree._Element) -> etree._Element:
    for instance in model.findall(f"{{{XFORMS_NAMESPACE}}}instance"):
        for child in child_elements(instance):
            return child
        break
    raise _refused("FORM_002", "its model has no primary instance", "convert the form again from its XLSForm")


def _model_node(element: etree._Element) -> ModelNode:
    below = tuple(_model_node(child) for child in child_elements(element))
    name = local_name(element)
    namespace = etree.QName(element).namespace or ""
    if element.prefix:
        name = f"{element.prefix}:{name}"
    attributes = {
        attribute_name(key): str(value)
        for key, value in element.attrib.items()
        if etree.QName(key).namespace != JAVAROSA_NAMESPACE
    }
    text = "" if below else (element.text or "")
    return ModelNode(name, namespace, text, below, attributes, f"{{{JAVAROSA_NAMESPACE}}}template" in element.attrib)


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
        preload=get(f"{{{JAVAROSA_NAMESPACE}}}preload") or "",
        preload_parameters=get(f"{{{JAVAROSA_NAMESPACE}}}preloadParams") or "",
        constraint_message=get(f"{{{JAVAROSA_NAMESPACE}}}constraintMsg") or "",
        required_message=get(f"{{{JAVAROSA_NAMESPACE}}}requiredMsg") or "",
    )


def _read_instances(model: etree._Element) -> tuple[dict[str, ModelNode], tuple[str, ...]]:
    found: dict[str, ModelNode] = {}
    absent: list[str] = []
    for instance in model.findall(f"{{{XFORMS_NAMESPACE}}}instance")[1:]:
        name = instance.get("id")
        if not name:
            continue
        root = next(child_elements(instance), None)
        if root is None or instance.get("src"):
            absent.append(name)
        else:
            found[name] = _model_node(root)
    return found, tuple(absent)


def _read_itext(model: etree._Element) -> dict[str, dict[str, dict[str, TextTemplate]]]:
    languages: dict[str, dict[str, dict[str, TextTemplate]]] = {}
    for translation in model.iter(f"{{{XFORMS_NAMESPACE}}}translation"):
        texts = languages.setdefault(translation.get("lang", ""), {})
        for element in translation.findall(f"{{{XFORMS_NAMESPACE}}}text"):
            forms = texts.setdefault(element.get("id", ""), {})
            for value in element.findall(f"{{{XFORMS_NAMESPACE}}}value"):
                forms.setdefault(value.get("form", ""), read_text(value))
    return languages


def _default_language(model: etree._Element) -> str:
    translations = list(model.iter(f"{{{XFORMS_NAMESPACE}}}translation"))
    marked = [element for element in translations if element.get("default") is not None]
    return next((element.get("lang", "") for element in marked + translations), "")
