"""What a recommender may pass on: a text, and a link to how the partner is reached.

Nothing is ever sent to a recommended person by us: the recommender speaks, from their own phone.
The link knows the partner alone, neither who passes it on nor who opens it.
"""

import dataclasses
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.cards import Card, Mail, Number
from customers.channels import Channels
from customers.models import Customer
from customers.text import e164, is_mobile
from partners import links, profile
from partners.models import Partner, Profile

PURPOSE = "recommend"
SHOWN = ("name", "business", "sentence", "phone", "email", "website")  # on the card


@dataclasses.dataclass(frozen=True)
class Share:
    """The words, and the programmes of the partner's own phone with the words in them."""

    text: str
    link: str
    whatsapp: str = ""
    sms: str = ""
    mail: str = ""


def link(partner: Partner) -> str:
    return links.absolute("recommend-card", links.token(PURPOSE, partner.pk, 1))


def by_link(token: str) -> Partner:
    """Whose card a link opens; BadLink unless it is one of ours, of a partner at work."""
    said = links.read(PURPOSE, token)
    found = Partner.objects.filter(pk=said.identifier, user__is_active=True)
    partner = found.select_related("user").first()
    if partner is None or partner.is_paused:
        raise links.BadLink
    return partner


def can_be_reached(me: Profile) -> bool:
    """Whether the card says more than a name; what the account alone knows is not shown."""
    return not me._state.adding and bool(me.phone or me.email)


def share(partner: Partner, customer: Customer, channels: Channels) -> Share:
    me, address = profile.of(partner), link(partner)
    text = asking(customer, me.name or partner.name, address)
    said = quote(text)
    return Share(
        text=text,
        link=address,
        whatsapp=f"{channels.whatsapp}?text={said}" if channels.whatsapp else "",
        sms=f"{channels.sms}?&body={said}" if channels.sms else "",
        mail=f"{channels.mail}?subject={quote(_('A request'))}&body={said}"
        if channels.mail
        else "",
    )


def asking(customer: Customer, name: str, address: str) -> str:
    """To whoever is happy: short, without pressure, with words to pass on."""
    words = {
        "greeting": greeting(customer),
        "forward": _("I know %(name)s and like to recommend them. This is how to reach them:")
        % {"name": name},
        "link": address,
        "me": name.split(maxsplit=1)[0] if is_informal(customer) and name else name,
    }
    if is_informal(customer):
        return (
            pgettext(
                "du",
                "%(greeting)s,\n\nI am glad that you are so happy. Does somebody come to your mind who"
                " would like this too? Then just pass this on:\n\n“%(forward)s”\n%(link)s\n\n"
                "Thank you! %(me)s",
            )
            % words
        )
    return (
        pgettext(
            "Sie",
            "%(greeting)s,\n\nI am glad that you are so happy. Does somebody come to your mind who"
            " would like this too? Then please just pass this on:\n\n“%(forward)s”\n%(link)s\n\n"
            "Thank you and kind regards\n%(me)s",
        )
        % words
    )


def is_informal(customer: Customer) -> bool:
    return customer.formality == Customer.Formality.INFORMAL


def greeting(customer: Customer) -> str:
    if is_informal(customer):
        return _("Hello %(name)s") % {"name": customer.first_name}
    title = {"ms": _("Ms"), "mr": _("Mr")}.get(customer.salutation, "")
    who = [title, customer.title, customer.last_name] if title and customer.last_name else []
    name = " ".join(filter(None, who)) or customer.name
    return pgettext("formal", "Good day %(name)s") % {"name": name}


# --- the card ----------------------------------------------------------------------------------


def ways(me: Profile) -> Channels:
    """How whoever got the link reaches the partner, from their own phone."""
    number = e164(me.phone)
    hello = quote(_("Hello %(name)s, you were recommended to me.") % {"name": first_name(me)})
    mobile = number if number and is_mobile(number) else ""
    return Channels(
        phone=f"tel:{number}" if number else "",
        whatsapp=f"https://wa.me/{mobile.removeprefix('+')}?text={hello}" if mobile else "",
        sms=f"sms:{mobile}?&body={hello}" if mobile else "",
        mail=f"mailto:{me.email}" if me.email else "",
    )


def first_name(me: Profile) -> str:
    return me.name.split()[0] if me.name.split() else ""


def address_card(me: Profile) -> Card:
    """For the address book of whoever got the link."""
    first, _space, last = me.name.partition(" ")
    kind = "mobile" if is_mobile(me.phone) else "home"
    return Card(
        first_name=first,
        last_name=last,
        company=me.business,
        website=me.website,
        note=me.sentence,
        phones=[Number(me.phone, kind)] if me.phone else [],
        emails=[Mail(me.email)] if me.email else [],
    )
