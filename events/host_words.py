"""What the page says to a host, once for du and once for Sie."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from events.invite_words import filled

DU = {
    "title": pgettext_lazy("du", "Your evening, %(name)s"),
    "nobody": pgettext_lazy("du", "Nobody has answered yet. A personal word from you works best."),
    "share": pgettext_lazy(
        "du", "Send it from your own phone to whomever you would like to have there."
    ),
    "edit": pgettext_lazy("du", "You can change the words before you send them."),
    "closed": pgettext_lazy("du", "%(partner)s sends the invitations. You need do nothing."),
    "mails": pgettext_lazy("du", "Mail me when somebody answers"),
    "over": pgettext_lazy("du", "Thank you for having us, %(name)s!"),
    "link": pgettext_lazy("du", "This page is yours alone. Please pass on only the invitation."),
}
SIE = {
    "title": pgettext_lazy("Sie", "Your evening, %(name)s"),
    "nobody": pgettext_lazy("Sie", "Nobody has answered yet. A personal word from you works best."),
    "share": pgettext_lazy(
        "Sie", "Send it from your own phone to whomever you would like to have there."
    ),
    "edit": pgettext_lazy("Sie", "You can change the words before you send them."),
    "closed": pgettext_lazy("Sie", "%(partner)s sends the invitations. You need do nothing."),
    "mails": pgettext_lazy("Sie", "Mail me when somebody answers"),
    "over": pgettext_lazy("Sie", "Thank you for having us, %(name)s!"),
    "link": pgettext_lazy("Sie", "This page is yours alone. Please pass on only the invitation."),
}


def words(*, is_formal: bool, **about: Any) -> Mapping[str, str]:
    return filled(SIE if is_formal else DU, about)
