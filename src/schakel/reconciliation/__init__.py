"""Station *verify*: what the other side holds, beside what we hold."""
