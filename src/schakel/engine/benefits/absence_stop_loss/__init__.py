"""Sickness absence for the employer as a whole: stop-loss, and an excess in money."""
