"""What a heading means: the ones that programs write, and the ones people make up."""

import re
from functools import cache

from customers.imports.reading.columns import IGNORE, NAMED_NOTE, OWN
from customers.imports.reading.own import own_columns
from customers.text import fold

# Exact headings, in the languages and spellings in which they are met.
SAID = {
    "name": "name, full name, display name, anzeigename, name vorname, nachname vorname, vorname nachname, vor und nachname, vorname und nachname, vor und zuname, kunde, kundin, kunden, kontakt, kundenname, ansprechpartner, wer, person, speichern unter, formatted name, customer, contact, contact name",
    "first_name": "vorname, first name, given name, firstname, rufname, givenname, vornamen",
    "middle_name": "weitere vornamen, middle name, additional name, zweiter vorname, mittelname, 2 vorname, zweitname",
    "last_name": "nachname, last name, family name, surname, familienname, zuname, lastname, hausname",
    "title": "titel, title, name prefix, akad titel, akademischer titel, prefix, namenspräfix, anrede titel",
    "suffix": "suffix, name suffix, namenssuffix, namenszusatz",
    "salutation": "anrede, salutation, geschlecht, gender, sex, anr",
    "nickname": "nickname, spitzname, nick name, kurzname, alias",
    "formality": "du oder sie, du sie, form of address, ansprache",
    "birthday": "geburtstag, birthday, geb, geb am, geburtsdatum, geburtstage, birth date, date of birth, geburtstdatum, geb datum, gebdat, gebdatum, geb tag, birthdate, dob, bday, geboren, geboren am",
    "birth_year": "geburtsjahr, birth year, jahrgang",
    "birth_month": "geburtsmonat, birth month",
    "birth_day": "birth day",
    "company": "firma, company, organization name, organisation name, organization, organisation, betrieb, unternehmen, firmenname, company name, name der organisation, arbeitgeber",
    "department": "abteilung, department, organization department, abt",
    "job_title": "position, job title, beruf, organization title, occupation, profession, arbeitstitel, tätigkeit, berufsbezeichnung, jobtitle",
    "is_business": "ist ein betrieb, a business",
    "website": "webseite, website, web page, homepage, internet, url, webseite 1, web page 1, webpage, www, internetseite, personal web page, business homepage",
    "site.2": "webseite 2, web page 2, personal homepage",
    "email": "e mail adresse, e mail address, primary email, primare e mail adresse, e mails, emails, e mail privat, mailadresse, mail, contact email, email adresse, email address",
    "email.other": "secondary email, sekundäre e mail adresse, zweite e mail, weitere e mail adresse, e mail 2 adresse, e mail 2 address, e mail 3 adresse, e mail 3 address, zweite e mail adresse, additional email",
    "phone": "telefon, tel, tel nr, telefonnummer, phone, phone number, telefonnr, rufnummer, fon, nummer, tel nummer, telefone, primary phone, haupttelefon, telephone, phones, nr",
    "phone.mobile": "handy, mobil, mobiltelefon, mobile, mobile phone, cell, cell phone, mobilnummer, handynummer, handy nr, mobil nr, mobil tel nr, mobile number, mobiltelefon 2, mobile phone 2, smartphone, whatsapp, funk, mobil tel, cellular",
    "phone.home": "festnetz, festnetznummer, landline, tel festnetz, telefon festnetz",
    "phone.other": "weiteres telefon, other phone, rückmeldung, callback, isdn, radio phone, telefon 2, tel 2, zweite nummer, telefon für hörbehinderte, tty tdd phone, telex, telefon sonstiges",
    "phone.other.fax": "fax, faxnummer, fax nummer, fax number, telefax, weiteres fax, other fax",
    "phone.work.fax": "fax geschäftlich, business fax, work fax, fax dienstlich, fax firma",
    "phone.home.fax": "fax privat, home fax",
    "phone.other.pager": "pager, pager nummer, pager number",
    "phone.other.car": "autotelefon, car phone",
    "phone.work.main": "telefon firma, company main phone",
    "phone.work.assistant": "telefon assistent, assistant s phone",
    "stage": "stage, status, kundenstatus, stand",
    "rank": "rank, rang, klasse, abc, kategorie abc",
    "satisfaction": "satisfaction, zufriedenheit, sterne",
    "preferred_channel": "preferred channel, bevorzugter weg, kontaktweg",
    "best_time": "best time, beste zeit, erreichbar, erreichbarkeit",
    "source": "how you know each other, woher ihr euch kennt, woher, herkunft, empfohlen von, referred by, empfehlung von, bekannt durch, woher bekannt",
    "source_kind": "source, quelle",
    "relation.spouse": "partner, spouse, ehepartner, partner in, ehepartner in, ehemann, ehefrau",
    "relation.child": "kinder, children, kind",
    "relation.boss": "name des der vorgesetzten, manager s name, vorgesetzte r, manager",
    "relation.employee": "assistent in, assistant s name, assistentin, assistent, name assistent",
    "wedding": "jahrestag, anniversary, hochzeitstag, hochzeit",
    "tags": "kategorien, categories, labels, group membership, gruppen, groups, tags, schlagwörter, schlagworte, stichwörter, keywords, gruppe, group, kategorie, category, label, gruppenmitgliedschaft",
    "interests": "hobby, hobbys, hobbies, interessen, interests, interesse, interessiert an, mag",
    "life_events": "life events, lebensereignisse",
    "relations": "relations, beziehungen",
    "note": "notiz, notizen, note, notes, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, comment, comments, info, infos, notizfeld, sonstiges, remarks",
    "uid": "uid, uid of the card, uid der karte",
    # Written by programs, of no use to people.
    IGNORE: "photo, foto, priorität, priority, privat, private, vertraulichkeit, sensitivity, initialen, initials, e mail typ, e mail type, e mail angezeigter name, e mail display name, e mail 2 typ, e mail 2 type, e mail 2 angezeigter name, e mail 2 display name, e mail 3 typ, e mail 3 type, e mail 3 angezeigter name, e mail 3 display name, file as, yomi name, given name yomi, family name yomi, additional name yomi, phonetic first name, phonetic middle name, phonetic last name, organization yomi name, internet frei gebucht, internet free busy, verzeichnisserver, directory server, lfd nr, id, pos, laufende nummer, index, short name",
}
# "Straße geschäftlich 2": a thing, perhaps of a kind, perhaps counted.
KINDS = {
    "private": "privat, private, home, zuhause, zu hause, priv",
    "work": "geschäftlich, dienstlich, business, work, beruflich, büro, firma, arbeit, office, company, gesch, dienstl",
    "other": "weitere, weiterer, weiteres, weiteres r, weiteres e, other, andere, anderes, sonstige",
}
THINGS = {
    "phone": "telefon, tel, phone, telefonnummer, rufnummer, tel nr, telefonnr, phone number, nummer, festnetz",
    "phone.mobile": "handy, mobil, mobiltelefon, mobile, mobile phone, cell, cell phone, handynummer",
    "fax": "fax, telefax, fax number, faxnummer",
    "email": "e mail, email, mail, e mail adresse, e mail address, email address, email adresse, mailadresse",
    "street": "strasse, street, str, strasse hausnummer, strasse nr, strasse hausnr, strasse und hausnummer, street address, strasse und nr, anschrift strasse, street and number, adresszeile 1",
    "number": "hausnummer, hausnr, haus nr, hnr, house number",
    "postcode": "plz, postleitzahl, postcode, zip, zipcode, zip code, postal code, postalcode",
    "city": "ort, stadt, city, wohnort, town, place, gemeinde, location city",
    "place": "plz ort, plz wohnort, plz stadt, postleitzahl ort, plz und ort, ort mit plz, zip city, wohnort plz",
    "whole": "adresse, address, anschrift, wohnadresse, postanschrift, postadresse, adressen, mailing address",
    "extra": "adresszusatz, zusatz, adresszeile 2, extended address, address line 2, c o, ortsteil",
    "region": "bundesland, kanton, region, state, bundesland kanton, province, bundesland provinz",
    "country": "land, country, land region, country region, staat",
    "box": "postfach, po box, address po box",
}
# "Phone 1 - Value": groups that a program counts.
GROUPS = {
    "phone": "phone, telefon, telefonnummer",
    "email": "e mail, email",
    "address": "address, adresse",
    "company": "organization, organisation",
    "relation": "relation, beziehung",
    "site": "website, webseite",
    "event": "event, ereignis, termin, wichtiges datum",
    "custom": "custom field, benutzerdefiniertes feld",
    "im": "im, chat, instant messenger",
}
GROUP_PARTS = {
    "": "value, wert, name",
    "kind": "type, label, typ, art",
    "whole": "formatted, formatiert",
    "street": "street, strasse",
    "city": "city, ort, stadt",
    "box": "po box, postfach",
    "region": "region, bundesland",
    "postcode": "postal code, plz, postleitzahl",
    "country": "country, land",
    "extra": "extended address, zusatz, adresszusatz",
    "title": "title, titel, position",
    "department": "department, abteilung",
    "service": "service, dienst",
    "skip": "yomi name, symbol, location, job description",
}
COUNTED = re.compile(r"(?P<group>[a-z ]+?) (?P<at>\d+) (?P<part>[a-z ]+)")
NO_WORD = re.compile(r"[^\w]+|_")


