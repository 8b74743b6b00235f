"""The firm that is asked about, and another firm nobody here may see."""

import pytest
from tests.desk.firms import Firm, make_firm


@pytest.fixture
def firm(db: None) -> Firm:
    return make_firm("Adviesbureau Aalberse")


@pytest.fixture
def foreign(db: None) -> Firm:
    return make_firm("Adviesbureau Bakker")
