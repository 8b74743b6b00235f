"""From an HTTP request to the operation it asks for: which one, by whom, of what."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from schakel_simulators.nmbrs.soap.envelope import NotAnEnvelopeError, Version, opened
from schakel_simulators.nmbrs.soap.fault import SoapFault, unreadable
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.wsdl import Operation, Service

NO_ACTION = "Unable to handle request without a valid action parameter. Please supply a valid soap action."
ALIASES = {
    "Reports_GetWageCodesByRunCompany_FilterByWageCode": {
        "Year": "intYear",
        "year": "intYear",
        "wageCode": "WageCode",
        "intWageCode": "WageCode",
    }
}
"""Other names a parameter goes by: nobody published a call of this one (contract note 4.2: unverified)."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The login in the header of a call; `domain` None when the header has no such element."""

    username: str
    token: str
    domain: str | None

    def __repr__(self) -> str:
        return "Credentials(…)"


@dataclass(frozen=True, slots=True)
class Call:
    """One call that could be read."""

    version: Version
    operation: Operation
    credentials: Credentials | None
    parameters: Mapping[str, str]

    def number(self, name: str) -> int:
        """A parameter of type int; the schema has seen to it that it is one."""
        return int(self.parameters[name])


@dataclass(frozen=True, slots=True)
class Routed:
    """A call of which operation and version are known, before its content is looked at."""

    version: Version
    operation: Operation
    headers: tuple[etree._Element, ...]
    element: etree._Element
    parameters: Mapping[str, str]  #: as sent, for the journal: known names only, and cut short
    company_id: int  #: 0 when the call is about none, or not about a number
    employee_id: int


class UnroutableError(Exception):
    """Nobody can say which operation this is; carries the fault and the version to answer in."""

    def __init__(self, fault: SoapFault, version: Version) -> None:
        super().__init__(fault.text)
        self.fault = fault
        self.version = version


def routed(service: Service, body: bytes, media_type: str, soap_action: str | None) -> Routed:
    """Which operation: by SOAPAction, else by the action in the media type, else by the body's element."""
    try:
        version, headers, element = opened(body)
    except NotAnEnvelopeError as error:
        version = Version.SOAP_12 if "soap+xml" in media_type else Version.SOAP_11
        fault = SoapFault(str(error), role="VersionMismatch") if error.mismatch else unreadable(str(error))
        raise UnroutableError(fault, version) from None
    action = (soap_action or "").strip().strip('"') or _action_in(media_type)
    name = etree.QName(element)
    wanted = action or f"{name.namespace}/{name.localname}"
    operation = service.operations.get(wanted.rpartition("/")[2])
    if operation is None or wanted != f"{operation.namespace}/{operation.name}":
        raise UnroutableError(SoapFault(NO_ACTION, sender=True), version)
    if element.tag != f"{{{operation.namespace}}}{operation.name}":
        why = f"The body holds another element than {operation.name} of its namespace."
        raise UnroutableError(unreadable(why), version)
    asked = {name: _sent(element, operation, name) for name in operation.parameters}
    company = next((asked[name] for name in ("CompanyId", "CompanyID", "companyId") if name in asked), "")
    company_id, employee_id = _id(company), _id(asked.get("EmployeeId", ""))
    return Routed(version, operation, tuple(headers), element, asked, company_id, employee_id)


def read(service: Service, routed_call: Routed, profile: Profile) -> Call:
    """The call with its credentials and parameters. Raises SoapFault when it does not fit the schema."""
    operation = routed_call.operation
    element = _as_the_vendor_reads(operation, routed_call.element, tolerant=profile.requests == "asmx")
    complaint = service.complaint(element)
    if complaint:
        raise unreadable(complaint)
    parameters = {etree.QName(child).localname: (child.text or "").strip() for child in element}
    return Call(routed_call.version, operation, _credentials(operation, routed_call.headers), parameters)


def _sent(element: etree._Element, operation: Operation, name: str) -> str:
    return (element.findtext(f"{{{operation.namespace}}}{name}") or "")[:64]


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _action_in(media_type: str) -> str:
    """`application/soap+xml; charset=utf-8; action="…"`."""
    for part in media_type.split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.strip().lower() == "action":
            return value.strip().strip('"')
    return ""


def _credentials(operation: Operation, headers: tuple[etree._Element, ...]) -> Credentials | None:
    """The login header of this operation, its parts in any order; None when there is none."""
    tag = f"{{{operation.namespace}}}{operation.header}"
    header = next((one for one in headers if one.tag == tag), None)
    if header is None:
        return None
    told = {etree.QName(part).localname: part.text or "" for part in header}
    return Credentials(told.get("Username", ""), told.get("Token", ""), told.get("Domain"))


def _as_the_vendor_reads(operation: Operation, element: etree._Element, *, tolerant: bool) -> etree._Element:
    """The request's element, or what ASP.NET would make of it: unknown passed over, missing numbers 0.

    XML names have capitals that count; a name in the wrong case is unknown there (contract note 4.3).
    """
    names = operation.parameters
    aliases = ALIASES.get(operation.name, {})
    folded = {name.casefold() for name in names}
    told: dict[str, etree._Element] = {}
    by_vendor = tolerant
    for child in element:
        tag = etree.QName(child)
        if tag.namespace != operation.namespace:
            continue
        name = aliases.get(tag.localname, tag.localname)
        by_vendor |= name != tag.localname or (name not in names and name.casefold() in folded)
        if name in names:
            told.setdefault(name, child)
    if not by_vendor:
        return element
    made = etree.Element(element.tag)
    for name, kind in names.items():
        if name in told or kind == "xs:int":
            part = etree.SubElement(made, f"{{{operation.namespace}}}{name}")
            part.text = told[name].text if name in told else "0"
    return made
