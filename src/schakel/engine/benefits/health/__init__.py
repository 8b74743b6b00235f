"""Collective health insurance."""
