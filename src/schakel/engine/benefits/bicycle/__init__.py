"""Bicycle of the employer."""
