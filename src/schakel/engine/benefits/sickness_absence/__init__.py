"""Sickness absence insurance, conventional (verzuimverzekering)."""
