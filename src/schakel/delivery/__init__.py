"""Stations *compose*, *send* and *acknowledge*: the outbox to the carriers."""
