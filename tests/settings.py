"""The product's settings with keys of no worth; tests/conftest.py brings the database."""

import os

os.environ.setdefault("SCHAKEL_SECRET_KEY", "only for tests, and long enough to be taken for a real one")
os.environ.setdefault("SCHAKEL_SEALING_KEYS", "11" * 32)
os.environ.setdefault("SCHAKEL_PLAIN_HTTP", "1")

from schakel.settings import *  # noqa: F403 - the product's own settings, whole

# One round instead of hundreds of thousands: tests log in often, and guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
