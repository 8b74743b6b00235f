"""Training budget with repayment."""
