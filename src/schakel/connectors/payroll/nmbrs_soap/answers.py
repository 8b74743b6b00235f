"""Reading Nmbrs's XML: hardened against what XML can do, tolerant of what the vendor may add.

Elements are known by local name. Absent, empty, `xsi:nil` and the year 1 all mean: no value. An element we do
not know is noted and skipped; one that we need and is not there is UnexpectedFormat. Nothing here is quoted in
an error but names of elements.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from io import BytesIO

from lxml import etree

from schakel.connectors.errors import ConnectorError, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap.faults import fault_error, unexpected
from schakel.connectors.payroll.nmbrs_soap.wsdl import known_elements

Element = etree._Element  # lxml gives its element no public name
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_REPORT_DECLARATION = re.compile(r"\s*<\?xml[^>]*?\?>")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{0,10})?")
_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")
_UTF8 = frozenset({b"utf-8", b"us-ascii", b"ascii"})
_NO_DAY = date.min  # .NET writes its minimum for a date that is not filled (contract note §2, inferred)


@lru_cache(maxsize=4096)
def _bare(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return _bare(element.tag)


class Reading:
    """One answer while it is read: which operation gave it, and which elements in it were new to us."""

    __slots__ = ("operation", "unknown")

    def __init__(self, operation: str) -> None:
        self.operation = operation
        self.unknown: set[str] = set()

    def fields(self, element: Element, type_name: str, needed: Sequence[str] = ()) -> "Fields":
        """The children of an element by name. Raises UnexpectedFormat when a needed one is gone."""
        known = known_elements(self.operation, type_name)
        found: dict[str, Element] = {}
        for child in element:
            name = local(child)
            if name in known:
                found[name] = child
            elif name:
                self._unfamiliar(child, name, type_name, known, found)
        for name in needed:
            if name not in found:
                raise self.wrong(f"{type_name}/{name} is gone", f"{type_name}/{name} ontbreekt")
        return Fields(self, type_name, found)

    def _unfamiliar(
        self, child: Element, name: str, type_name: str, known: frozenset[str], found: dict[str, Element]
    ) -> None:
        """Another casing of a name we know is that name; anything else is new."""
        folded = {one.casefold(): one for one in known}
        if name.casefold() in folded:
            found.setdefault(folded[name.casefold()], child)
        else:
            shown = name if _SAFE_NAME.fullmatch(name) else "?"
            self.unknown.add(f"{self.operation}: {type_name}/{shown}")

    def wrong(self, what_en: str, what_nl: str) -> UnexpectedFormat:
        return unexpected(self.operation, what_en, what_nl)


class Fields:
    """The values of one element, each read as what it should be."""

    __slots__ = ("_found", "_reading", "_type")

    def __init__(self, reading: Reading, type_name: str, found: dict[str, Element]) -> None:
        self._reading = reading
        self._type = type_name
        self._found = found

    def text(self, name: str) -> str | None:
        """The text, without the spaces around it; None when there is none."""
        element = self._found.get(name)
        if element is None or element.get(_NIL) in {"true", "1"}:
            return None
        return (element.text or "").strip() or None

    def scaled(self, name: str, scale: int = 100) -> int | None:
        """A number as whole `scale`-ths, half up; a comma may stand for the point."""
        text = self.text(name)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            raise self._wrong(name, "number", "getal")
        return int((Decimal(text.replace(",", ".")) * scale).to_integral_value(ROUND_HALF_UP))

    def whole(self, name: str) -> int | None:
        """A whole number."""
        text = self.text(name)
        if text is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise self._wrong(name, "whole number", "geheel getal")
        return int(text)

    def key(self, name: str) -> int:
        """A whole number that must be there."""
        number = self.whole(name)
        if number is None:
            raise self._wrong(name, "whole number", "geheel getal")
        return number

    def yes(self, name: str) -> bool | None:
        text = self.text(name)
        if text is None:
            return None
        if text.lower() not in {"true", "false", "1", "0"}:
            raise self._wrong(name, "yes or no", "ja of nee")
        return text.lower() in {"true", "1"}

    def day(self, name: str) -> date | None:
        """A business date: the day as written, never converted between time zones."""
        text = self.text(name)
        if text is None:
            return None
        try:
            day = date.fromisoformat(text[:10]) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise self._wrong(name, "date", "datum")
        return None if day == _NO_DAY else day

    def element(self, name: str) -> Element | None:
        return self._found.get(name)

    def _wrong(self, name: str, kind_en: str, kind_nl: str) -> UnexpectedFormat:
        return self._reading.wrong(
            f"{self._type}/{name} is no {kind_en}", f"{self._type}/{name} is geen {kind_nl}"
        )


def refuse_unsafe(operation: str, body: bytes) -> None:
    """Refuse what is no XML of the vendor's kind, before any parser sees it: HTML, a DTD, another encoding.

    With only UTF-8 let through, the bytes `<!DOCTYPE` cannot hide; so no entity is ever declared.
    """
    start = body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:14].lower() == b"<!doctype html" or start[:5].lower() == b"<html":
        raise unexpected(
            operation, "a web page came instead of XML", "er kwam een webpagina in plaats van XML"
        )
    if not start.startswith(b"<"):
        raise unexpected(operation, "what came is no XML", "wat er kwam is geen XML")
    declaration = _DECLARATION.match(start)
    encoding = _ENCODING.search(declaration[0]) if declaration else None
    if encoding and encoding[1].lower() not in _UTF8:
        raise unexpected(operation, "the XML is not in UTF-8", "de XML is niet in UTF-8")
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise unexpected(operation, "the XML declares a DTD", "de XML bevat een DTD")


def result_of(operation: str, body: bytes, *, is_huge: bool = False) -> Element | None:
    """The result element of an answer: the first child of `…Response`, whatever its name; None when empty."""
    refuse_unsafe(operation, body)
    try:
        root = etree.fromstring(body, _parser(is_huge=is_huge))
    except etree.XMLSyntaxError:
        raise _cut_off(operation) from None
    content = _content(operation, root)
    if local(content) == "Fault":
        raise _fault(operation, content)
    wanted = f"{operation.rpartition('.')[2]}Response"
    if local(content) != wanted:
        raise unexpected(operation, f"{wanted} is gone", f"{wanted} ontbreekt")
    return next((child for child in content if local(child)), None)


def fault_in(operation: str, body: bytes) -> ConnectorError | None:
    """The error for a fault in these bytes; None when there is no fault in them."""
    refuse_unsafe(operation, body)
    try:
        content = _content(operation, etree.fromstring(body, _parser()))
    except etree.XMLSyntaxError:
        raise _cut_off(operation) from None
    return _fault(operation, content) if local(content) == "Fault" else None


def _content(operation: str, root: Element) -> Element:
    body = next((child for child in root if local(child) == "Body"), None)
    content = None if body is None else next((child for child in body if local(child)), None)
    if local(root) != "Envelope" or content is None:
        raise unexpected(operation, "there is no SOAP envelope", "er is geen SOAP-envelop")
    return content


def _fault(operation: str, fault: Element) -> ConnectorError:
    """Of SOAP 1.1 (`faultcode`, `faultstring`) or 1.2 (`Code/Value`, `Reason/Text`)."""
    texts = {local(one): "".join(str(part) for part in one.itertext()) for one in fault}
    kind = (texts.get("faultcode") or texts.get("Code") or "").strip().rpartition(":")[2]
    text = texts.get("faultstring") or texts.get("Reason") or ""
    return fault_error(operation, text, is_client=kind in {"Client", "Sender"})


def each(operation: str, body: bytes, item: str) -> Iterator[Element]:
    """The items of a company-wide answer, one at a time; each is gone from memory after its turn."""
    yield from _stream(operation, body, item, f"{operation.rpartition('.')[2]}Response")


def each_inside(operation: str, text: str, item: str, root: str) -> Iterator[Element]:
    """The items of a document in a report string. Its declaration says utf-16 while the string is none: it
    goes before the parser sees it.
    """
    body = _REPORT_DECLARATION.sub("", text, count=1).strip().encode()
    if body:
        yield from _stream(operation, body, item, root)


def _stream(operation: str, body: bytes, item: str, wanted: str) -> Iterator[Element]:
    refuse_unsafe(operation, body)
    items = etree.iterparse(
        BytesIO(body), tag=f"{{*}}{item}", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in items:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        raise _cut_off(operation) from None
    if next(items.root.iter(f"{{*}}{wanted}"), None) is None:
        raise unexpected(operation, f"{wanted} is gone", f"{wanted} ontbreekt")


def children(element: Element | None, item: str) -> list[Element]:
    """The children of that name; none of none."""
    return [] if element is None else [child for child in element if local(child) == item]


def descendants(element: Element | None, item: str) -> list[Element]:
    """Everything of that name inside, and the element itself."""
    return [] if element is None else [one for one in element.iter() if local(one) == item]


def _parser(*, is_huge: bool = False) -> etree.XMLParser:
    """Parsers keep state, so each answer has its own. `huge` lifts libxml2's limits for reports alone, whose
    size is capped where they are fetched.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=is_huge,
        remove_comments=True,
        remove_pis=True,
    )


def _cut_off(operation: str) -> UnexpectedFormat:
    return unexpected(operation, "it is cut off or no XML", "het is afgebroken of geen XML")
