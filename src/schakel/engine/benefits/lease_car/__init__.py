"""Lease car."""
