"""What the page says to a guest, once for du and once for Sie."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

DU = {
    "invites": pgettext_lazy("du", "%(name)s invites you"),
    "deadline": pgettext_lazy("du", "Please answer by %(when)s."),
    "change": pgettext_lazy("du", "You can still change your answer."),
    "change_until": pgettext_lazy("du", "You can change your answer until %(when)s."),
    "yes": pgettext_lazy("du", "How lovely, you are coming!"),
    "moved_up": pgettext_lazy("du", "A seat has become free: you are in!"),
    "waiting": pgettext_lazy("du", "You are on the waiting list"),
    "waiting_how": pgettext_lazy(
        "du", "All seats are taken. As soon as one becomes free, you move up by yourself."
    ),
    "maybe": pgettext_lazy("du", "No hurry. Just answer when you know."),
    "no": pgettext_lazy("du", "What a pity. Thank you for telling us."),
    "companions": pgettext_lazy("du", "Are you bringing somebody along?"),
    "privately": pgettext_lazy("du", "Would you like to be shown everything privately instead?"),
    "message": pgettext_lazy("du", "Would you like to tell %(name)s something?"),
    "reminder": pgettext_lazy("du", "Would you like a reminder?"),
    "permissions": pgettext_lazy("du", "May %(partner)s get in touch with you again later?"),
    "permissions_how": pgettext_lazy("du", "Only if you like. Nothing of it is needed to come."),
    "late": pgettext_lazy(
        "du", "Answers are no longer taken here. Please tell %(partner)s directly."
    ),
    "late_change": pgettext_lazy("du", "Should anything change, please tell %(partner)s directly."),
    "came": pgettext_lazy("du", "How lovely that you were there!"),
    "sign_up": pgettext_lazy("du", "Are you coming?"),
    "only_for": pgettext_lazy(
        "du", "Only needed if you would like a confirmation or news of this evening."
    ),
    "again": pgettext_lazy("du", "Thank you, %(name)s, your answer is noted."),
    "again_how": pgettext_lazy(
        "du", "Your own page comes by mail. There you can change your answer and say more."
    ),
    "confirm": pgettext_lazy("du", "Please press the link in the mail that is on its way to you."),
}
SIE = {
    "invites": pgettext_lazy("Sie", "%(name)s invites you"),
    "deadline": pgettext_lazy("Sie", "Please answer by %(when)s."),
    "change": pgettext_lazy("Sie", "You can still change your answer."),
    "change_until": pgettext_lazy("Sie", "You can change your answer until %(when)s."),
    "yes": pgettext_lazy("Sie", "How lovely, you are coming!"),
    "moved_up": pgettext_lazy("Sie", "A seat has become free: you are in!"),
    "waiting": pgettext_lazy("Sie", "You are on the waiting list"),
    "waiting_how": pgettext_lazy(
        "Sie", "All seats are taken. As soon as one becomes free, you move up by yourself."
    ),
    "maybe": pgettext_lazy("Sie", "No hurry. Just answer when you know."),
    "no": pgettext_lazy("Sie", "What a pity. Thank you for telling us."),
    "companions": pgettext_lazy("Sie", "Are you bringing somebody along?"),
    "privately": pgettext_lazy("Sie", "Would you like to be shown everything privately instead?"),
    "message": pgettext_lazy("Sie", "Would you like to tell %(name)s something?"),
    "reminder": pgettext_lazy("Sie", "Would you like a reminder?"),
    "permissions": pgettext_lazy("Sie", "May %(partner)s get in touch with you again later?"),
    "permissions_how": pgettext_lazy("Sie", "Only if you like. Nothing of it is needed to come."),
    "late": pgettext_lazy(
        "Sie", "Answers are no longer taken here. Please tell %(partner)s directly."
    ),
    "late_change": pgettext_lazy(
        "Sie", "Should anything change, please tell %(partner)s directly."
    ),
    "came": pgettext_lazy("Sie", "How lovely that you were there!"),
    "sign_up": pgettext_lazy("Sie", "Are you coming?"),
    "only_for": pgettext_lazy(
        "Sie", "Only needed if you would like a confirmation or news of this evening."
    ),
    "again": pgettext_lazy("Sie", "Thank you, %(name)s, your answer is noted."),
    "again_how": pgettext_lazy(
        "Sie", "Your own page comes by mail. There you can change your answer and say more."
    ),
    "confirm": pgettext_lazy("Sie", "Please press the link in the mail that is on its way to you."),
}


def words(*, is_formal: bool, **about: Any) -> Mapping[str, str]:
    return filled(SIE if is_formal else DU, about)


def filled(said: Mapping[str, Any], about: Mapping[str, Any]) -> Mapping[str, str]:
    """Every sentence, with the names and moments it speaks of."""
    texts = {key: str(text) for key, text in said.items()}
    return {key: text % about if "%(" in text else text for key, text in texts.items()}
