"""What programs of others read by protocols of their own: harvesting, feeds, dumps, catalogues."""

from __future__ import annotations

from api.harvest import catalog, exports, feeds, oai, taxii

BLUEPRINTS = (oai.blueprint, feeds.blueprint, exports.blueprint, catalog.blueprint, taxii.blueprint)
"""Every set of such addresses; a new one is added here."""
