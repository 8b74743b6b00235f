"""ZW self-insurance: the own-risk cover."""
