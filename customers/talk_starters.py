"""A few honest helps for talks to start from. None of them presses anybody."""

from django.utils.translation import gettext_lazy as _

from customers.models import TalkNote

Kind = TalkNote.Kind

STARTERS = [
    (
        Kind.OPENING,
        _("First ask whether it suits"),
        _("Hello, it is me. Do you have two minutes, or shall I call another time?"),
    ),
    (
        Kind.OPENING,
        _("Say at once why you call"),
        _(
            "I had promised to tell you when your scent is back. It is, and that is why I am calling."
        ),
    ),
    (
        Kind.QUESTION,
        _("First listen"),
        _(
            "What do you use at the moment?\n"
            "What do you like about it?\n"
            "What would you like to be different?"
        ),
    ),
    (
        Kind.QUESTION,
        _("Two weeks later"),
        _(
            "How do you get on with it?\n"
            "Is anything not as you had hoped? I would rather hear it than not."
        ),
    ),
    (
        Kind.WORRY,
        _("“That is too expensive for me”"),
        _(
            "I understand. Perhaps the small size will do, or it simply does not suit now. "
            "Both are fine."
        ),
    ),
    (
        Kind.WORRY,
        _("“I want to think about it”"),
        _(
            "Do, take your time. May I ask what is still open? "
            "Shall I ask again, or would you rather get in touch yourself?"
        ),
    ),
    (
        Kind.WORRY,
        _("“I have no time”"),
        _("Then not today. Would next week suit you better, or would you rather leave it?"),
    ),
    (
        Kind.WORRY,
        _("“I do not want to be sold anything”"),
        _("Then I will not. If you ever have a question, I am there. Shall I stop calling you?"),
    ),
    (
        Kind.ASKING,
        _("When somebody is happy"),
        _(
            "I am glad that you like it. Is there somebody who would enjoy it as much? "
            "You need not give me a number: I send you a text with my link, "
            "and you pass it on if you like."
        ),
    ),
    (
        Kind.ASKING,
        _("A no is a no"),
        _("That is quite all right. Thank you for saying so."),
    ),
]
