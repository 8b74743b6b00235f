"""Pension over the wage and the hours of each wage period, as sector funds have it."""
