"""Figures of the product, measured on this machine: ``make bench``.

Each module measures one thing through the commands and addresses that users have; ``report``
prints figure, target and verdict side by side and writes them as JSON.
"""
