"""The first clerk has nobody to invite them: this prints their link instead of mailing it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from partners import actions
from partners.models import User


class Command(BaseCommand):
    help = "Create a clerk of the back office and print a link that lets them choose a password."

    def add_arguments(self, parser):
        parser.add_argument("address")
        parser.add_argument("--name", default="", help="How the clerk is called.")
        parser.add_argument(
            "--superuser", action="store_true", help="May also open Django's admin (/admin/)."
        )

    def handle(self, *, address, name, superuser, **options):
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address!r} is not an e-mail address.") from None
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            user = actions.create_office_user(
                email=address, name=name or address, is_superuser=superuser
            )
        elif not user.is_staff:
            raise CommandError(f"{address} belongs to a partner already.")
        elif user.has_usable_password():
            raise CommandError(f"{address} has an account and a password already.")
        actions.expect_password(user)
        self.stdout.write(
            f"{user.email} may choose a password here, once, within seven days:\n"
            f"{actions.welcome_link(user)}"
        )
