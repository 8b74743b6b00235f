"""Orphan pension on risk basis: what children get when the employee dies before retiring."""
