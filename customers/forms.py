"""Forms about people: few fields first, the rest behind "more"."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import birthdays
from customers.actions import MOST_NAMES, Ways, read_names
from customers.fields import LineField, MailField, ProseField
from customers.models import Customer
from partners import clock
from partners.owned_form import OwnedForm, RowIdField

LONGEST_NAME = 60


class CustomerForm(OwnedForm):
    phone = LineField(
        label=gettext_lazy("Phone number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        validators=[RegexValidator(r"\d", gettext_lazy("A phone number needs digits."))],
    )
    email = MailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    street = LineField(label=gettext_lazy("Street and number"), max_length=120, required=False)
    postcode = LineField(label=gettext_lazy("Postcode"), max_length=10, required=False)
    city = LineField(label=gettext_lazy("Place"), max_length=80, required=False)
    birthday = LineField(
        label=gettext_lazy("Birthday"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("With or without the year: 12.4. or 12.4.1980"),
    )

    class Meta:
        model = Customer
        fields = (
            "first_name",
            "last_name",
            "salutation",
            "formality",
            "stage",
            "rank",
            "source",
            "note",
        )
        field_classes = {
            "first_name": LineField,
            "last_name": LineField,
            "source": LineField,
            "note": ProseField,
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 4}),
            "formality": forms.RadioSelect,
            "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "note": gettext_lazy(
                "Write so that they may read it. Nothing about health, religion or politics."
            ),
        }
        error_messages = {
            "first_name": {"required": gettext_lazy("A first name is enough, but it takes one.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_new:
            self.initial.update(stored_extras(self.instance))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("row_id", "row_version", *self.groups())

    def groups(self):
        formality = Field("formality", template="components/chip_choices.html")
        first = [Field("first_name", autofocus=self.is_new), "phone", "source"]
        name = [Div("last_name", "salutation", css_class="pair"), formality]
        reach = ["email", "street", Div("postcode", "city", css_class="pair")]
        more = [*name, *reach, "birthday", Div("stage", "rank", css_class="pair"), "note"]
        if not self.is_new:
            return ["first_name", *name, "phone", *reach, "birthday", "source", *more[-2:]]
        has_trouble = self.is_bound and self.errors.keys() - {"first_name", "phone", "source"}
        opening = '<details class="fold more-fields"{}><summary>{}</summary><div class="fold-body">'
        return [
            *first,
            HTML(opening.format(" open" if has_trouble else "", _("more"))),
            *more,
            HTML("</div></details>"),
        ]

    def clean_birthday(self) -> str:
        """Day, month and year go to `birth`; the text is what the form shows of a stored one."""
        today = clock.today(self.partner.zone)
        self.birth = birthdays.read(self.cleaned_data["birthday"], today)
        return birthdays.written(*self.birth)

    @property
    def ways(self) -> Ways:
        return Ways(**{name: self.cleaned_data[name] for name in Ways.__annotations__})

    @property
    def values(self) -> dict:
        """The customer's own columns."""
        day, month, year = self.birth
        own = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return own | {"birth_day": day, "birth_month": month, "birth_year": year}

    def new_customer(self) -> Customer:
        customer = self.instance
        for name, value in self.values.items():
            setattr(customer, name, value)
        return customer


def stored_extras(customer: Customer) -> dict[str, str]:
    """What the form shows beyond the customer's own columns: the first of each kind."""
    phone, email = customer.phones.first(), customer.emails.first()
    address = customer.addresses.first()
    return {
        "phone": phone.typed if phone else "",
        "email": email.typed if email else "",
        "street": address.street if address else "",
        "postcode": address.postcode if address else "",
        "city": address.city if address else "",
        "birthday": birthdays.written(
            customer.birth_day, customer.birth_month, customer.birth_year
        ),
    }


class FirstNamesForm(forms.Form):
    row_id = RowIdField()
    names = ProseField(
        label=gettext_lazy("Names"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": gettext_lazy("Petra 0661 12345")}),
        error_messages={"required": gettext_lazy("One name is enough to begin.")},
    )

    def clean_names(self):
        people = read_names(self.cleaned_data["names"])
        if not people:
            raise ValidationError(_("One name is enough to begin."))
        if len(people) > MOST_NAMES:
            raise ValidationError(
                _("That is a long list! Please take at most %(most)d names at a time.")
                % {"most": MOST_NAMES}
            )
        longest = max((part for person in people for part in person), key=len)
        if len(longest) > LONGEST_NAME:
            raise ValidationError(
                _("This is too long for a name: “%(name)s…”") % {"name": longest[:LONGEST_NAME]}
            )
        return people
