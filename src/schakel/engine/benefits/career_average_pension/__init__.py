"""Career average pension (middelloon)."""
