"""Words: which are ordinary, which are names of people, which are names of things.

Ordinary words come from the dictionaries of ``pyspellchecker``, names from the locale lists of
``Faker``, countries from Babel; the rest is ours. All are read at first use and kept.
"""
