"""What the properties of a vCard say of a person: of Apple, Google, Android, Outlook, and ours."""

import re
from functools import lru_cache

from customers.cards import Place
from customers.imports.reading import ways
from customers.imports.reading.circle import (
    Say,
    android,
    anniversary,
    apple_date,
    chosen,
    interest,
    life_event,
    of_relation,
    own_company,
    own_field,
    related,
    without_year,
)
from customers.imports.reading.columns import label as label_of
from customers.imports.reading.contentlines import Property
from customers.imports.reading.drafts import Draft, line, lines
from customers.imports.reading.parts import problem
from customers.imports.reading.words import code

OURS = "X-MLMCRM-"
APPLE_WORD = re.compile(r"_\$!<(.*)>!\$_")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
PHONE_TYPES = {"cell": "mobile", "iphone": "mobile", "mobile": "mobile", "pcs": "mobile"}
PHONE_TYPES |= {"home": "home", "work": "work", "other": "other"}
REACH_TYPES = {"home": "private", "work": "work", "other": "other"}
SERVICES = {f"X-{name.upper()}": name for name in ("AIM", "ICQ", "Jabber", "MSN", "Skype", "QQ")}
SERVICES |= {"X-SKYPE-USERNAME": "Skype", "X-YAHOO": "Yahoo", "X-GOOGLE-TALK": "Google Talk"}
SERVICES |= {"X-TWITTER": "Twitter"}
MEANINGLESS = re.compile(
    r"BEGIN|END|VERSION|PRODID|REV|X-ABLABEL|X-ABADR|X-ABSHOWAS|X-ABUID|X-ABORDER|KIND|LABEL|SORT-STRING|"
    r"MAILER|CLASS|TZ|GEO|LANG|SOURCE|PROFILE|NAME|CLIENTPIDMAP|XML|CALURI|CALADRURI|FBURL|AGENT|"
    r"X-PHONETIC-.*|X-MS-OL-.*|X-IRMC-.*|X-IMAGE.*|X-SHARED-PHOTO.*|X-EVOLUTION-FILE-AS|"
    r"X-ADDRESSING-GRAMMAR|X-MOZILLA-HTML|X-ABCROP-.*|X-IMAGEHASH|X-WAB-.*|X-MS-TEXT|X-FILE-AS|ORG-DIRECTORY"
)
LONGEST_UNKNOWN = 500


def fill(draft: Draft, properties: list[Property]) -> None:
    labels = {said.group: apple(said.text) for said in properties if said.name == "X-ABLABEL"}
    draft.is_exact = any(map(is_ours, properties))
    draft.card.is_business = any(map(is_of_business, properties))
    names = {said.name for said in properties}
    for said in properties:
        label = labels.get(said.group, "") if said.group else ""
        say = SAYS.get(said.name)
        if say:
            say(draft, said, label)
        elif said.name == "LABEL" and "ADR" not in names:
            address_label(draft, said, label)
        elif not is_meaningless(said.name):
            unknown(draft, said, label)
    if draft.card.is_business:
        business(draft)


def is_ours(said: Property) -> bool:
    return said.name.startswith(OURS) or (said.name == "PRODID" and "//mlmcrm//" in said.value)


@lru_cache(maxsize=1 << 10)
def is_meaningless(name: str) -> bool:
    return bool(MEANINGLESS.fullmatch(name))


def apple(said: str) -> str:
    found = APPLE_WORD.fullmatch(said.strip())
    return HUMP.sub(" ", found[1]) if found else line(said)


def is_of_business(said: Property) -> bool:
    if said.name == "X-ABSHOWAS":
        return said.value.strip().upper() == "COMPANY"
    return said.name == "KIND" and said.value.strip().lower() in {"org", "organization"}


def business(draft: Draft) -> None:
    """The name of a business is its organization's; a person named besides is worth a note."""
    card = draft.card
    organization, card.company = card.company, draft.own_company
    if not organization or card.name == organization:
        return
    if card.name:
        draft.keep(label_of("contact"), card.name)
    card.first_name, card.last_name, draft.middle = organization, "", ""


def unknown(draft: Draft, said: Property, label: str) -> None:
    text = lines(said.text)
    if len(text) > LONGEST_UNKNOWN:
        draft.notes.append(problem("left-out", name=said.name))
    elif text:
        heading = label or said.name.removeprefix("X-").replace("-", " ").capitalize()
        draft.keep(heading, text)
        draft.notes.append(problem("kept", name=heading))


# --- who it is -------------------------------------------------------------------------------


def formatted_name(draft: Draft, said: Property, label: str) -> None:
    draft.full_name = draft.full_name or line(said.text)


def name(draft: Draft, said: Property, label: str) -> None:
    last, first, middle, prefix, suffix = [*map(line, said.parts), "", "", "", "", ""][:5]
    if draft.card.name:
        return
    if draft.is_exact:
        draft.card.first_name, draft.card.last_name, draft.card.title = first, last, prefix
        return
    if last and not (first or middle):  # phones put a whole name there
        draft.full_name = draft.full_name or last
    else:
        draft.card.first_name, draft.card.last_name = first, last
    draft.middle, draft.suffix, prefix = (listed(part) for part in (middle, suffix, prefix))
    if prefix:
        draft.address_as(prefix)


def listed(said: str) -> str:
    """Several names between commas."""
    return " ".join(filter(None, map(str.strip, said.split(","))))


def plain(field: str) -> Say:
    return lambda draft, said, label: draft.put(field, line(said.text))


def organization(draft: Draft, said: Property, label: str) -> None:
    company, *departments = map(line, said.parts)
    draft.put("company", company)
    if department := ", ".join(filter(None, departments)):
        draft.keep(label_of("department"), department)


