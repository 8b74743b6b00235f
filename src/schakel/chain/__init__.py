"""The order of the stations, and when they run."""
