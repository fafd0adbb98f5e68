"""Sums of money as people write and read them: “412 €”, “61,80 €”, “1.200,00”."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import pgettext

ZERO, MINUS = Decimal(), "\N{MINUS SIGN}"
CENTS = Decimal("0.01")
NOISE = re.compile(r"[\s€']")
SEPARATOR = re.compile(r"[.,](?!\d{1,2}$)")  # in front of three digits it only groups them


def cents(amount: Decimal) -> Decimal:
    """As merchants round: half a cent is one."""
    return amount.quantize(CENTS, ROUND_HALF_UP)


def euros(amount: Decimal) -> str:
    """Without cents where there are none."""
    sum_ = pgettext("money", "€%(amount)s") % {"amount": number(abs(amount))}
    return f"{MINUS}{sum_}" if cents(amount) < ZERO else sum_


def number(amount: Decimal) -> str:
    rounded = cents(amount)
    places = 0 if rounded == rounded.to_integral_value() else 2
    return formats.number_format(rounded, places, force_grouping=True)


def per_cent(value: Decimal) -> str:
    return f"{formats.number_format(value.normalize(), use_l10n=True)} %".replace(" ", "\xa0")


def plain(typed: Any) -> Any:
    """“1.200,50 €” and “1,200.50” as computers write them."""
    if not isinstance(typed, str):
        return typed
    return SEPARATOR.sub("", NOISE.sub("", typed)).replace(",", ".")


class AmountField(forms.DecimalField):
    """A sum or a measure; an empty field means nothing at all, which is `empty`."""

    def __init__(self, *, empty: Decimal | None = ZERO, **kwargs: Any):
        self.empty = empty
        typed = {"inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=typed))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain(value))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return self.empty if cleaned is None else cleaned

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return number(value) if value else ""
