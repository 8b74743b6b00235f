"""A carrier gives a policy number once: another employer's people never end up in it by mistake."""

import pytest

from schakel.schemes import agree
from schakel.schemes.models import Carrier, Policy
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def carrier_id(tenant_id: int) -> int:
    return agree.carrier("Pensioen Noord", Carrier.Kind.PENSION_PROVIDER, None)


@pytest.fixture
def other_id(employer_id: int) -> int:
    return employer_named(employer_group("Groep").id, "Voorbeeld Glas B.V.")


def test_agreeing_twice_is_agreeing_once(employer_id: int, carrier_id: int) -> None:
    assert agree.policy(employer_id, carrier_id, "P-1") == agree.policy(employer_id, carrier_id, "P-1")


def test_another_employer_does_not_get_the_first_ones_policy(
    employer_id: int, other_id: int, carrier_id: int
) -> None:
    agree.policy(employer_id, carrier_id, "P-1")
    with pytest.raises(agree.PolicyOfAnother) as refused:
        agree.policy(other_id, carrier_id, "P-1")
    assert "andere werkgever" in refused.value.message("nl")
    assert "P-1" not in refused.value.message("nl")
    assert Policy.objects.count() == 1


def test_a_policy_may_be_shared_on_purpose(employer_id: int, other_id: int, carrier_id: int) -> None:
    own = agree.policy(employer_id, carrier_id, "P-1")
    assert agree.policy(other_id, carrier_id, "P-1", is_shared=True) == own


def test_another_carrier_may_use_the_same_number(employer_id: int, other_id: int, carrier_id: int) -> None:
    insurer = agree.carrier("Verzekeraar Zuid", Carrier.Kind.INSURER, None)
    assert agree.policy(employer_id, carrier_id, "P-1") != agree.policy(other_id, insurer, "P-1")
