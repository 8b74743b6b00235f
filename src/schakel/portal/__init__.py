"""The screens people use. Views ask the desk, templates show what it gives; no rule and no table is here."""
