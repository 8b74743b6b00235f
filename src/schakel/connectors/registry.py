"""The list of all connectors: a name and its settings give an open line."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from schakel.connectors.carrier_channel import CarrierChannel
from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.connectors.payroll.nmbrs_soap import activation as nmbrs_soap_activation
from schakel.connectors.payroll.nmbrs_soap.source import NmbrsSource
from schakel.connectors.payroll_source import Activation, PayrollSource

T = TypeVar("T")

SOURCES: Mapping[str, Callable[[Mapping[str, Any]], PayrollSource]] = {"nmbrs_soap": NmbrsSource}
CHANNELS: Mapping[str, Callable[[Mapping[str, Any]], CarrierChannel]] = {"schakel_json": SchakelJsonChannel}

ACTIVATIONS: Mapping[str, Activation] = {"nmbrs": nmbrs_soap_activation}
"""By the name people know a payroll system by. Who connects it never hears which wire is spoken."""


def open_source(name: str, settings: Mapping[str, Any]) -> PayrollSource:
    """The payroll source of that name. ValueError when there is none, or a setting is not usable."""
    return _named(SOURCES, name)(settings)


def open_channel(name: str, settings: Mapping[str, Any]) -> CarrierChannel:
    """The carrier channel of that name. ValueError when there is none, or a setting is not usable."""
    return _named(CHANNELS, name)(settings)


def _named(connectors: Mapping[str, T], name: str) -> T:
    if name not in connectors:
        raise ValueError(f"there is no connector of that name; there are {', '.join(sorted(connectors))}")
    return connectors[name]
