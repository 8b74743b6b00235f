"""Schakel: one change in payroll, every amount recalculated, every party told and read back."""
