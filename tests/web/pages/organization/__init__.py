"""Tests of web.pages.organization."""
