"""Where a module can be changed, and how: each change is one that a person could make by mistake, and that compiles.

Kinds of change follow the usual operators of mutation testing (relational, logical, arithmetic, constant and statement
replacement; Jia and Harman, "An Analysis and Survey of the Development of Mutation Testing", 2011).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

_COMPARE = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_ARITHMETIC = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "*", ast.Div: "*", ast.Mod: "+",
    ast.BitAnd: "|", ast.BitOr: "&", ast.BitXor: "|", ast.LShift: ">>", ast.RShift: "<<",
}  # fmt: skip
_BOOLEAN = {ast.And: "or", ast.Or: "and"}


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One change of a module: the text between two places becomes another. Places are bytes from its beginning."""

    module: str
    line: int
    kind: str
    start: int
    end: int
    text: str

    def applied(self, source: bytes) -> bytes:
        """The changed module."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def shown(self, source: bytes) -> str:
        """The line before, and what stands in it now, for a person."""
        before = source.decode().splitlines()[self.line - 1].strip()
        was = " ".join(source[self.start : self.end].decode().split())
        return f"{self.module}:{self.line} {self.kind}: {was!r} -> {self.text!r} in: {before}"


def mutants_of(module: str, source: bytes) -> list[Mutant]:
    """Every change of a module, in the order of its lines. A few of them do not compile (`compiles`)."""
    finder = _Finder(module, source)
    finder.visit(ast.parse(source))
    return sorted(set(finder.found))


@lru_cache(maxsize=1024)
def compiles(source: bytes) -> bool:
    """Whether it is Python."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class _Finder(ast.NodeVisitor):
    """Walks what runs: annotations, docstrings and the words of errors are left alone."""

    def __init__(self, module: str, source: bytes) -> None:
        self.found: list[Mutant] = []
        self.module = module
        self.source = source
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        for statement in node.body:
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            self.between("comparison", left, right, f" {_COMPARE[type(operator)]} ")
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between("connective", left, right, f" {_BOOLEAN[type(node.op)]} ")
        for value in node.values[1:]:
            self.add("condition dropped", node.values[0], self.end(node.values[0]), self.end(value), "")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _ARITHMETIC:
            self.between("arithmetic", node.left, node.right, f" {_ARITHMETIC[type(node.op)]} ")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, (ast.Not, ast.USub)):
            self.add("sign", node, self.start(node), self.start(node.operand), "")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.replace("constant", node, str(not node.value))
        elif isinstance(node.value, int):
            self.replace("constant", node, str(node.value + 1))

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self.replace("statement dropped", node, "pass")
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.replace("raise dropped", node, "pass")

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.replace("statement dropped", node, "pass")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        for keyword in node.keywords:
            before = [one for one in arguments if self.end(one) < self.start(keyword.value)]
            if keyword.arg and before:
                self.add("keyword dropped", keyword.value, self.end(before[-1]), self.end(keyword.value), "")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.slice, ast.Constant) and node.slice.value == 0:
            self.replace("index", node.slice, "-1")
            self.visit(node.value)
        else:
            self.generic_visit(node)

    def negate(self, test: ast.expr) -> None:
        text = self.source[self.start(test) : self.end(test)].decode()
        self.replace("negation", test, f"not ({text})")

    def between(self, kind: str, left: ast.expr, right: ast.expr, text: str) -> None:
        between = self.source[self.end(left) : self.start(right)]
        if not set(between) & set(b"()\n"):  # else what stands there is more than the operator
            self.add(kind, left, self.end(left), self.start(right), text)

    def replace(self, kind: str, node: ast.stmt | ast.expr, text: str) -> None:
        self.add(kind, node, self.start(node), self.end(node), text)

    def add(self, kind: str, node: ast.stmt | ast.expr, start: int, end: int, text: str) -> None:
        self.found.append(Mutant(self.module, node.lineno, kind, start, end, text))

    def start(self, node: ast.stmt | ast.expr) -> int:
        return self.lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.stmt | ast.expr) -> int:
        return self.lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
