"""Words for columns whose own name says too little outside of a form."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

WORDS: dict[str, Any] = {
    "starts_at": pgettext_lazy("column", "begins"),
    "ends_at": pgettext_lazy("column", "ends"),
    "came": gettext_lazy("guests who came"),
    "buyers": gettext_lazy("guests who ordered"),
    "orders": gettext_lazy("orders"),
    "sales": gettext_lazy("sales"),
    "reward": gettext_lazy("host's thank-you"),
    "reward_worth": gettext_lazy("worth of the thank-you"),
    "rewarded_on": gettext_lazy("thanked on"),
    "event": gettext_lazy("event"),
    "origin": gettext_lazy("how they came on the list"),
    "invited_at": gettext_lazy("invited on"),
    "answered_at": gettext_lazy("answered on"),
    "presence": gettext_lazy("on the evening"),
    "due_on": gettext_lazy("due on"),
    "done_at": gettext_lazy("done on"),
    "done_by_host": gettext_lazy("done by the host"),
    "given_at": gettext_lazy("given on"),
    "given_on": gettext_lazy("given on"),
    "customer": gettext_lazy("person"),
    "template": gettext_lazy("template"),
    "benefit": gettext_lazy("benefit"),
    "host": gettext_lazy("host"),
    "cost": gettext_lazy("cost"),
    "cancelled_why": gettext_lazy("reason"),
    "state": gettext_lazy("state"),
    "closed_at": gettext_lazy("closed on"),
}
