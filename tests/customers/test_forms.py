"""Forms about people: birthdays, numbers, and what a sheet offers."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from customers import birthdays
from customers.forms import CustomerForm
from customers.permissions import may_contact
from tests.factories import CustomerFactory, PhoneFactory

pytestmark = pytest.mark.usefixtures("clock", "in_english")

TODAY = dt.date(2026, 11, 23)
REQUIRED = {"first_name": "Eva", "formality": "du", "stage": "prospect"}


def form(partner, **typed) -> CustomerForm:
    return CustomerForm(REQUIRED | typed, partner=partner)


@pytest.mark.parametrize(
    ("typed", "day", "month", "year"),
    [
        ("12.4.1980", 12, 4, 1980),
        ("12. 4. 1980", 12, 4, 1980),
        ("12/4/1980", 12, 4, 1980),
        ("1980-04-12", 12, 4, 1980),
        ("12.4.", 12, 4, None),
        ("12.4", 12, 4, None),
        ("29.2.", 29, 2, None),
        ("29.2.2000", 29, 2, 2000),
        ("1.1.1900", 1, 1, 1900),
        ("23.11.2026", 23, 11, 2026),
        ("12.4.80", 12, 4, 1980),
        ("12.4.10", 12, 4, 2010),
        ("12. April", 12, 4, None),
        ("12. April 1980", 12, 4, 1980),
        ("3. März", 3, 3, None),
        ("April 12, 1980", 12, 4, 1980),
        ("12 Apr", 12, 4, None),
        ("", None, None, None),
    ],
)
def test_a_birthday_is_understood_with_or_without_its_year(anna, typed, day, month, year):
    filled = form(anna, birthday=typed)

    assert filled.is_valid()
    assert [filled.values[f"birth_{part}"] for part in ("day", "month", "year")] == [
        day,
        month,
        year,
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30.2.", "This day is not in the calendar."),
        ("29.2.2001", "This day is not in the calendar."),
        ("0.1.", "This day is not in the calendar."),
        ("12.4.0000", "This day is not in the calendar."),
        ("12.4.1899", "This year is too far away."),
        ("12.4.9999", "This year is too far away."),
        ("24.11.2026", "This birthday lies in the future."),
        ("in spring", "Please write the birthday like 12.4. or 12.4.1980."),
        ("x" * 21, "That is too long: 21 characters, and at most 20 fit in here."),
    ],
)
def test_a_birthday_that_cannot_be_says_so(anna, typed, sentence):
    assert form(anna, birthday=typed).errors["birthday"] == [sentence]


@given(st.text(max_size=20))
def test_no_birthday_breaks_it(typed):
    try:
        birth = birthdays.read(typed, TODAY)
    except ValidationError:
        return

    assert birthdays.read(birthdays.written(*birth), TODAY) == birth


@pytest.mark.parametrize(
    ("typed", "is_fine"),
    [
        ("anna@example.org", True),
        ("ANNA@Bücher.example", True),
        ('"anna.b"@example.org', True),
        ("a@b.org, c@d.org", False),
        ("a@b.org\nBcc: c@d.org", False),
        ("x" * 320 + "@example.org", False),
        ("anna", False),
    ],
)
def test_one_address_and_no_more(anna, typed, is_fine):
    assert ("email" not in form(anna, email=typed).errors) is is_fine


def test_a_number_has_digits(anna):
    assert form(anna, phone="ask her").errors["phone"] == ["A phone number needs digits."]
    assert form(anna, phone="0661 / 123-45 (evenings)").is_valid()


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [({"first_name": ""}, False), ({"phone": "x"}, False), ({"birthday": "x"}, True)],
)
def test_more_opens_where_something_in_it_went_wrong(anna, typed, is_open):
    filled = form(anna, **typed)
    html = "".join(str(getattr(part, "html", "")) for part in filled.helper.layout.fields)

    assert (" open>" in html) is is_open


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("0661 12345", "0151 23456789", "mobile"),
        ("0151 23456789", "0661 12345", "home"),
        ("0661 12345", "0661-12345", "work"),
    ],
)
def test_a_new_number_says_what_it_is(as_anna, anna, first, then, kind):
    eva = CustomerFactory(partner=anna)
    PhoneFactory(customer=eva, typed=first, kind="work")

    as_anna.post(f"{eva.get_absolute_url()}edit/", REQUIRED | {"phone": then, "row_version": 1})

    phone = anna.phones.get()
    assert (phone.typed, phone.kind) == (then, kind)


def test_without_a_record_we_may_not_write(anna):
    answer = may_contact(CustomerFactory(partner=anna), "email", "advertising")

    assert not answer
    assert str(answer.reason) == "They have not been asked yet."
