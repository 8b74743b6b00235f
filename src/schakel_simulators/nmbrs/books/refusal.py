"""How the books say no: what is wrong in two languages, and what would have been allowed."""

from collections.abc import Iterable


class RefusedError(Exception):
    """The books do not take this; nothing was changed. Names ids and fields, never a person."""

    def __init__(self, nl: str, en: str, *, field: str = "", allowed: Iterable[str] = ()) -> None:
        super().__init__(en)
        self.nl = nl
        self.en = en
        self.field = field
        self.allowed = tuple(allowed)
