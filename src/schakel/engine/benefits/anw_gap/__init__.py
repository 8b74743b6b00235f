"""Anw gap: a survivor's income beside or instead of the Anw."""
