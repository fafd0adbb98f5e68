"""What a partner may switch off from a mail, without signing in."""

from collections.abc import Mapping

from partners import links
from partners.models import Partner

PURPOSE = "preferences"


def link(partner: Partner) -> str:
    token = links.token(PURPOSE, partner.pk, partner.digest_off_version)
    return links.absolute("preferences", token)


def headers(partner: Partner) -> Mapping[str, str]:
    """One-click unsubscribing (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{link(partner)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def partner_of(token: str) -> Partner | None:
    try:
        identifier, version = links.read(PURPOSE, token)
    except ValueError:
        return None
    found = Partner.objects.filter(pk=identifier, digest_off_version=version)
    return found.select_related("user").first()


def turn_digest_off(partner: Partner) -> None:
    Partner.objects.filter(pk=partner.pk).update(digest_on=False)
    partner.digest_on = False
