"""How customers see a partner: one row, made when it is first saved; the foot of each mail."""

import datetime as dt
import hashlib
from base64 import b64encode
from typing import Any, NamedTuple

from django.db import transaction

from partners import changes, clock, files, links
from partners.changes import Act
from partners.models import Partner, Profile, User
from partners.models.profile import IMPRINT

FORMER_STAYS = dt.timedelta(days=30)
NOTICE = "notice"
EDITION = "2026-11"  # of the notice's text; the templates carry it in their names
SHOWN = (
    "name", "business", "street", "postcode", "city", "country", "phone", "email", "website",
    "notice_extra",
)  # fmt: skip


class Footer(NamedTuple):
    """What stands below a mail to a customer: `imprint` in the context of its templates."""

    who: str
    address: str
    phone: str
    email: str
    website: str
    vat_id: str
    notice: str


def of(partner: Partner) -> Profile:
    """The partner's profile; a new one, not yet saved, says what is known from the account."""
    found = partner.profiles.select_related("picture").first()
    return found or Profile(partner=partner, name=partner.name, email=partner.user.email)


def footer(profile: Profile) -> Footer:
    """The imprint, line by line; what is not known yet is left out."""
    return Footer(
        who=joined(" · ", profile.name, profile.business),
        address=address(profile),
        phone=profile.phone,
        email=profile.email,
        website=profile.website,
        vat_id=profile.vat_id,
        notice=notice_link(profile.partner),
    )


def address(profile: Profile) -> str:
    place = joined(" ", profile.postcode, profile.city)
    return joined(", ", profile.street, place, profile.country)


def joined(between: str, *parts: str) -> str:
    return between.join(filter(None, map(str.strip, parts)))


def signature(profile: Profile) -> str:
    """The end of a letter, in lines; the name when the partner wrote nothing else."""
    return profile.signature.strip() or profile.name


def question(profile: Profile, answered: str = "") -> str:
    """Which of the imprint's fields is asked: the one just answered, or the first that lacks."""
    return answered if answered in IMPRINT else next(iter(profile.lacks), "")


def face(profile: Profile) -> str:
    """The picture as part of a page, so that nobody needs an address to fetch it; often empty."""
    if profile.picture is None:
        return ""
    return f"data:image/jpeg;base64,{b64encode(files.content(profile.picture)).decode()}"


# --- changing it -----------------------------------------------------------------------------


@transaction.atomic
def save(partner: Partner, actor: User | None, profile: Profile, **values: Any) -> Act:
    """Write what is new; the first time the row is made with it."""
    act = Act(partner, actor, "profile")
    if profile._state.adding:
        changes.assign(profile, values)
        changes.create(act, profile)
        profile._state.adding = False
    else:
        changes.update(act, profile, **values)
    return act


@transaction.atomic
def set_picture(partner: Partner, actor: User | None, profile: Profile, jpeg: bytes) -> Act:
    """Another face, or none; the former one stays for a while, so that this can be undone."""
    if profile._state.adding:
        save(partner, actor, profile)
    act, former, new = Act(partner, actor, "profile-picture"), profile.picture, None
    if former:
        changes.update(act, former, expires_at=clock.now() + FORMER_STAYS)
    if jpeg:
        new = files.store(partner, "picture.jpg", "image/jpeg", jpeg, kept_for=FORMER_STAYS)
        changes.update(act, new, expires_at=None)
    before = {"picture_id": profile.picture_id}
    profile.picture = new
    # The version stays, so that what is typed meanwhile beside the picture is not refused.
    partner.profiles.filter(pk=profile.pk).update(picture=new, updated_at=clock.now())
    changes.record_all(act, [(profile, before, {"picture_id": profile.picture_id})])
    return act


# --- the privacy notice ----------------------------------------------------------------------


def notice_link(partner: Partner) -> str:
    """Where everybody can read what the partner does with data; the same for all, for ever."""
    return links.absolute(NOTICE, links.token(NOTICE, partner.pk, 1))


def notice_version(profile: Profile) -> str:
    """Which text somebody was given: its edition, and what it said of the partner."""
    said = "\n".join(getattr(profile, name) for name in SHOWN)
    return f"{EDITION}.{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def by_notice(token: str) -> Partner:
    """Whose notice a link opens; BadLink unless it is one of ours."""
    said = links.read(NOTICE, token)
    partner = Partner.objects.filter(pk=said.identifier).select_related("user").first()
    if partner is None:
        raise links.BadLink
    return partner
