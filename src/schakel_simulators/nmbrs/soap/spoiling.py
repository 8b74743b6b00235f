"""How a mishap changes an answer: in place of it, in its bytes, or in the elements inside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from schakel_simulators.nmbrs.soap.envelope import XSI
from schakel_simulators.nmbrs.soap.http import HttpAnswer, whole
from schakel_simulators.nmbrs.soap.mishaps import Mishap

Wait = Callable[[float], bool]

HUGE = 64 * 1024 * 1024
_HTML = "text/html; charset=utf-8"
_PAGE = "<!doctype html><html lang=nl><title>{0}</title><h1>{0}</h1><p>{1}</p></html>"
PAGE = _PAGE.format("Onderhoud", "We zijn zo terug.").encode()
ERROR_PAGE = _PAGE.format("Server Error", "500 - Internal server error.").encode()
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "boem">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><b>&a9;</b>"
)


def instead(mishap: Mishap) -> HttpAnswer | None:
    """The answer that is given without anything being done; None when the call goes on."""
    retry = (("Retry-After", str(max(1, int(mishap.seconds)))),)
    made: Mapping[str, Callable[[], HttpAnswer]] = {
        "html": lambda: whole(200, _HTML, PAGE),
        "html_503": lambda: whole(503, _HTML, PAGE),
        "error_500": lambda: whole(500, _HTML, ERROR_PAGE),
        "unavailable_503": lambda: whole(503, "text/plain", b"", retry),
        "throttled_429": lambda: whole(429, "text/plain", b"", retry),
        "redirect": lambda: whole(302, _HTML, b"", (("Location", "http://127.0.0.2:9/elsewhere"),)),
        "entity_bomb": lambda: whole(200, "text/xml; charset=utf-8", BOMB),
        "empty_body": lambda: whole(200, "text/xml; charset=utf-8", b""),
    }
    make = made.get(mishap.kind)
    return None if make is None else make()


def spoilt(answer: HttpAnswer, mishap: Mishap, wait: Wait) -> HttpAnswer:
    """The true answer as it comes through after the mishap; `wait` is true when there is no more time."""
    edit = EDITS.get(mishap.kind)
    if edit is not None and answer.status == 200:
        root = etree.fromstring(b"".join(answer.body), etree.XMLParser(huge_tree=True))
        edit(root[0][0], mishap)
        body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
        return whole(answer.status, answer.media_type, body)
    if mishap.kind == "drip":
        return _drip(answer, mishap.seconds, wait)
    spoil = SPOILERS.get(mishap.kind)
    return answer if spoil is None else spoil(answer)


def _bytes(answer: HttpAnswer) -> bytes:
    return b"".join(answer.body)


def _truncated(answer: HttpAnswer) -> HttpAnswer:
    body = _bytes(answer)
    return whole(answer.status, answer.media_type, body[: len(body) // 2])


def _cut_off(answer: HttpAnswer) -> HttpAnswer:
    body = _bytes(answer)
    return replace(answer, body=(body[: len(body) // 2],), length=len(body))


def _drip(answer: HttpAnswer, seconds: float, wait: Wait) -> HttpAnswer:
    body = _bytes(answer)

    def drops() -> Iterator[bytes]:
        for place in range(len(body)):
            if wait(seconds):
                return
            yield body[place : place + 1]

    return replace(answer, body=drops(), length=len(body))


def _huge(answer: HttpAnswer) -> HttpAnswer:
    head, mark, tail = _bytes(answer).partition(b"<soap:Body>")

    def padded() -> Iterator[bytes]:
        yield head
        for _ in range(HUGE // 65_536):
            yield b" " * 65_536
        yield mark + tail

    return replace(answer, body=padded(), length=HUGE + len(head) + len(mark) + len(tail))


def _wrong_charset(answer: HttpAnswer) -> HttpAnswer:
    """With a comment that is certain to have an accent in it, as not every answer has one."""
    body = _bytes(answer).decode().replace("<soap:Body>", "<!-- één --><soap:Body>")
    return whole(answer.status, answer.media_type, body.encode("windows-1252", "xmlcharrefreplace"))


SPOILERS: Mapping[str, Callable[[HttpAnswer], HttpAnswer]] = {
    "truncated": _truncated,
    "cut_off": _cut_off,
    "huge": _huge,
    "wrong_charset": _wrong_charset,
}


def _empty_list(response: etree._Element, _: Mishap) -> None:
    for result in response:
        result[:] = []
        result.text = None


def _employee_missing(response: etree._Element, mishap: Mishap) -> None:
    for item in [item for result in response for item in result]:
        if _employee_of(item) == str(mishap.leaves_out):
            _take_away(item)


def _employee_of(item: etree._Element) -> str:
    """The employee an item of a list is about: its EmployeeId, or its Id in a list of employees."""
    wanted = "Id" if etree.QName(item).localname == "Employee" else "EmployeeId"
    return next((part.text or "" for part in item if etree.QName(part).localname == wanted), "")


def _unknown_element(response: etree._Element, mishap: Mishap) -> None:
    name = mishap.element or "Onbekend"
    namespace = etree.QName(response).namespace
    for result in response:
        for place in [item for item in result if len(item)] + ([result] if len(result) else []):
            etree.SubElement(place, f"{{{namespace}}}{name}").text = mishap.value or "nieuw"


def _element_removed(response: etree._Element, mishap: Mishap) -> None:
    for found in [one for one in response.iter() if _is(one, mishap.element)]:
        _take_away(found)


def _element_value(response: etree._Element, mishap: Mishap) -> None:
    where = [response]
    if mishap.only_employee:
        items = [item for result in response for item in result]
        where = [item for item in items if _employee_of(item) == str(mishap.only_employee)]
    for found in [one for place in where for one in place.iter() if _is(one, mishap.element)]:
        found[:] = []
        found.attrib.pop(f"{{{XSI}}}nil", "")
        found.text = mishap.value


def _take_away(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None, "an answer as a whole is not taken away"
    parent.remove(element)


def _is(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name


def _report_ends(status: str) -> Callable[[etree._Element, Mishap], None]:
    def edit(response: etree._Element, _: Mishap) -> None:
        for found in list(response.iter()):
            if _is(found, "Status"):
                found.text = status
            elif _is(found, "Content"):
                _take_away(found)

    return edit


EDITS: Mapping[str, Callable[[etree._Element, Mishap], None]] = {
    "empty_list": _empty_list,
    "employee_missing": _employee_missing,
    "unknown_element": _unknown_element,
    "element_removed": _element_removed,
    "element_value": _element_value,
    "report_error": _report_ends("Error"),
    "report_stuck": _report_ends("Executing"),
}
