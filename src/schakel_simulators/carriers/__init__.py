"""Two simulated carriers, a pension provider and an insurer, that speak `schakel-json/1`.

The interface is described in docs/links/carrier-interface.md; start them with `schakel simulate carriers`
or, in a test, with `CarrierSimulator`.
"""

from schakel_simulators.carriers.ledger import Policy
from schakel_simulators.carriers.server import CarrierSimulator

__all__ = ["CarrierSimulator", "Policy"]
