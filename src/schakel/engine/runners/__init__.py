"""Whole portfolios at once: the same rules over columns of people, with the same cents."""
