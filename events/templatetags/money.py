"""Sums of money in templates: `{{ event.sales|euros }}`."""

from decimal import Decimal

from django import template

from events import money

register = template.Library()


@register.filter
def euros(amount: Decimal | None) -> str:
    return "–" if amount is None else money.euros(amount)
