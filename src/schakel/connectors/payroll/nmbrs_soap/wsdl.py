"""The bundled WSDL: operations with their parameters in order, namespaces and actions, and the known elements.

Read from files of this package and never from the network. Request envelopes are built from it, so a name is
spelled in one place only: `CompanyId`, `CompanyID` and `companyId` all occur.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

from lxml import etree

_XS = "{http://www.w3.org/2001/XMLSchema}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
SERVICES = ("DebtorService", "CompanyService", "EmployeeService", "ReportService")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the WSDL describes it."""

    name: str  #: "EmployeeService.Partner_Get"
    namespace: str
    action: str
    header: str  #: the log-in element: AuthHeaderWithDomain, or AuthHeader for Environment_Get alone
    parameters: tuple[str, ...]

    @property
    def service(self) -> str:
        return self.name.partition(".")[0]

    @property
    def local_name(self) -> str:
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its operations by local name, and its complex types with the elements each may have."""

    operations: Mapping[str, Operation]
    types: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: an operation with its values. Its key is the same in every try of a delivery."""

    operation: Operation
    values: tuple[int | str, ...]

    @property
    def key(self) -> str:
        pairs = zip(self.operation.parameters, self.values, strict=True)
        return f"{self.operation.name}?{'&'.join(f'{name}={value}' for name, value in pairs)}"


def call(name: str, *values: int | str) -> Call:
    """A call of the operation of that name; the values in the order of the WSDL."""
    found = operation(name)
    assert len(found.parameters) == len(values), f"{name} takes {found.parameters}"
    return Call(found, values)


def operation(name: str) -> Operation:
    """The operation of that name: "EmployeeService.Partner_Get"."""
    service, _, local_name = name.partition(".")
    return described(service).operations[local_name]


def known_elements(operation_name: str, type_name: str) -> frozenset[str]:
    """The elements a type of that operation's service may have."""
    return described(operation_name.partition(".")[0]).types[type_name]


@cache
def described(service: str) -> Service:
    """What the bundled WSDL says of a service."""
    text = files(__package__).joinpath("wsdl", f"{service}.wsdl").read_bytes()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(text, parser)
    namespace = root.get("targetNamespace", "")
    schema = next(one for one in root.iter(f"{_XS}schema") if one.get("targetNamespace") == namespace)
    elements = {one.get("name", ""): one for one in schema.findall(f"{_XS}element")}
    binding = next(one for one in root.iter(f"{_WSDL}binding") if one.find(f"{_SOAP}binding") is not None)
    operations = {}
    for one in binding.findall(f"{_WSDL}operation"):
        local_name = one.get("name", "")
        action, header = one.find(f"{_SOAP}operation"), next(one.iter(f"{_SOAP}header"))
        assert action is not None, f"{local_name} has no SOAP action in the bundled WSDL"
        parameters = tuple(part.get("name", "") for part in elements[local_name].iter(f"{_XS}element"))[1:]
        operations[local_name] = Operation(
            f"{service}.{local_name}",
            namespace,
            action.get("soapAction", ""),
            header.get("message", "").rpartition(":")[2],
            parameters,
        )
    types = {
        one.get("name", ""): frozenset(part.get("name", "") for part in one.iter(f"{_XS}element"))
        for one in schema.findall(f"{_XS}complexType")
    }
    return Service(operations, types)


class Envelopes:
    """Builds the request of a call for one log-in. A repr shows nothing of it."""

    def __init__(self, username: str, token: str, domain: str) -> None:
        self._login = (("Username", username), ("Token", token), ("Domain", domain))
        self._heads: dict[str, bytes] = {}

    def build(self, call: Call) -> bytes:
        """The bytes of the request: SOAP 1.1, document/literal, the log-in in the header."""
        operation = call.operation
        head = self._heads.get(operation.name)
        if head is None:
            head = self._heads[operation.name] = self._head(operation)
        values = "".join(
            f"<{name}>{escape(str(value))}</{name}>"
            for name, value in zip(operation.parameters, call.values, strict=True)
        )
        return head + f"{values}</{operation.local_name}></s:Body></s:Envelope>".encode()

    def _head(self, operation: Operation) -> bytes:
        wanted = self._login if operation.header == "AuthHeaderWithDomain" else self._login[:2]
        login = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in wanted)
        return (
            '<?xml version="1.0" encoding="utf-8"?>'
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
            f'<{operation.header} xmlns="{operation.namespace}">{login}</{operation.header}></s:Header>'
            f'<s:Body><{operation.local_name} xmlns="{operation.namespace}">'
        ).encode()
