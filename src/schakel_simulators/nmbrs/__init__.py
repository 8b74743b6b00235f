"""A simulated Nmbrs: the books of a payroll, the clerk's desk, and the SOAP services on top.

Start it with `schakel simulate nmbrs` or, in a test, with `NmbrsSimulator`; docs/links/nmbrs-simulator.md.
"""

from schakel_simulators.nmbrs.server import NmbrsSimulator

__all__ = ["NmbrsSimulator"]
