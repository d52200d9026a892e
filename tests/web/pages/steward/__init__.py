"""Tests of web.pages.steward."""
