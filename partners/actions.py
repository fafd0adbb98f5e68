"""What happens to partners and to those who sign in. Each act may come twice and counts once."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction

from partners import clock, links, outbox
from partners.models import Partner, User

INVITATION = "invitation"
INVITATION_LASTS = dt.timedelta(days=7)
DOUBLE_CLICK = dt.timedelta(minutes=1)


def create_partner(*, name: str, email: str, language: str, time_zone: str) -> Partner:
    """A new partner, and an invitation on its way."""
    try:
        with transaction.atomic():
            partner = Partner.objects.create(name=name, time_zone=time_zone)
            user = User.objects.create_user(email, name=name, language=language, partner=partner)
    except IntegrityError:  # the form was sent twice, and the first one won
        return Partner.objects.get(user__email__iexact=email)
    invite(user)
    return partner


def create_office_user(*, email: str, name: str, is_superuser: bool = False) -> User:
    """A clerk without a password; the welcome link lets them choose one."""
    fields = {"name": name, "is_staff": True, "is_superuser": is_superuser}
    return User.objects.create_user(email, **fields)


# --- invitations -----------------------------------------------------------------------------


@transaction.atomic
def invite(user: User) -> None:
    """Send an invitation; only the newest one works, and a double click sends one."""
    now = clock.now()
    if user.invited_at and now - user.invited_at < DOUBLE_CLICK:
        return
    expect_password(user)
    version = invitation_version(user)
    row = outbox.message(
        INVITATION,
        key=f"{INVITATION}:{user.pk}:{version}",
        recipient=user,
        source_type="user",
        source_id=str(user.pk),
        source_version=str(version),
        expires_at=now + INVITATION_LASTS,
    )
    outbox.write([row])


def expect_password(user: User) -> None:
    """From now on a new welcome link works, and older ones no longer do."""
    user.invited_at = clock.now()
    user.save(update_fields=["invited_at"])


def invitation_version(user: User) -> int:
    return int(user.invited_at.timestamp()) if user.invited_at else 0


def welcome_link(user: User) -> str:
    token = links.token(INVITATION, user.pk, invitation_version(user))
    return links.absolute("welcome", token)


def invited_user(token: str) -> User | None:
    """Whom a welcome link belongs to, while it may be used."""
    try:
        link = links.read(INVITATION, token)
    except ValueError:
        return None
    user = User.objects.filter(pk=link.identifier, is_active=True).exclude(invited_at=None).first()
    if user is None or user.invited_at is None or link.version != invitation_version(user):
        return None
    if user.partner and user.partner.is_paused:
        return None
    return user if clock.now() < user.invited_at + INVITATION_LASTS else None


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """A password of one's own; it uses the invitation up."""
    user.set_password(password)
    user.invited_at = None
    user.save(update_fields=["password", "invited_at"])


def trust_address(user: User) -> None:
    """Take the user's address as confirmed: the office wrote it down, or its owner confirmed it."""
    EmailAddress.objects.filter(user=user, primary=True).exclude(email=user.email).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


# --- partners --------------------------------------------------------------------------------


@transaction.atomic
def pause(partner: Partner) -> None:
    """Nobody signs in, nothing is sent; every session ends now. The data stays."""
    Partner.objects.filter(pk=partner.pk, paused_at=None).update(paused_at=clock.now())
    for session in UserSession.objects.filter(user__partner=partner):
        session.end()


def resume(partner: Partner) -> None:
    Partner.objects.filter(pk=partner.pk).update(paused_at=None)


def accept_terms(partner: Partner) -> None:
    """The terms as they stand today; accepting them again keeps the first date."""
    if partner.has_accepted_terms:
        return
    partner.terms_version = settings.TERMS_VERSION
    partner.terms_accepted_at = clock.now()
    partner.save(update_fields=["terms_version", "terms_accepted_at"])
