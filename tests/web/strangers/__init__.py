"""Everybody asks at every address for what is somebody else's: things, callers, routes, answers."""
