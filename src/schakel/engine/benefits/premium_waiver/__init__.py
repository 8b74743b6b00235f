"""Premium waiver on incapacity (premievrijstelling)."""
