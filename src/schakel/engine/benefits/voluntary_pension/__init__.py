"""Voluntary extra contribution within the fiscal room."""
