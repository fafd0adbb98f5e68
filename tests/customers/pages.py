"""What a browser without JavaScript does with a page: reads, types, sends, takes back."""

from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    PhoneFactory,
)

ADD, LIST = "/customers/add/", "/customers/"


def new(**typed) -> dict:
    """What the page that adds somebody sends at least."""
    return {"first_name": "Petra", "formality": "du", "stage": "prospect"} | typed


def edit_url(customer) -> str:
    return reverse("customer-edit", args=[customer.pk])


def typed_over(client, url, **typed) -> dict:
    """What the form of a page would send, with some of it typed anew."""
    form = client.get(url).context["form"]
    data = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in (data | typed).items()}


def toasts(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def tags(response) -> list[str]:
    return [message.extra_tags for message in get_messages(response.wsgi_request)]


def undo(client, response):
    """Follow the last toast's “Undo”."""
    return client.post(reverse("undo", args=[tags(response)[-1].removeprefix("undo-")]))


def full_customer(partner):
    """Somebody of whom everything is known."""
    petra = CustomerFactory(partner=partner, first_name="Petra", last_name="Müller", note="Note")
    PhoneFactory(customer=petra)
    EmailFactory(customer=petra)
    AddressFactory(customer=petra)
    FollowUpFactory(customer=petra)
    InteractionFactory(customer=petra)
    return petra
