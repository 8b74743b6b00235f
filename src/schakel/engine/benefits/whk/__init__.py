"""Whk: the public contribution for WGA and ZW, beside the private premium (Werkhervattingskas)."""
