"""Any other benefit, by steps of its own."""
