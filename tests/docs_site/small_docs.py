"""A small documentation for tests: the files that a project has to have, and what a test adds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRONT = """\
# Documentation

## Where to begin

- [For a reader](readers/reader.md): you read

## Reference: look things up

- [A](a.md): the first letter
- [The glossary](glossary.md), [decisions](decisions/README.md) and [problems](reference/problems/README.md)

For those who build:

- [How to help](../CONTRIBUTING.md), [the project](../README.md), [changes](../CHANGELOG.md), [faults](../SECURITY.md)
"""
GLOSSARY = """\
# Glossary

## Words

| term | meaning | source | in the code |
|---|---|---|---|
| gate, way in | A question that decides. | *ours* | `kuule.a` |
| act | One thing done. | *ours* | `kuule.b` |
"""
FILES = {
    "docs/README.md": FRONT,
    "docs/a.md": "# A\n\nIt is said here. And more.\n",
    "docs/glossary.md": GLOSSARY,
    "docs/readers/reader.md": "# For a reader\n\n1. [A](../a.md): learn the first letter\n",
    "docs/decisions/README.md": "# Decisions\n\n[0001](0001-one.md)\n",
    "docs/decisions/0001-one.md": "# One\n\nAdds to [A](../a.md).\n\n**Found.** Two are too many. So one.\n",
    "docs/reference/problems/README.md": "# Every problem\n\n- [FORM](FORM.md): a questionnaire\n",
    "docs/reference/problems/FORM.md": "# FORM\n\n| code |\n|---|\n",
    "README.md": '# Kuule\n\n<a href="docs/a.md">a</a>\n',
    "CONTRIBUTING.md": "# Contributing\n\n[A](docs/a.md#a)\n",
    "CHANGELOG.md": "# Changes\n",
    "SECURITY.md": "# Security\n",
}


def write_docs(root: Path, more: Mapping[str, str] | None = None) -> Path:
    """Write them below a folder, and return it."""
    for name, text in {**FILES, **(more or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "docs" / "pictures").mkdir(exist_ok=True)
    return root
