"""Everything of identity providers that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.fetching import Fetcher
from registry.identity.providers.discovery import Discovery
from registry.identity.providers.flow import ProviderSignIns, Surroundings
from registry.identity.providers.own import OwnProviders
from registry.identity.providers.providers_admin import ProvidersAdmin


@dataclass(frozen=True, slots=True)
class ProvidersOffice:
    """The use cases of identity providers at one node."""

    sign_ins: ProviderSignIns
    own: OwnProviders
    admin: ProvidersAdmin


def open_office(node: Surroundings, fetcher: Fetcher) -> ProvidersOffice:
    """An office that asks providers through this fetcher."""
    discovery = Discovery(fetcher, node.clock)
    return ProvidersOffice(
        sign_ins=ProviderSignIns(node, fetcher, discovery),
        own=OwnProviders(node.private, node.clock),
        admin=ProvidersAdmin(node.private, node.sealer, node.clock, discovery),
    )
