"""Pension over the salary between two caps."""
