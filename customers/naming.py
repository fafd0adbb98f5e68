"""Finding somebody by the name a sentence calls them."""

from customers.models import Customer
from customers.text import fold, search_words
from partners.models import Partner

LOOKED_AT, MOST = 200, 8


def called(partner: Partner, name: str, *, besides: Customer | None = None) -> list[Customer]:
    """People whose name begins with these words, in any order; those called exactly so come first."""
    words = fold(name).split()
    found = partner.customers.exclude(pk=besides.pk) if besides else partner.customers.all()
    for word in search_words(name):
        found = found.filter(search_text__contains=word)
    people = [
        person for person in found.by_name()[:LOOKED_AT] if words and answers_to(person, words)
    ]
    exact = " ".join(words)
    people.sort(key=lambda person: exact not in {fold(person.name), fold(person.first_name)})
    return people[:MOST]


def answers_to(person: Customer, words: list[str]) -> bool:
    names = fold(f"{person.name} {person.nickname} {person.company}").split()
    return all(any(name.startswith(word) for name in names) for word in words)
