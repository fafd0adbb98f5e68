"""The words that files use for our choices: codes, and what they are called in both languages."""

from functools import lru_cache

from customers.text import fold

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "salutation": {"ms": ("Ms", "Frau"), "mr": ("Mr", "Herr"), "diverse": ("diverse", "divers")},
    "formality": {"du": ("first-name terms", "per Du"), "sie": ("formal", "per Sie")},
    "stage": {
        "prospect": ("prospect", "Interessent/in"),
        "customer": ("customer", "Kundin/Kunde"),
        "regular": ("regular customer", "Stammkundin/Stammkunde"),
        "inactive": ("inactive", "ruht gerade"),
        "guest": ("guest", "Gast"),
    },
    "rank": {"A": ("A", "A"), "B": ("B", "B"), "C": ("C", "C")},
    "preferred_channel": {
        "phone": ("by phone", "telefonisch"),
        "whatsapp": ("WhatsApp", "WhatsApp"),
        "sms": ("SMS", "SMS"),
        "email": ("by e-mail", "per E-Mail"),
        "letter": ("by letter or card", "per Brief oder Karte"),
        "visit": ("in person", "persönlich"),
    },
    "source_kind": {
        "name-list": ("my name list", "meine Namensliste"),
        "recommendation": ("recommendation", "Empfehlung"),
        "event": ("presentation or club evening", "Präsentation oder Clubabend"),
        "fair": ("fair or market", "Messe oder Markt"),
        "online": ("online", "online"),
        "walk-in": ("came by themselves", "kam von selbst"),
        "company": ("from the company", "von der Firma"),
        "other": ("somewhere else", "anderswo"),
    },
    "phone": {
        "mobile": ("mobile", "Handy"),
        "home": ("home", "zu Hause"),
        "work": ("work", "Arbeit"),
        "other": ("other", "sonstige"),
    },
    "reach": {
        "private": ("private", "privat"),
        "work": ("work", "Arbeit"),
        "other": ("other", "sonstige"),
    },
    "interest": {
        "likes": ("likes", "mag"),
        "owns": ("has", "hat"),
        "avoids": ("does not like", "mag nicht"),
    },
    "life_event": {
        "move": ("moved house", "umgezogen"),
        "birth": ("had a child", "Kind bekommen"),
        "job": ("new job", "neue Arbeit"),
        "wedding": ("married", "geheiratet"),
        "retirement": ("retired", "im Ruhestand"),
        "other": ("something else", "etwas anderes"),
    },
    "relation": {
        "household": ("lives with", "wohnt mit"),
        "spouse": ("husband, wife or partner", "Mann, Frau oder Partner"),
        "parent": ("mother or father", "Mutter oder Vater"),
        "child": ("daughter or son", "Tochter oder Sohn"),
        "sibling": ("sister or brother", "Schwester oder Bruder"),
        "grandparent": ("grandmother or grandfather", "Großmutter oder Großvater"),
        "grandchild": ("grandchild", "Enkelkind"),
        "relative": ("relative", "verwandt"),
        "friend": ("friend", "befreundet"),
        "neighbour": ("neighbour", "benachbart"),
        "colleague": ("colleague", "Kollegin oder Kollege"),
        "boss": ("boss", "Chefin oder Chef"),
        "employee": ("employee", "angestellt"),
        "other": ("acquaintance", "bekannt"),
    },
    "yes": {"1": ("yes", "ja"), "": ("no", "nein")},
}
# What people and programs write besides.
SPELLINGS: dict[str, dict[str, str]] = {
    "salutation": {
        "ms": "mrs, miss, fr, fräulein, frl, weiblich, w, f, female, mme, madame, signora",
        "mr": "hr, herrn, männlich, m, male, mister, monsieur, signore",
        "diverse": "d, divers, mx, non-binary, nichtbinär",
        "": "unspecified, keine angabe, nicht angegeben, unbekannt",
    },
    "formality": {"du": "duzen, informal, dutzen", "sie": "siezen"},
    "stage": {
        "prospect": "interessent, interessentin, lead, neu, potenziell, potential",
        "customer": "kunde, kundin, aktiv, bestandskunde, bestandskundin, client, active",
        "regular": "stammkunde, stammkundin, stamm, vip",
        "inactive": "inaktiv, ruhend, ehemalig, passiv, former",
        "guest": "gäste",
    },
    "rank": {"A": "a-kunde, a-kundin", "B": "b-kunde, b-kundin", "C": "c-kunde, c-kundin"},
    "preferred_channel": {
        "phone": "telefon, anruf, call, tel",
        "email": "mail, e-mail",
        "letter": "brief, post, karte, card",
        "visit": "besuch, treffen",
    },
    "source_kind": {
        "name-list": "namensliste, liste, list",
        "recommendation": "empfohlen, referral",
        "event": "präsentation, party, vorführung, clubabend, presentation",
        "fair": "messe, markt, market",
        "online": "internet, facebook, instagram, web, website",
        "company": "firma",
        "other": "sonstiges",
    },
    "phone": {
        "mobile": "mobil, mobiltelefon, handy, cell, cell phone, iphone, smartphone, funk, handynummer, mobilnummer, pcs",
        "home": "privat, private, zuhause, festnetz, landline, haus, home phone, wohnung",
        "work": "business, geschäftlich, geschäft, dienstlich, firma, büro, office, beruflich, company, workmobile, worknumber",
        "other": "andere, anderes, sonstiges, weitere",
    },
    "reach": {
        "private": "home, zu hause, zuhause, persönlich, personal, internet, dom, postal, parcel",
        "work": "business, geschäftlich, geschäft, dienstlich, firma, büro, office, beruflich, company",
        "other": "andere, anderes, sonstiges, weitere",
    },
    "interest": {
        "likes": "interested, interessiert, interesse",
        "owns": "owns, besitzt, already has",
        "avoids": "dislikes, avoids",
    },
    "life_event": {
        "move": "umzug, moved",
        "birth": "geburt",
        "job": "arbeitsstelle, neuer job",
        "wedding": "anniversary, jahrestag, hochzeit, hochzeitstag, wedding anniversary",
        "retirement": "rente, ruhestand",
        "other": "sonstiges",
    },
    "relation": {
        "household": "mitbewohner, mitbewohnerin, co-resident, haushalt",
        "spouse": "ehepartner, ehepartnerin, ehefrau, ehemann, mann, frau, wife, husband, partner, partnerin, domestic partner, domesticpartner, lebensgefährte, lebensgefährtin, lebenspartner, lebenspartnerin, lebensgefährte/in, freund/in",
        "parent": "mutter, vater, mother, father, eltern, elternteil, mama, papa",
        "child": "kind, kinder, children, sohn, tochter, son, daughter",
        "sibling": "schwester, bruder, sister, brother, geschwister",
        "grandparent": "oma, opa, großmutter, großvater, grandmother, grandfather, großeltern",
        "grandchild": "enkel, enkelin, grandson, granddaughter",
        "relative": "verwandte, verwandter, verwandte/r, kin, tante, onkel, cousin, cousine, neffe, nichte, aunt, uncle, schwägerin, schwager",
        "friend": "freund, freundin, sweetheart",
        "neighbour": "nachbar, nachbarin, neighbor",
        "colleague": "kollege, kollegin, co-worker, coworker",
        "boss": "chef, chefin, manager, vorgesetzter, vorgesetzte",
        "employee": "assistent, assistentin, assistant, angestellte, angestellter, mitarbeiter, mitarbeiterin",
        "other": "bekannte, bekannter, contact, acquaintance, referred by, vermittelt durch",
    },
    "yes": {"1": "y, j, x, true, wahr, on", "": "n, false, falsch, off, 0"},
}


def spelled(field: str) -> dict[str, str]:
    codes = {fold(code): code for code in WORDS[field]}
    codes |= {fold(word): code for code, pair in WORDS[field].items() for word in pair}
    more = SPELLINGS.get(field, {})
    return {fold(w): code for code, words in more.items() for w in words.split(",")} | codes


CODES = {field: spelled(field) for field in WORDS}


@lru_cache(maxsize=1 << 13)
def code(field: str, said: str) -> str | None:
    """The choice that a word of the file means, if it is known."""
    return CODES[field].get(fold(said).rstrip("."))


def word(field: str, chosen: str, german: bool = False) -> str:
    """A choice as it is written into a file."""
    return WORDS[field][chosen][german] if chosen in WORDS[field] else chosen
