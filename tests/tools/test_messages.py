"""Our texts are found wherever they are written, and none may lack its German."""

from textwrap import dedent

import polib
import pytest

from tools import messages
from tools.messages import Text


def test_texts_in_python_are_found_under_any_name():
    source = dedent("""
        from django.utils.translation import gettext_lazy as _, npgettext, pgettext as said
        _("one " "text")
        said("place", "in a context")
        npgettext("place", "%(count)d day", "%(count)d days", days)
        _(variable)
    """)

    assert [text for text, _ in messages.from_python(source)] == [
        Text(None, "one text", None),
        Text("place", "in a context", None),
        Text("place", "%(count)d day", "%(count)d days"),
    ]


def test_texts_in_templates_are_found_as_django_looks_them_up():
    source = """
        {% translate "100% sure" %} {% translate 'short' context "place" %}
        {% blocktranslate trimmed count days=days %}
          {{ days }} day
        {% plural %}
          {{ days }} days
        {% endblocktranslate %}
        {{ when|date:_("j F") }} {# _("no text") #} gettext("no text either")
    """

    assert [text for text, _ in messages.from_template(source)] == [
        Text(None, "100%% sure", None),
        Text("place", "short", None),
        Text(None, "%(days)s day", "%(days)s days"),
        Text(None, "j F", None),
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgstr": "Hallo %(name)s"}, None),
        ({"msgstr": ""}, "has no German"),
        ({"msgstr": "Hallo %(name)s", "flags": ["fuzzy"]}, "has no German"),
        ({"msgstr": "Hallo"}, "leaves out %(name)s"),
        ({"msgstr": "Hallo %(name)s %(nane)s"}, "has no %(nane)s"),
        ({"msgstr": "Hallo %(name)s", "msgctxt": "elsewhere"}, "has no entry"),
    ],
)
def test_a_text_without_its_german_is_named(monkeypatch, entry, fault):
    german = polib.POFile()
    german.append(polib.POEntry(msgid="Hello %(name)s", **entry))
    monkeypatch.setattr(messages, "catalogue", lambda: german)

    faults = list(messages.untranslated({Text(None, "Hello %(name)s", None): ["page.html:1"]}))

    assert [fault in said for said in faults] == [True] * bool(fault)
