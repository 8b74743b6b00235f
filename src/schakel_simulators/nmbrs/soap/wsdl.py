"""Our WSDL files read once: what each service offers, its schema, and the text as it is served."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lxml import etree

ADDRESS = "https://api.nmbrs.nl/soap/v3/"
SERVICES = ("DebtorService", "CompanyService", "EmployeeService", "ReportService")
_XS = "{http://www.w3.org/2001/XMLSchema}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_WSDL_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the WSDL describes it. `parameters` holds name and type, in order."""

    service: str
    name: str
    header: str  #: AuthHeader or AuthHeaderWithDomain
    parameters: Mapping[str, str]
    result: str
    documentation: str

    @property
    def key(self) -> str:
        """As rights and the journal name it."""
        return f"{self.service}.{self.name}"

    @property
    def namespace(self) -> str:
        return ADDRESS + self.service


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its operations by name, and the schema of its requests and answers."""

    name: str
    text: str
    operations: Mapping[str, Operation]
    schema: etree.XMLSchema
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def complaint(self, element: etree._Element) -> str:
        """Why this element does not fit the schema; empty when it does."""
        with self._lock:  # libxml2's schema keeps the errors of the last document it saw
            try:
                self.schema.assertValid(element)
            except etree.DocumentInvalid as error:
                return str(error)
        return ""

    def served(self, base: str) -> bytes:
        """The WSDL with the address filled in under which it is served."""
        return self.text.replace(f'location="{ADDRESS}', f'location="{base}').encode()


@lru_cache(maxsize=2)
def services(*, wrappers_by_item: bool = False) -> Mapping[str, Service]:
    """The four services by name. `wrappers_by_item` renames the two results that nobody has seen."""
    return {name: _read(name, wrappers_by_item=wrappers_by_item) for name in SERVICES}


def _read(name: str, *, wrappers_by_item: bool) -> Service:
    text = files("schakel_simulators.nmbrs").joinpath("wsdl", f"{name}.wsdl").read_text("utf-8")
    if wrappers_by_item:
        text = text.replace('name="Partner_GetResult"', 'name="EmployeePartnerItem"')
        text = text.replace('name="Children_GetResult"', 'name="EmployeeChildrenItem"')
    root = etree.fromstring(text.encode())
    operations = {operation.name: operation for operation in _operations(name, root)}
    return Service(name, text, operations, _schema(root))


def _operations(service: str, root: etree._Element) -> Iterator[Operation]:
    elements = {
        element.get("name"): element for element in root.iterfind(f"{_WSDL}types/{_XS}schema/{_XS}element")
    }
    headers = {
        bound.get("name"): header.get("part")
        for bound in root.iterfind(f"{_WSDL}binding/{_WSDL}operation")
        for header in bound.iterfind(f"{_WSDL}input/{_WSDL_SOAP}header")
    }
    for described in root.iterfind(f"{_WSDL}portType/{_WSDL}operation"):
        name = str(described.get("name"))
        yield Operation(
            service,
            name,
            str(headers[name]),
            dict(_parts(elements[name])),
            next(part for part, _ in _parts(elements[f"{name}Response"])),
            str(described.findtext(f"{_WSDL}documentation")),
        )


def _parts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and type of the elements inside an element, in order."""
    for part in element.iterfind(f"{_XS}complexType/{_XS}sequence/{_XS}element"):
        yield str(part.get("name")), str(part.get("type"))


class _OtherSchemas(etree.Resolver):
    """Hands libxml2 the other schemas of the same WSDL, which import each other by namespace alone."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known

    def resolve(self, system_url: str, _: str, context: Any) -> Any:  # type: ignore[override]  # the stubs know three other arguments
        return self.resolve_string(self._known[system_url], context)  # type: ignore[call-arg]  # as above


def _schema(root: etree._Element) -> etree.XMLSchema:
    """The schema cut out of `wsdl:types`."""
    found = root.findall(f"{_WSDL}types/{_XS}schema")
    for imported in root.iter(f"{_XS}import"):
        imported.set("schemaLocation", str(imported.get("namespace")))
    known = {str(schema.get("targetNamespace")): etree.tostring(schema) for schema in found}
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_OtherSchemas(known))
    return etree.XMLSchema(etree.fromstring(etree.tostring(found[0]), parser))
