"""What can be said of a store without what is in it: whether it can be reached, the version of its tables, its
identity, what was ordered of the field period, and which services are hidden."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.core.problems import StoreError
from kuule.store.database import close_connections, configure
from kuule.store.location.identity import read_identity
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.store.migration_state import read_migration_state
from kuule.store.rows.field_control import read_field_control
from kuule.store.rows.hidden_services import read_hidden_services
from kuule.store.rows.restored_store import check_settled
from kuule.study.settings.field_phase import StandingOrder
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState


@dataclass(frozen=True, slots=True)
class StoreCondition:
    """`version` is that of its tables, None where the store cannot be read; so are `identity`, `order` and
    `hidden`, the ids of services that are hidden."""

    finding: HealthFinding
    version: int | None = None
    identity: int | None = None
    order: StandingOrder | None = None
    hidden: frozenset[int] | None = None


def read_store_condition(database: str) -> StoreCondition:
    """Look at the store at an address, and change nothing in it."""
    try:
        configure(database)
        state = read_migration_state()
        if state.pending:
            told = f"reachable; version {state.version}, which the next start brings to {SCHEMA_VERSION}"
            return StoreCondition(HealthFinding("store", HealthState.LOOK, told), state.version)
        check_settled()
        told = f"reachable; version {state.version}, as this program has it"
        well = HealthFinding("store", HealthState.WELL, told)
        return StoreCondition(well, state.version, read_identity(), read_field_control(), read_hidden_services())
    except StoreError as error:
        first = error.problems[0]
        told = f"{first.code} {first.place}: {first.cause}; {first.remedy}"
        return StoreCondition(HealthFinding("store", HealthState.BROKEN, told))
    finally:
        close_connections()
