"""Final pay pension (eindloon)."""
