"""The back office: partners in states and numbers, and what may be done for them."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from customers.models import Customer
from partners import actions, office, walls
from partners.models import OutboxMessage, Partner
from tests.factories import CustomerFactory, FollowUpFactory, PartnerFactory, UserFactory
from tests.harness.roles import as_app
from tests.partners.accounts import NEW_PASSWORD

HOME = "/office/"
NEWCOMER = {
    "name": "Nora Neu",
    "email": "nora@example.org",
    "language": "de",
    "time_zone": "Europe/Berlin",
}


def url(name: str, partner: Partner) -> str:
    return reverse(f"office-partner-{name}", args=[partner.pk])


def names(response) -> list[str]:
    return [partner.name for partner in response.context["partners"]]


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# --- the list -----------------------------------------------------------------------------------


def test_partners_find_no_back_office(as_anna, boris):
    for method in (as_anna.get, as_anna.post):
        for path in (HOME, reverse("office-partner-add"), url("pause", boris)):
            assert method(path).status_code == 404
    boris.refresh_from_db()
    assert not boris.is_paused


def test_the_list_counts_and_names_nobody(as_office, anna, boris):
    clara = CustomerFactory(partner=anna, first_name="Geheim")
    FollowUpFactory(customer=clara)
    FollowUpFactory(customer=clara, state="done", closed_at=dt.datetime.now(dt.UTC))
    CustomerFactory(partner=anna, deleted_at=dt.datetime.now(dt.UTC))

    page = as_office.get(HOME)

    assert [partner.counts for partner in page.context["partners"]] == [
        {"customers": 1, "follow_ups": 1},
        {"customers": 0, "follow_ups": 0},
    ]
    assert "Geheim" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    as_office, number, django_assert_num_queries, clock
):
    for _ in range(number):
        FollowUpFactory()
    as_office.get(HOME)

    with django_assert_num_queries(9 if connection.vendor == "sqlite" else 11):
        assert len(as_office.get(HOME).context["partners"]) == number


def test_the_list_can_be_searched_by_name_and_address(as_office, anna, boris):
    assert names(as_office.get(HOME, {"q": "ann"})) == ["Anna"]
    assert names(as_office.get(HOME, {"q": "BORIS@example"})) == ["Boris"]
    assert names(as_office.get(HOME, {"q": "%"})) == []


def test_the_list_can_be_narrowed_to_a_state(as_office, anna, boris):
    actions.pause(boris)
    actions.create_partner(**NEWCOMER)

    assert names(as_office.get(HOME, {"state": "active"})) == ["Anna"]
    assert names(as_office.get(HOME, {"state": "paused"})) == ["Boris"]
    assert names(as_office.get(HOME, {"state": "invited"})) == ["Nora Neu"]
    assert names(as_office.get(HOME, {"state": "nonsense"})) == ["Anna", "Boris", "Nora Neu"]


def test_the_list_comes_in_pages_of_fifty(as_office):
    PartnerFactory.create_batch(51)

    assert len(names(as_office.get(HOME))) == 50
    assert len(names(as_office.get(HOME, {"page": "2"}))) == 1
    assert len(names(as_office.get(HOME, {"page": "nonsense"}))) == 50


# --- acts ----------------------------------------------------------------------------------------


def test_a_new_partner_is_invited(as_office):
    response = as_office.post(reverse("office-partner-add"), NEWCOMER)

    partner = Partner.objects.get()
    assert response.url == url("detail", partner)
    assert partner.user.email == "nora@example.org"
    assert not partner.user.has_usable_password()
    assert OutboxMessage.objects.get().kind == "invitation"


def test_a_double_click_creates_one_partner_and_one_mail(as_office, clock):
    first, second = (as_office.post(reverse("office-partner-add"), NEWCOMER) for _ in range(2))

    assert first.url == second.url
    assert Partner.objects.count() == OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"email": "no address"},
        {"email": "a@example.org, b@example.org"},
        {"email": "ANNA@example.org"},
        {"language": "fr"},
        {"time_zone": "Atlantis/Capital"},
    ],
)
def test_a_bad_form_is_explained_and_creates_nothing(as_office, anna, change):
    page = as_office.post(reverse("office-partner-add"), NEWCOMER | change)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(change)
    assert list(Partner.objects.all()) == [anna]


def test_the_address_of_a_clerk_is_taken_too(as_office, office):
    page = as_office.post(reverse("office-partner-add"), NEWCOMER | {"email": office.email})

    assert page.status_code == 422


def test_pausing_can_be_taken_back(as_office, anna):
    page = as_office.post(url("pause", anna), follow=True)
    anna.refresh_from_db()
    assert anna.is_paused
    assert f'action="{url("resume", anna)}"' in page.content.decode()

    as_office.post(url("resume", anna))
    anna.refresh_from_db()
    assert not anna.is_paused


def test_pausing_twice_keeps_the_first_moment(as_office, anna, clock):
    as_office.post(url("pause", anna))
    before = Partner.objects.get().paused_at
    clock.shift(60)
    as_office.post(url("pause", anna))

    assert Partner.objects.get().paused_at == before


def test_inviting_again_sends_a_new_mail(as_office, clock):
    partner = actions.create_partner(**NEWCOMER)
    clock.shift(3600)

    as_office.post(url("invite", partner))

    assert OutboxMessage.objects.count() == 2


def test_who_has_a_password_is_not_invited_again(as_office, anna):
    actions.set_password(anna.user, NEW_PASSWORD)

    assert as_office.post(url("invite", anna)).status_code == 404
    assert not OutboxMessage.objects.exists()


def test_looking_changes_nothing(as_office, anna):
    for name in ("pause", "resume", "invite"):
        assert as_office.get(url(name, anna)).status_code == 405


def test_an_unknown_partner_is_not_there(as_office):
    for name in ("detail", "pause", "resume", "invite"):
        path = reverse(f"office-partner-{name}", args=[4711])
        assert as_office.post(path).status_code in {404, 405}
        assert as_office.get(path).status_code in {404, 405}


# --- the admin -----------------------------------------------------------------------------------


def test_the_admin_is_for_superusers_alone(as_anna, as_office, office):
    assert as_anna.get("/admin/", follow=True).status_code == 403
    assert as_office.get("/admin/", follow=True).status_code == 404

    office.is_superuser = True
    office.save()
    assert as_office.get("/admin/").status_code == 200


def test_the_admin_shows_accounts_and_the_outbox_and_nothing_private(as_office, office, anna):
    office.is_superuser = True
    office.save()
    actions.invite(anna.user)
    models = as_office.get("/admin/").context["app_list"]

    assert [model["object_name"] for app in models for model in app["models"]] == [
        "OutboxMessage",
        "Partner",
        "User",
    ]
    row = OutboxMessage.objects.get()
    for path in (
        "user/",
        f"user/{anna.user.pk}/change/",
        "partner/",
        f"partner/{anna.pk}/change/",
        "outboxmessage/",
        f"outboxmessage/{row.pk}/change/",
    ):
        assert as_office.get(f"/admin/partners/{path}").status_code == 200
    for path in ("user/add/", f"partner/{anna.pk}/delete/"):
        assert as_office.get(f"/admin/partners/{path}").status_code == 403
    response = as_office.post(f"/admin/partners/outboxmessage/{row.pk}/change/", {"state": "sent"})
    assert response.status_code == 403


# --- the wall --------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_the_counting_role_can_count(anna):
    CustomerFactory(partner=anna)

    with as_app(), walls.counting():
        assert Customer.unscoped.count() == 1


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT first_name FROM customers_customer",
        "SELECT * FROM customers_customer",
        "SELECT what FROM customers_followup",
        "SELECT 1 FROM customers_phone",
        "SELECT 1 FROM customers_interaction",
        "SELECT 1 FROM partners_change",
        "SELECT 1 FROM partners_user",
        "UPDATE customers_customer SET deleted_at = now()",
        "DELETE FROM customers_customer",
    ],
)
def test_the_counting_role_can_do_nothing_else(statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_app(),
        walls.counting(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.postgresql
def test_the_office_cannot_read_customers_without_the_counting_role(anna):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_app(),
        transaction.atomic(),
    ):
        Customer.unscoped.count()


def test_a_partner_without_rows_counts_none():
    PartnerFactory()
    UserFactory()

    [partner] = office.with_counts(office.partners())

    assert set(vars(partner)["counts"].values()) == {0}
