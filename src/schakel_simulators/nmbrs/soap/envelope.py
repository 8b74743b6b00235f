"""SOAP envelopes: the two versions, reading one without trusting it, and writing one as a stream."""

from collections.abc import Iterable, Iterator
from enum import Enum

from lxml import etree

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CHUNK = 64 * 1024


class Version(Enum):
    """A SOAP version: its envelope namespace and the media type of its answers."""

    SOAP_11 = (SOAP_11, "text/xml; charset=utf-8")
    SOAP_12 = (SOAP_12, "application/soap+xml; charset=utf-8")

    @property
    def namespace(self) -> str:
        return self.value[0]

    @property
    def media_type(self) -> str:
        return self.value[1]


VERSIONS = {version.namespace: version for version in Version}


class NotAnEnvelopeError(Exception):
    """The bytes are not XML, or not a SOAP envelope with a body; `mismatch` when it is of another version."""

    def __init__(self, why: str, *, mismatch: bool = False) -> None:
        super().__init__(why)
        self.mismatch = mismatch


def opened(body: bytes) -> tuple[Version, list[etree._Element], etree._Element]:
    """Version, header elements and body element of an envelope. Raises NotAnEnvelopeError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAnEnvelopeError(f"There is an error in the XML document: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAnEnvelopeError("A document type is not allowed.")
    name = etree.QName(root)
    if name.localname != "Envelope":
        raise NotAnEnvelopeError("The document is not a SOAP envelope.")
    version = VERSIONS.get(name.namespace or "")
    if version is None:
        raise NotAnEnvelopeError("Possible SOAP version mismatch: this envelope is unknown.", mismatch=True)
    inside = root.find(f"{{{name.namespace}}}Body")
    content = [] if inside is None else list(inside)
    if len(content) != 1:
        raise NotAnEnvelopeError("The envelope has no body with one element in it.")
    header = root.find(f"{{{name.namespace}}}Header")
    return version, [] if header is None else list(header), content[0]


def wrapped(version: Version, body: Iterable[str]) -> Iterator[bytes]:
    """The bytes of an envelope around `body`, in pieces of about 64 kB, so that it may be of any length."""
    head = (
        f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{version.namespace}"'
        f' xmlns:xsi="{XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>'
    )
    pieces, length = [head], 0
    for piece in body:
        pieces.append(piece)
        length += len(piece)
        if length >= CHUNK:
            yield "".join(pieces).encode()
            pieces, length = [], 0
    pieces.append("</soap:Body></soap:Envelope>")
    yield "".join(pieces).encode()
