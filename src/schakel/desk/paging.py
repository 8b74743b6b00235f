"""Pages of long lists."""


def offset(page: int, per_page: int) -> int:
    """How many rows come before a page; a page below one is the first."""
    return (max(page, 1) - 1) * per_page


def pages(total: int, per_page: int) -> int:
    """How many pages there are; at least one, which may be empty."""
    return max(1, -(-total // per_page))
