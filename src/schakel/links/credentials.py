"""Links and their sealed secrets. A secret goes in, opens only to make a call, and is never shown again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schakel.links.models import Link
from schakel.tenancy.scope import current_scope
from schakel.tenancy.sealing import seal, unseal

PLACE = "links_link.credentials"

LinkKind = Link.Kind  # payroll or carrier, for those who make a link; the table itself stays in this room


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Enough to open a line: which connector, and its settings with the secrets in them."""

    reference: UUID
    tenant_id: int
    connector: str
    settings: Mapping[str, Any] = field(repr=False)


def make_link(
    *,
    group_id: int,
    kind: LinkKind,
    connector: str,
    name: str,
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
) -> UUID:
    """Keep a new link; a link of the same name in the group is renewed instead. Returns its reference.

    Settings of a renewed link that are not given stay: a new token is no reason to forget its wage codes.
    """
    link = Link.objects.filter(group_id=group_id, kind=kind, name=name).first()
    if link is None:
        link = Link(group_id=group_id, kind=kind, name=name)
    link.connector = connector
    link.settings = {**(link.settings or {}), **settings}
    link.credentials = _sealed(secrets)
    link.state = Link.State.ACTIVE
    link.error_code = link.error_nl = link.error_en = ""
    link.save()
    return link.reference


def renew_secrets(reference: UUID, secrets: Mapping[str, str]) -> None:
    """Replace the secrets of a link, for instance after the token was revoked."""
    Link.objects.filter(reference=reference).update(
        credentials=_sealed(secrets), state=Link.State.ACTIVE, error_code="", error_nl="", error_en=""
    )


def open_link(reference: UUID) -> OpenLink:
    """The link with its secrets, to make calls with. Raises Link.DoesNotExist, SealBroken."""
    link = Link.objects.get(reference=reference)
    secrets = json.loads(unseal(link.credentials, PLACE))
    return OpenLink(link.reference, current_scope().tenant_id, link.connector, {**link.settings, **secrets})


def _sealed(secrets: Mapping[str, str]) -> bytes:
    return seal(json.dumps(dict(secrets)).encode(), PLACE)
