"""This node among others: who it is, the copies that it hands on, and hints that a log has grown."""

from __future__ import annotations

from api.fed import descriptor, green, hints, mirrors, witness

BLUEPRINTS = (descriptor.blueprint, mirrors.blueprint, hints.blueprint, witness.blueprint, green.blueprint)
