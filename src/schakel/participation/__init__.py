"""Stations *affected* and *recalculate*: who takes part in what, for which amounts, and what changed."""
