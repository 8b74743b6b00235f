"""Names in lists: found without accents and capitals, older names too."""

import pytest

from schakel.records.names import folded, folded_names


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Öztürk", "ozturk"), ("  Çelik  ", "celik"), ("Nguyễn", "nguyen"), ("Sørensen", "sorensen"),
     ("Strauß", "strauss"), ("YILDIZ", "yildiz"), ("Yıldız", "yildiz"), ("Łukasz", "lukasz"), ("", "")],
)  # fmt: skip
def test_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_the_newest_name_comes_first_and_each_once() -> None:
    born, married = (
        {"last_name": name, "first_name": "Zoë", "initials": "Z."} for name in ("Öz", "Jansen-Öz")
    )
    assert folded_names([married, born, born, None]) == "jansen-oz zoe; oz zoe"
    assert folded_names([]) == ""