def birthday(draft: Draft, said: Property, label: str) -> None:
    draft.born(without_year(said, line(said.text)))


def gender(draft: Draft, said: Property, label: str) -> None:
    word = said.text.partition(";")[0].strip()
    if word.upper() in {"M", "F"} and not draft.card.salutation:
        draft.card.salutation = code("salutation", word) or ""


def note(draft: Draft, said: Property, label: str) -> None:
    text = lines(said.text)
    draft.card.note = "\n".join(filter(None, (draft.card.note, text)))


def categories(draft: Draft, said: Property, label: str) -> None:
    draft.tag([line(item) for item in said.items])


# --- how to reach them -----------------------------------------------------------------------


def kind_among(types: list[str], kinds: dict[str, str]) -> str:
    return next((kinds[known] for known in kinds if known in types), "")


def is_preferred(said: Property) -> bool:
    return "pref" in said.types or said.params.get("PREF") == "1"


def phone(draft: Draft, said: Property, label: str) -> None:
    number = line(said.text.removeprefix("tel:"))
    kind = kind_among(said.types, PHONE_TYPES)
    if "fax" in said.types or "pager" in said.types:
        kind = kind or "other"
        label = label or (ways.FAX if "fax" in said.types else "Pager")
    elif label and not draft.is_exact:
        found, label, _star = ways.kind_of(label, "phone")
        kind = kind or found
    label = label or said.params.get("X-CUSTOM", "")
    if not number:
        return
    if draft.is_exact or ways.digit_count(number):
        exact, draft.is_exact = draft.is_exact, True
        draft.call(number, kind, label, is_preferred(said))
        draft.is_exact = exact
    else:
        draft.call(number)


def email(draft: Draft, said: Property, label: str) -> None:
    kind = kind_among(said.types, REACH_TYPES)
    if label and not draft.is_exact:
        found, label, _star = ways.kind_of(label, "reach")
        kind = kind or found
    if address := line(said.text):
        draft.mail(address, kind, label, is_preferred(said))


def address(draft: Draft, said: Property, label: str) -> None:
    box, extra, street, city, region, postcode, country = [*said.parts, *[""] * 7][:7]
    kind = kind_among(said.types, REACH_TYPES)
    if label and not draft.is_exact:
        found, label, _star = ways.kind_of(label, "reach")
        kind = kind or found
    rows = [line(row) for row in lines(street).split("\n")] if street else [""]
    at = next((at for at, row in enumerate(rows) if ways.digit_count(row)), 0)
    place = Place(kind=kind or "private", label=label, is_preferred=is_preferred(said))
    place.street = rows.pop(at).rstrip(", ")
    if box := line(box):
        rows.append(f"{label_of('box')} {box}")
    place.extra = ", ".join(filter(None, (line(extra), *rows)))
    place.city, place.region, place.postcode, place.country = map(
        line, (city, region, postcode, country)
    )
    if not place.postcode and not draft.is_exact:
        ways.place_in(place.city, place)
    draft.live(place)


def address_label(draft: Draft, said: Property, label: str) -> None:
    place = Place(kind=kind_among(said.types, REACH_TYPES) or "private")
    ways.whole_place(lines(said.text), place)
    draft.live(place)


def messenger(draft: Draft, said: Property, label: str) -> None:
    service = said.params.get("X-SERVICE-TYPE") or label or SERVICES.get(said.name, "IM")
    draft.keep(service, line(said.text))


def profile(draft: Draft, said: Property, label: str) -> None:
    service = next((word for word in said.types if word != "pref"), "") or label
    draft.keep(service.capitalize(), line(said.text) or said.params.get("X-USER", ""))


SAYS: dict[str, Say] = {
    "FN": formatted_name,
    "N": name,
    "NICKNAME": plain("nickname"),
    "ORG": organization,
    "TITLE": plain("job_title"),
    "ROLE": plain("job_title"),
    "URL": plain("website"),
    "UID": plain("uid"),
    "BDAY": birthday,
    "GENDER": gender,
    "X-GENDER": gender,
    "NOTE": note,
    "CATEGORIES": categories,
    "TEL": phone,
    "EMAIL": email,
    "ADR": address,
    "IMPP": messenger,
    "X-SOCIALPROFILE": profile,
    "ANNIVERSARY": anniversary,
    "X-ABDATE": apple_date,
    "RELATED": related,
    "X-ABRELATEDNAMES": related,
    "X-ANDROID-CUSTOM": android,
    f"{OURS}INTEREST": interest,
    f"{OURS}EVENT": life_event,
    f"{OURS}OWN": own_field,
    f"{OURS}COMPANY": own_company,
    f"{OURS}BEST-TIME": plain("best_time"),
    f"{OURS}SOURCE": plain("source"),
    f"{OURS}SATISFACTION": lambda draft, said, label: draft.rate(line(said.text)),
}
SAYS |= dict.fromkeys([*SERVICES, "X-MS-IMADDRESS"], messenger)
SAYS |= {f"X-{by}ANNIVERSARY": anniversary for by in ("", "MS-", "EVOLUTION-", "KADDRESSBOOK-X-")}
SAYS |= {f"X-{by}SPOUSE": of_relation("spouse") for by in ("", "MS-", "EVOLUTION-")}
SAYS |= {f"X-{by}MANAGER": of_relation("boss") for by in ("", "MS-", "EVOLUTION-")}
SAYS |= {f"X-{by}ASSISTANT": of_relation("employee") for by in ("", "MS-", "EVOLUTION-")}
SAYS |= {"X-MS-CHILD": of_relation("child")}
SAYS |= {
    f"{OURS}{field.upper().replace('_', '-')}": chosen(field)
    for field in ("salutation", "formality", "stage", "rank", "preferred_channel", "source_kind")
}
