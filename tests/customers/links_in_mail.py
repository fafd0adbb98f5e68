"""What a browser does with a link from a mail: opens it, taps, follows."""

import datetime as dt

from customers import from_mail
from customers.models import FollowUp

TODAY = dt.date(2026, 11, 23)
WHEN = {"done": "0", "+1": "1", "+3": "3"}


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def link_to(follow_up: FollowUp, day: dt.date = TODAY) -> str:
    """The link in the mail of this day, without its host."""
    link = from_mail.link(follow_up, follow_up.partner, day)
    return link.removeprefix("http://testserver")


def tap(client, link: str, button: str, note: str = ""):
    return client.post(link, {"days": WHEN[button], "note": note})


def undo(client, link: str):
    """Tap “Undo” on the page that tells of an act."""
    return client.post(link, {"undo": link.partition("?act=")[2]})


def words(response) -> str:
    return response.content.decode()


def now(row):
    """The row as it is stored now."""
    return type(row).unscoped.get(pk=row.pk)
