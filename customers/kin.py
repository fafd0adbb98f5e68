"""How two people who know each other are called, in words that fit a woman, a man or anybody."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer, Relation

HER, HIM = "said of a woman", "said of a man"
Kind = Relation.Kind
Words = tuple[Promise, Promise, Promise]

OF: dict[str, Words] = {  # she, he, somebody
    Kind.HOUSEHOLD: (_("lives with %(name)s"),) * 3,
    Kind.SPOUSE: (_("wife of %(name)s"), _("husband of %(name)s"), _("partner of %(name)s")),
    Kind.PARENT: (_("mother of %(name)s"), _("father of %(name)s"), _("parent of %(name)s")),
    Kind.CHILD: (_("daughter of %(name)s"), _("son of %(name)s"), _("child of %(name)s")),
    Kind.SIBLING: (_("sister of %(name)s"), _("brother of %(name)s"), _("sibling of %(name)s")),
    Kind.GRANDPARENT: (
        _("grandmother of %(name)s"),
        _("grandfather of %(name)s"),
        _("grandparent of %(name)s"),
    ),
    Kind.GRANDCHILD: (
        _("granddaughter of %(name)s"),
        _("grandson of %(name)s"),
        _("grandchild of %(name)s"),
    ),
    Kind.RELATIVE: (_("related to %(name)s"),) * 3,
    Kind.FRIEND: (
        pgettext_lazy("said of a woman", "friend of %(name)s"),
        pgettext_lazy("said of a man", "friend of %(name)s"),
        _("friend of %(name)s"),
    ),
    Kind.NEIGHBOUR: (
        pgettext_lazy("said of a woman", "neighbour of %(name)s"),
        pgettext_lazy("said of a man", "neighbour of %(name)s"),
        _("neighbour of %(name)s"),
    ),
    Kind.COLLEAGUE: (
        pgettext_lazy("said of a woman", "colleague of %(name)s"),
        pgettext_lazy("said of a man", "colleague of %(name)s"),
        _("colleague of %(name)s"),
    ),
    Kind.BOSS: (
        pgettext_lazy("said of a woman", "boss of %(name)s"),
        pgettext_lazy("said of a man", "boss of %(name)s"),
        _("boss of %(name)s"),
    ),
    Kind.EMPLOYEE: (_("works for %(name)s"),) * 3,
    Kind.OTHER: (_("knows %(name)s"),) * 3,
}
AT_A_BUSINESS: dict[str, Promise] = {  # seen from the business: what the person is there
    Kind.EMPLOYEE: _("%(name)s works here"),
    Kind.BOSS: _("%(name)s runs it"),
}
COLUMN = {Customer.Salutation.MS: 0, Customer.Salutation.MR: 1}


def spoken(kind: str, salutation: str, name: str) -> str:
    """“Schwester von Meike”, said of somebody with this salutation."""
    words = OF.get(kind, OF[Kind.OTHER])
    return str(words[COLUMN.get(Customer.Salutation(salutation), 2)]) % {"name": name}


def at_a_business(kind_back: str, name: str) -> str:
    """“Petra Weber arbeitet hier”, on the page of a business."""
    return str(AT_A_BUSINESS.get(kind_back, _("Ask for %(name)s"))) % {"name": name}


def back(kind: str) -> str:
    return Relation.BACK.get(Kind(kind), Kind(kind))
