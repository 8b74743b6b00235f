"""Measurements that anyone can repeat: each command prints one JSON object with --json."""
