"""A finding that became too long in translation; other texts have their own check."""

from __future__ import annotations

import pytest

from tests.languages.checks.check_cases import said_of

PLACE = "report.md:0123456789ab"


@pytest.mark.parametrize(("kind", "limit"), [("title", 60), ("figure", 12), ("reading", 230), ("finding", 110)])
def test_finding_is_no_longer_than_its_limit(kind: str, limit: int) -> None:
    source = "{{ share told yes }} told"
    fits = "{{ share told yes }}" + "å" * (limit - len("100 %"))
    assert "error LANG_017" not in said_of(source, fits, key=f"{PLACE}:{kind}")
    assert "error LANG_017" in said_of(source, f"{fits}å", key=f"{PLACE}:{kind}")


@pytest.mark.parametrize("key", [f"{PLACE}:paragraph", f"{PLACE}:note", "form:/data/title:label"])
def test_other_texts_have_no_such_limit(key: str) -> None:
    assert "error LANG_017" not in said_of("told " * 60, "sade " * 60, key=key)
