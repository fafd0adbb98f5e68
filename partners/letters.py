"""From templates to a mail: subject, plain text, and HTML whose styles sit on each element."""

import functools
import re
from typing import Any

import css_inline
from django.conf import settings
from django.template import Context, Engine, Origin, engines
from django.template.loader import get_template
from django.template.loaders import filesystem
from django.utils.translation import get_language

from partners.outbox import Mail

# Most mail programs ignore style sheets; of what stays, some understand dark mode.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
TAG = re.compile(r"{% blocktranslate .*?{% endblocktranslate %}|{%.*?%}|{{.*?}}")
FRAME = ("{% extends ", "{% block ", "{% endblock ", "{% include ")
SEALED = re.compile(r"(?:<!--)?sealed-([0-9a-f]+)-(?:-->)?")
# Mail servers read line by line: a line for each row and paragraph, none too long to travel as it is.
ON_ONE_LINE = re.compile(r">\s*\n\s*<(?!(?:tr|p|h1|h2|div)\b)")
INDENTED = re.compile(r"\s*\n\s*")


def compose(template: str, context: dict[str, Any], **fields: Any) -> Mail:
    """Render `mail/<template>.subject.txt`, `.txt` and `.html` in the active language."""
    context = {
        "brand_name": "Kundenkreis",
        "language": get_language(),
        "base_url": settings.BASE_URL,
        **context,
    }
    parts = (
        get_template(f"mail/{template}.subject.txt"),
        get_template(f"mail/{template}.txt"),
        styled(f"mail/{template}.html"),
    )
    subject, text, html = (part.render(context).strip() for part in parts)
    return Mail(subject=subject, text=f"{text}\n", html=html, **fields)


# --- styles, put on each element of the template once rather than of each mail ---------------


@functools.cache
def styled(name: str) -> Any:
    """The template in one piece with those it extends and includes, its styles on each element.

    Meanwhile all other tags are sealed: comments and words mean nothing to HTML. So a tag may
    stand between elements or in the value of an attribute, and not elsewhere inside of `<…>`.
    """
    frames = Engine(dirs=Engine.get_default().dirs, loaders=[f"{__name__}.Frames"])
    html = INLINER.inline(frames.get_template(name).render(Context()))
    packed = INDENTED.sub("\n", ON_ONE_LINE.sub("> <", html))
    return engines["django"].from_string(SEALED.sub(unsealed, packed))


class Frames(filesystem.Loader):
    """Templates of which only extending and including remains to be done."""

    def get_contents(self, origin: Origin) -> str:
        return TAG.sub(sealed, super().get_contents(origin))


def sealed(found: re.Match[str]) -> str:
    tag = found[0]
    if tag.startswith(FRAME):
        return tag
    word = f"sealed-{tag.encode().hex()}-"
    return word if tag.startswith("{{") else f"<!--{word}-->"


def unsealed(found: re.Match[str]) -> str:
    return bytes.fromhex(found[1]).decode()
