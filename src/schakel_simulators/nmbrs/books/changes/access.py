"""Who may see what: the token, the rights per operation, the visible companies, and a company's name."""

from dataclasses import replace

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes.entered import Entered
from schakel_simulators.nmbrs.books.environment import OPERATIONS, User
from schakel_simulators.nmbrs.books.generator import token_of
from schakel_simulators.nmbrs.books.refusal import RefusedError


def revoke_token(books: Books, *, email: str = "") -> Entered:
    """The token works no more; no other takes its place until one is issued."""
    with books.changing() as at:
        _keep(books, replace(_user(books, email), token=""))
        return Entered("revoke_token", at)


def issue_token(books: Books, *, email: str = "") -> Entered:
    """A new token; the old one works no more. It is in the answer, as the vendor shows it once to its owner."""
    with books.changing() as at:
        token = token_of(books.seed, books.version + 1)
        _keep(books, replace(_user(books, email), token=token))
        return Entered("issue_token", at, told={"token": token})


def set_right(books: Books, operation: str, *, is_allowed: bool, email: str = "") -> Entered:
    """One operation ticked or not in the API template; with or without the name of its service."""
    with books.changing() as at:
        user = _user(books, email)
        name = full_name(operation)
        rights = user.rights | {name} if is_allowed else user.rights - {name}
        _keep(books, replace(user, rights=rights))
        return Entered("set_right", at, told={"operation": name, "allowed": str(is_allowed).lower()})


def show_company(books: Books, company_id: int, *, is_visible: bool, email: str = "") -> Entered:
    """A company shown to the user, or hidden: it leaves the list and its data give 2004."""
    with books.changing() as at:
        user = _user(books, email)
        company = books.company(company_id)
        hidden = user.hidden_company_ids
        hidden = hidden - {company.id} if is_visible else hidden | {company.id}
        _keep(books, replace(user, hidden_company_ids=hidden))
        return Entered("show_company", at, company_id, told={"visible": str(is_visible).lower()})


def rename_company(books: Books, company_id: int, *, name: str) -> Entered:
    """Another name, to the letter; two companies may bear the same one."""
    with books.changing() as at:
        company = books.company(company_id)
        if not name.strip():
            raise RefusedError(
                "Een bedrijf heeft een naam.",
                "A company has a name.",
                field="name",
                allowed=["text"],
            )
        books.keep(companies=[replace(company, name=name)])
        return Entered("rename_company", at, company_id, told={"old": company.name, "new": name})


def full_name(operation: str) -> str:
    """`Service.Operation`. Raises RefusedError when there is no such operation."""
    for name in OPERATIONS:
        if operation in (name, name.partition(".")[2]):
            return name
    raise RefusedError(
        "Deze functie bestaat niet.",
        "There is no such operation.",
        field="operation",
        allowed=sorted(OPERATIONS),
    )


def _user(books: Books, email: str) -> User:
    """The user of that address; the first one when none is named."""
    users = books.environment.users
    user = books.user(email) if email else users[0]
    if user is None:
        raise RefusedError(
            "Deze gebruiker bestaat niet.",
            "There is no such user.",
            field="user",
            allowed=[one.email for one in users],
        )
    return user


def _keep(books: Books, user: User) -> None:
    books.keep(users=[user if one.email == user.email else one for one in books.environment.users])
