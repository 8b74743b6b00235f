"""WGA self-insurance: the own-risk cover."""
