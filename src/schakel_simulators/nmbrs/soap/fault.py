"""SOAP faults in the form of an .asmx service, with the vendor's codes and texts."""

from xml.sax.saxutils import escape

from schakel_simulators.nmbrs.soap.envelope import Version, wrapped

TEXTS = {
    1001: "Invalid Authentication",
    1002: "Unauthorized access",
    1003: "Unauthorized access",
    1004: "Disabled, no valid subscription",
    1006: "Generic Login Security Failure",
    2003: "Unauthorized access",
    2004: "Unauthorized access",
    2006: "Invalid Period",
    2009: "Unauthorized access",
    2019: "Task status not available",
    2020: "Task status not available",
    2021: "Invalid task result",
    2030: "Invalid set of values",
    2046: "Not Found",
    9999: "Unkown",  # the vendor's spelling
}
"""The codes that calls which only read can meet."""

TRACE = "\n   at Nmbrs.Api.Soap.Service.Invoke(String method)\n   at Nmbrs.Api.Soap.Service.Answer()"


class SoapFault(Exception):
    """An answer that says no: Nmbrs' own no, or that the request could not be read."""

    def __init__(self, text: str, *, code: int = 0, sender: bool = False, role: str = "") -> None:
        super().__init__(text)
        self.code = code  #: 0: not one of Nmbrs' own
        self.text = text
        self.role = role or ("Client" if sender else "Server")

    @property
    def outcome(self) -> str:
        """How the journal calls it."""
        return str(self.code) if self.code else self.role.lower()


def nmbrs_fault(code: int) -> SoapFault:
    """The vendor's no: `Server was unable to process request. ---> 1001: Invalid Authentication`."""
    return SoapFault(f"Server was unable to process request. ---> {code}: {TEXTS[code]}", code=code)


def unreadable(why: str) -> SoapFault:
    """The request is not XML, not SOAP, or does not fit the schema."""
    return SoapFault(f"Server was unable to read request. ---> {why}", sender=True)


def fault_document(fault: SoapFault, version: Version, *, with_trace: bool) -> bytes:
    """The whole envelope of a fault."""
    text = escape(fault.text + (TRACE if with_trace and fault.code else ""))
    if version is Version.SOAP_12:
        role = {"Client": "Sender", "Server": "Receiver"}.get(fault.role, fault.role)
        body = (
            f"<soap:Fault><soap:Code><soap:Value>soap:{role}</soap:Value></soap:Code>"
            f'<soap:Reason><soap:Text xml:lang="en">{text}</soap:Text></soap:Reason>'
            "<soap:Detail /></soap:Fault>"
        )
    else:
        body = (
            f"<soap:Fault><faultcode>soap:{fault.role}</faultcode><faultstring>{text}</faultstring>"
            "<detail /></soap:Fault>"
        )
    return b"".join(wrapped(version, [body]))
