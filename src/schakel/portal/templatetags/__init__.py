"""What templates need to show values as people write them."""
