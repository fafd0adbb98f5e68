"""How the partners of the demo are seen: Anna's profile is whole, Boris has not come far with his."""

from typing import Any

PROFILES: dict[str, dict[str, str]] = {
    "anna@example.org": {
        "name": "Anna Reith",
        "business": "Anna kocht auf",
        "sentence": "Küchenabende, Gewürze und Seife, die nach Zitrone duftet",
        "street": "Florenberger Str. 12",
        "postcode": "36093",
        "city": "Künzell",
        "phone": "030 23125 100",
        "email": "anna@example.org",
        "signature": "Herzliche Grüße aus Künzell\nAnna",
        "notice_extra": "Bestellungen gebe ich an die Firma weiter, deren Katalog auf dem Tisch lag.",
    },
    "boris@example.org": {
        "name": "Boris Kessler",
        "sentence": "Sechs Leute, sechs Flaschen, ein Tisch",
        "email": "boris@example.org",
        "city": "Frankfurt am Main",
    },
}


def tell(partner: Any) -> None:
    """Once: what somebody wrote by hand since then stays."""
    if not partner.profiles.exists():
        partner.profiles.create(**PROFILES[partner.user.email])
