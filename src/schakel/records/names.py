"""Names folded for lists: without capitals and accents, so that *ozturk* finds Öztürk, and Öztürk sorts by the O."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

# Letters that Unicode does not take apart into a letter and a mark.
WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(text: str) -> str:
    """In small plain letters, with single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in parts if not unicodedata.combining(one)).translate(WHOLE)
    return " ".join(plain.split())


def folded_names(names: Iterable[Mapping[str, Any] | None]) -> str:
    """Last name and first name, of the newest name first; older ones stay findable."""
    told = (f"{(one or {}).get('last_name') or ''} {(one or {}).get('first_name') or ''}" for one in names)
    return "; ".join(dict.fromkeys(one for name in told if (one := folded(name))))
