"""Tests of the pages on which people let programs act for them."""
