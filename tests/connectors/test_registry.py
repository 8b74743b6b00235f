"""The list of connectors: a name and settings give an open line, anything else is refused."""

import pytest

from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.connectors.payroll.nmbrs_soap.source import NmbrsSource
from schakel.connectors.registry import CHANNELS, SOURCES, open_channel, open_source

TOKEN = "0123456789abcdef0123456789abcdef"
NMBRS = {"username": "api@proef.example", "token": TOKEN, "domain": "proef"}
CARRIER = {"address": "https://pensioen.example/", "token": TOKEN}


def test_each_connector_opens_by_its_name() -> None:
    assert isinstance(open_source("nmbrs_soap", NMBRS), NmbrsSource)
    channel = open_channel("schakel_json", CARRIER)
    assert isinstance(channel, SchakelJsonChannel)
    channel.close()
    assert (set(SOURCES), set(CHANNELS)) == ({"nmbrs_soap"}, {"schakel_json"})


@pytest.mark.parametrize("name", ["", "nmbrs", "schakel_json", "os.system"])
def test_no_other_source_is_opened(name: str) -> None:
    with pytest.raises(ValueError, match="nmbrs_soap"):
        open_source(name, NMBRS)


@pytest.mark.parametrize("name", ["", "nmbrs_soap", "upa"])
def test_no_other_channel_is_opened(name: str) -> None:
    with pytest.raises(ValueError, match="schakel_json"):
        open_channel(name, CARRIER)


def test_settings_are_checked_when_the_line_is_opened() -> None:
    with pytest.raises(ValueError, match="domain"):
        open_source("nmbrs_soap", {**NMBRS, "domain": ""})
    with pytest.raises(ValueError, match="host") as caught:
        open_source("nmbrs_soap", {**NMBRS, "host": "https://elders.example/"})
    assert TOKEN not in str(caught.value)
    with pytest.raises(ValueError, match="address"):
        open_channel("schakel_json", {**CARRIER, "address": "http://pensioen.example/"})
