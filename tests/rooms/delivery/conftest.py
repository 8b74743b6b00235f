"""Every test of the outbox has an office of its own, inside its tenant's scope."""

from collections.abc import Iterator

import pytest
from tests.rooms.delivery.office import Office, make_office

from schakel.tenancy.queries import create_tenant
from schakel.tenancy.scope import tenant_scope


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    with tenant_scope(create_tenant("Adviesbureau", "adviser_firm")):
        yield make_office()
