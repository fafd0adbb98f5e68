"""Petra's evening, and a guest's own page as a phone uses it."""

from urllib.parse import urlsplit

from events.models import Event
from tests.event_factories import EventFactory
from tests.factories import CustomerFactory
from tests.harness.roles import AppClient
from tests.trust_factories import ProfileFactory

STREET = "Lindenweg 7"


def petras_evening(anna) -> Event:
    ProfileFactory.create(partner=anna, name="Anna Albers", phone="+49 661 90077701")
    petra = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Pohl")
    return EventFactory.create(
        host=petra, title="Autumn evening", street=STREET, postcode="36037", city="Fulda",
        formality="du",
    )  # fmt: skip


def a_messenger() -> AppClient:
    """Without cookies and Referer."""
    return AppClient(enforce_csrf_checks=True)


class Page:
    """The page behind a link, as a phone uses it."""

    def __init__(self, client, link):
        self.client, self.path = client, urlsplit(link).path

    def get(self, step=""):
        return self.client.get(self.path + (f"?step={step}" if step else ""))

    def text(self, step=""):
        return self.get(step).content.decode()

    def post(self, step, **said):
        return self.client.post(self.path, {"step": step, **said})

    def asks_next(self, step, **said):
        """The question after this one; empty when all was asked."""
        return self.post(step, **said).url.removeprefix(self.path).removeprefix("?step=")
