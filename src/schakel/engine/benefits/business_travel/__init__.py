"""Continuous business travel insurance."""