def heading(text: str) -> str:
    """Its words alone: "E-Mail 2: Adresse" and "e mail 2 adresse" are one."""
    return " ".join(NO_WORD.sub(" ", fold(text)).split())


def turned(table: dict[str, str]) -> dict[str, str]:
    return {heading(word): key for key, words in table.items() for word in words.split(",")}


MEANINGS, THING_WORDS = turned(SAID), turned(THINGS)
KIND_WORDS = dict(sorted(turned(KINDS).items(), key=lambda item: -len(item[0])))
GROUP_WORDS, PART_WORDS = turned(GROUPS), turned(GROUP_PARTS)
MOST_GROUPS = 40
OURS = {
    heading(said): key
    for key, *headers in own_columns(MOST_GROUPS, MOST_GROUPS, MOST_GROUPS)
    for said in headers
}
OUR_OWN = re.compile(r"(?:Own|Eigenes): (.+)", re.DOTALL)


def ours(text: str) -> str | None:
    """The column of our own export."""
    found = OUR_OWN.fullmatch(text)
    return f"{OWN}{found[1]}" if found else OURS.get(heading(text))


@cache
def meaning(text: str) -> str | None:
    """The field that a heading stands for; None if we do not know it."""
    said = heading(text)
    if said in MEANINGS:
        return MEANINGS[said]
    return counted(said) or composed(said)


