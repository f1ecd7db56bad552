"""digest() (XForms 1.1; ODK XForms, String Functions): a hash of a text, in Base64 or hexadecimal."""

from __future__ import annotations

import base64
import hashlib

from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, Literal
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_text
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_ENCODINGS = ("base64", "hex")


def _digest(text: str, algorithm: str, encoding: str) -> str:
    """The digest, or "" if a computed algorithm or encoding does not exist."""
    if algorithm not in _ALGORITHMS or encoding not in _ENCODINGS:
        return ""
    made = hashlib.new(_ALGORITHMS[algorithm], text.encode(), usedforsecurity=False).digest()
    return base64.b64encode(made).decode() if encoding == "base64" else made.hex()


def _build(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    named = {1: tuple(_ALGORITHMS), 2: _ENCODINGS}
    for place, known in named.items():
        argument = call.arguments[place] if place < len(call.arguments) else None
        if isinstance(argument, Literal) and argument.text not in known:
            builder.refuse("FORM_110", f"digest() does not know {argument.text!r}", f"use one of {', '.join(known)}")
    text, algorithm, *more = (as_text(builder.build(argument)) for argument in call.arguments)

    def run(context: EvaluationContext, node: Node) -> str:
        encoding = more[0](context, node) if more else "base64"
        return _digest(text(context, node), algorithm(context, node), encoding)

    return TypedClosure(ResultType.STRING, run)


DIGEST_FUNCTIONS = functions_by_name(
    XPathFunction("digest", ResultType.STRING, (ResultType.STRING,) * 3, required=2, build=_build)
)
