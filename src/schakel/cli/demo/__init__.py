"""The demonstration: a fictional firm, stand-ins for the outside world, and a story that must hold."""
