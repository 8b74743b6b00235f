"""Salary bases that all benefits share."""
