"""Stations *receive* and *apply*: answers kept byte for byte, records guarded, facts written."""
