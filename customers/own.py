"""Values of the partner's own fields: read as people type them, said as people write them."""

import dataclasses
import datetime as dt
import decimal

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers import birthdays
from customers.models import OwnField
from customers.text import fold, line

LONGEST = 500
BIGGEST = decimal.Decimal(10) ** 14
YES = {"ja", "j", "yes", "y", "1", "true", "wahr", "x", "stimmt"}
NO = {"nein", "n", "no", "0", "false", "falsch", "kein", "keine"}


@dataclasses.dataclass(frozen=True)
class Said:
    """What an `OwnValue` holds: the text in one form for all languages, and what can be compared."""

    text: str
    number: decimal.Decimal | None = None
    date: dt.date | None = None


def read(field: OwnField, typed: str) -> Said | None:
    """None where nothing was said; ValidationError says in a sentence what does not fit."""
    said = line(typed)
    if not said:
        return None
    match field.kind:
        case OwnField.Kind.NUMBER:
            number = read_number(said)
            return Said(f"{number.normalize():f}", number=number)
        case OwnField.Kind.DATE:
            day = read_day(said)
            return Said(day.isoformat(), date=day)
        case OwnField.Kind.YES_NO:
            return Said(read_yes(said))
        case OwnField.Kind.CHOICE:
            return Said(read_choice(field, said))
    if len(said) > LONGEST:
        raise ValidationError(_("That is too long. At most 500 characters fit in here."))
    return Said(said)


def as_stored(field: OwnField | None, typed: str) -> str:
    """The text of what was typed, or just that if it does not fit."""
    try:
        said = read(field, typed) if field else None
    except ValidationError:
        return typed
    return said.text if said else typed


def read_number(said: str) -> decimal.Decimal:
    """German or English, as it is meant: 1.234,5 and 1,234.5 and 1234.5 and 38,5."""
    plain = said.replace(" ", "").replace("'", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "." if comma > point else ","
        plain = plain.replace(thousands, "")
    try:
        number = decimal.Decimal(plain.replace(",", "."))
        fits = number.is_finite() and abs(number) < BIGGEST
        number = number.quantize(decimal.Decimal("0.0001")) if fits else number
    except decimal.InvalidOperation:
        fits = False
    if not fits:
        raise ValidationError(_("This takes a number, like 38 or 38,5."))
    return number


def read_day(said: str) -> dt.date:
    try:
        day, month, year = birthdays.read(said, dt.date.max)
        return dt.date(year or 0, month or 0, day or 0)
    except (ValueError, ValidationError):
        raise ValidationError(_("Please write the day like 14.3.2026.")) from None


def read_yes(said: str) -> str:
    folded = fold(said)
    if folded not in YES | NO:
        raise ValidationError(_("This takes yes or no."))
    return "1" if folded in YES else "0"


def read_choice(field: OwnField, said: str) -> str:
    """One of the choices, however it is spelt."""
    for choice in field.choices:
        if fold(choice) == fold(said):
            return choice
    raise ValidationError(
        _("Please choose one of: %(choices)s.") % {"choices": ", ".join(field.choices)}
    )


def spoken(kind: str, text: str) -> str:
    """A stored text in the reader's language."""
    try:
        match kind:
            case OwnField.Kind.NUMBER:
                number = decimal.Decimal(text).normalize()
                return f"{number:f}".replace(".", decimal_mark())
            case OwnField.Kind.DATE:
                day = dt.date.fromisoformat(text)
                return formats.date_format(day, pgettext("date format", "j F Y"))
            case OwnField.Kind.YES_NO:
                return _("yes") if text == "1" else _("no")
    except (ValueError, decimal.InvalidOperation):
        pass
    return text


def written(field: OwnField, text: str) -> str:
    """As the form shows a stored text, and reads it again."""
    if field.kind == OwnField.Kind.DATE:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return text
        return f"{day.day}.{day.month}.{day.year}"
    return (
        text
        if field.kind in {OwnField.Kind.YES_NO, OwnField.Kind.CHOICE}
        else spoken(field.kind, text)
    )


def decimal_mark() -> str:
    return formats.get_format("DECIMAL_SEPARATOR")


def answers() -> Count:
    """Of how many people a field says something."""
    return Count("values", filter=Q(values__deleted_at=None))
