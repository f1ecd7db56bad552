"""Which second factor is fresh: asked in a process of its own, since in this one Django is set up for the collector."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.loaded.loaded_process import run_loaded
from tests.study.small_study import make_study

_ASKED = """
import json, sys, time
from pathlib import Path
from types import SimpleNamespace
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
from kuule.workbench.workbench_server import prepared_database
start_site(WorkbenchOptions(study=Path(sys.argv[1]), data=Path(sys.argv[2])))
with prepared_database():
    from kuule.workbench.models import Organisation, Person
    from kuule.workbench.signing_desk.fresh_factor import has_fresh_factor
    owner = Organisation.objects.create(name="A partner")
    person = Person.objects.create(username="somebody", name="Somebody", role="lead", organisation=owner)
    found = {}
    for later in map(int, sys.argv[3:]):
        shown = {"method": "mfa", "type": "totp", "reauthenticated": True, "at": time.time() + later}
        session = {"account_authentication_methods": [shown], "account_authentication_methods_user": str(person.pk)}
        found[later] = has_fresh_factor(SimpleNamespace(user=person, session=session))
print(json.dumps(found))
"""


def test_factor_that_was_shown_in_the_future_is_not_fresh(tmp_path: Path) -> None:
    """A clock that was a day ahead and was set right made it good for a day."""
    study = make_study(tmp_path / "study")
    moments = ["-3600", "-60", "3600", "86400"]
    done = run_loaded([sys.executable, "-c", _ASKED, str(study), str(tmp_path / "data"), *moments], text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"-3600": False, "-60": True, "3600": False, "86400": False}
