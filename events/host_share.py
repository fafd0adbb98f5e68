"""The words with which a partner gives a host their own page."""

from urllib.parse import quote

from django.utils.translation import pgettext

from customers import channels
from customers.models import Customer
from customers.recommend_share import Share, greeting, is_informal
from events import invite, links
from events.models import Event
from partners import profile


def share(event: Event) -> Share | None:
    """Before which the programmes of the partner's phone want the words; nothing where nobody is the host."""
    host = event.host
    if host is None or host.deleted_at:
        return None
    reach = channels.of(list(host.phones.all()), list(host.emails.all()))
    subject = quote(event.title)
    return Share(
        text=words(event, host),
        link=links.of_host(event),
        whatsapp=f"{reach.whatsapp or 'https://wa.me/'}?text=",
        sms=f"{reach.sms or 'sms:'}?&body=",
        mail=f"{reach.mail}?subject={subject}&body=" if reach.mail else "",
    )


def words(event: Event, host: Customer) -> str:
    me = profile.of(event.partner)
    said = {
        "hello": greeting(host),
        "title": event.title,
        "when": invite.card(event).when,
        "link": links.of_host(event),
        "me": invite.first_word(me.name) if is_informal(host) else me.name,
    }
    if is_informal(host):
        return (
            pgettext(
                "du",
                "%(hello)s,\n\nhere is your own page for “%(title)s” (%(when)s): the invitation to"
                " pass on, who has answered, and what is still to do.\n%(link)s\n\n"
                "I am looking forward to it! %(me)s",
            )
            % said
        )
    return (
        pgettext(
            "Sie",
            "%(hello)s,\n\nhere is your own page for “%(title)s” (%(when)s): the invitation to"
            " pass on, who has answered, and what is still to do.\n%(link)s\n\n"
            "I am looking forward to it!\nKind regards\n%(me)s",
        )
        % said
    )
