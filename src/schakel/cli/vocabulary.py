"""`schakel vocabulary`: everything a case file or a scheme may say; and the same written into the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from schakel.engine.catalogue import BENEFITS, benefit
from schakel.engine.errors import NoRuleInForce
from schakel.engine.vocabulary import GROUPS, group_block, index, reference, terms_block

END = "<!-- /terms -->"
PAGES = Path("docs") / "calculations"


@click.command()
@click.argument("name", required=False, metavar="[BENEFIT]")
@click.option("--write", is_flag=True, help="Fill the tables between the markers in the pages instead.")
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PAGES,
    show_default=True,
    help="Folder of the pages.",
)
def vocabulary(name: str | None, *, write: bool, pages: Path) -> None:
    """Facts, terms, units, roundings, functions and benefits that case files and schemes may name.

    With a benefit only its terms. --write fills the pages of docs/calculations; ends with 1 when a page or its
    markers are missing.

    \b
    Examples
      schakel vocabulary
      schakel vocabulary retirement_pension
      schakel vocabulary --write
    """
    if write:
        _write(pages)
        return
    if name is None:
        click.echo(reference())
        return
    try:
        one = benefit(name)
    except NoRuleInForce as error:
        click.echo(error.message("en"), err=True)
        raise SystemExit(2) from None
    click.echo(terms_block(one))
    for group, terms in GROUPS.items():
        if all(term in one.terms.values() for term in terms):
            click.echo(f"\n{group}:\n\n{group_block(group)}")


def _write(pages: Path) -> None:
    missing = False
    for path, marker, block in blocks(pages):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        filled = filled_in(text, marker, block)
        if filled is None:
            click.echo(f"{path}: put the lines {marker} and {END} where the table goes.", err=True)
            missing = True
        elif filled != text:
            path.write_text(filled, encoding="utf-8")
            click.echo(str(path))
    if missing:
        raise SystemExit(1)


def blocks(pages: Path) -> Iterator[tuple[Path, str, str]]:
    """Every place in a page that is written from the declarations: page, opening marker, text."""
    for one in BENEFITS:
        yield pages / f"{one.name}.md", "<!-- terms -->", terms_block(one)
    for group in GROUPS:
        yield pages / "bases.md", f"<!-- terms: {group} -->", group_block(group)
    yield pages / "vocabulary.md", "<!-- terms -->", reference()
    yield pages / "README.md", "<!-- terms: benefits -->", index()


def filled_in(text: str, marker: str, block: str) -> str | None:
    """The page with the block between its markers; None when they are not there."""
    pattern = re.compile(rf"^{re.escape(marker)}$.*?^{re.escape(END)}$", re.MULTILINE | re.DOTALL)
    if not pattern.search(text):
        return None
    return pattern.sub(lambda _: f"{marker}\n\n{block}\n\n{END}", text, count=1)
