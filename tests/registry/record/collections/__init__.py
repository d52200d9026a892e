"""Tests of the readers of other collections and of importing them."""
