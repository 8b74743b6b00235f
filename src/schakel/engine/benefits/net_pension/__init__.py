"""Pension over the salary above the fiscal cap, from net pay."""
