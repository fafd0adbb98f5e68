"""What a partner may switch off from a mail, and on again, without signing in."""

from collections.abc import Mapping

from partners import links
from partners.models import Partner

DIGEST, REMINDERS = "preferences", "reminder-preferences"
COLUMNS = {DIGEST: "digest_on", REMINDERS: "reminders_on"}


def link(partner: Partner, which: str = DIGEST) -> str:
    token = links.token(which, partner.pk, partner.digest_off_version)
    return links.absolute("preferences", token)


def headers(partner: Partner, which: str = DIGEST) -> Mapping[str, str]:
    """One-click unsubscribing (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{link(partner, which)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def found(token: str) -> tuple[Partner, str]:
    """Whose mails a link is about, and which of them; BadLink unless it is one of ours."""
    for which in COLUMNS:
        try:
            said = links.read(which, token)
        except links.BadLink:
            continue
        of_this_version = Partner.objects.filter(digest_off_version=said.version)
        partner = of_this_version.filter(pk=said.identifier).select_related("user").first()
        if partner is not None:
            return partner, which
    raise links.BadLink


def is_on(partner: Partner, which: str) -> bool:
    return getattr(partner, COLUMNS[which])


def switch(partner: Partner, which: str, *, on: bool) -> None:
    Partner.objects.filter(pk=partner.pk).update(**{COLUMNS[which]: on})
    setattr(partner, COLUMNS[which], on)
