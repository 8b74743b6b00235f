"""Dutch first, English complete, and the choice stays."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from tests.portal.conftest import Visit

from schakel.desk.words import Words
from schakel.portal.words import dated, told

LOCALE = Path(__file__).resolve().parents[2] / "src/schakel/portal/locale/nl/LC_MESSAGES"


def entries() -> list[tuple[str, str]]:
    """Source and translation of every sentence, as the catalogue file has them."""
    blocks = (LOCALE / "django.po").read_text().split("\n\n")[1:]
    found = []
    for block in blocks:
        source, _, translated = block.partition("\nmsgstr")
        found.append((_text(source.partition("msgid")[2]), _text(translated)))
    return found


def _text(lines: str) -> str:
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))


def test_every_sentence_has_its_dutch() -> None:
    found = entries()
    assert len(found) > 300
    assert [source for source, dutch in found if not dutch] == []
    assert "fuzzy" not in (LOCALE / "django.po").read_text()


def test_what_is_compiled_is_what_is_written() -> None:
    with translation.override("nl"):
        for source, dutch in entries():
            if "plural" not in source and "%" not in source and "\\" not in source + dutch:
                assert translation.gettext(source) == dutch or source == dutch or len(source) < 8


def test_placeholders_survive_translation() -> None:
    for source, dutch in entries():
        assert set(re.findall(r"%\(\w+\)", dutch)) <= set(re.findall(r"%\(\w+\)", source)), source


def test_the_log_in_is_dutch_whatever_the_browser_prefers(db: None) -> None:
    page = Client(headers={"accept-language": "en-US,en;q=0.9"}).get("/account/login/")
    assert "Inloggen" in page.text
    assert page.headers["Content-Language"] == "nl"


def test_a_chosen_language_stays(visit: Visit) -> None:
    client = visit()
    assert "Werkgevers" in client.get("/").text
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/").text
    assert '<html lang="en"' in page
    assert "Employers" in page
    assert "Werkgevers" not in page


def test_a_language_we_do_not_have_is_dutch(db: None) -> None:
    client = Client()
    client.cookies["django_language"] = "fr"
    assert '<html lang="nl"' in client.get("/account/login/").text


@pytest.mark.parametrize(("language", "expected"), [("nl", "1 mrt 2026"), ("en", "1 Mar 2026")])
def test_months_are_written_as_the_language_writes_them(language: str, expected: str) -> None:
    with translation.override(language):
        assert dated(date(2026, 3, 1), "j {month} Y") == expected


def test_words_of_the_desk_follow_the_reader() -> None:
    with translation.override("en"):
        assert told(Words("uitvoerder", "carrier")) == "carrier"