def counted(said: str) -> str | None:
    found = COUNTED.fullmatch(said)
    if not found or found["group"] not in GROUP_WORDS or found["part"] not in PART_WORDS:
        return None
    group, part = GROUP_WORDS[found["group"]], PART_WORDS[found["part"]]
    if part == "skip":
        return IGNORE if found["part"].startswith("yomi") else NAMED_NOTE
    return f"{group}.{found['at']}" + (f".{part}" if part else "")


def composed(said: str) -> str | None:
    kind, rest = "private", said
    for word, meant in KIND_WORDS.items():
        if f" {word} " in f" {rest} ":
            kind, rest = meant, " ".join(f" {rest} ".replace(f" {word} ", " ", 1).split())
            break
    stem = rest.rstrip("0123456789 ")
    thing, is_next = THING_WORDS.get(stem), stem != rest and not rest.endswith(" 1")
    if thing is None:
        return None
    if thing == "phone.mobile":
        return thing
    if thing in {"phone", "fax"}:
        said_kind = "home" if kind == "private" else kind
        is_plain = thing == "phone" and said == rest
        return "phone" if is_plain else f"phone.{said_kind}" + (".fax" if thing == "fax" else "")
    if thing == "email":
        return f"email.{'other' if is_next else kind}".removesuffix(".private")
    if is_next and thing in {"street", "whole"}:
        thing = "extra"
    return f"address.{kind}.{thing}"
