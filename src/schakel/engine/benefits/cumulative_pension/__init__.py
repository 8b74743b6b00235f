"""Pension over the wage of the year so far, with a cap over the year."""
