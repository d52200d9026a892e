"""The command ``commons``, as a process of its own."""
