"""Without `--register` the workbench is what it was: no way to a register, no role for one."""

from __future__ import annotations

from tests.workbench.workbench_for_tests import Workbench


def test_nobody_is_offered_a_register_or_the_role_for_it(site: Workbench) -> None:
    for path in ("/", "/people"):
        page = site.lead.get(path).text
        assert ("/register/" in page, 'value="coder"' in page, "Countries" in page) == (False, False, False)
    for where in ("", "FI", "FI/limitation", "rounds"):
        assert site.lead.get(f"/register/{where}").status == 404


def test_the_role_is_refused_even_if_it_is_posted(site: Workbench) -> None:
    site.lead.get("/people")
    reply = site.lead.post("/people", {"role": "coder", "country": "FI", "organisation": "A partner"})
    assert (reply.status, "Please choose a role." in reply.text) == (422, True)
