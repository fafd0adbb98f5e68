"""From templates to a mail: subject, plain text, and HTML whose styles sit on each element."""

from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from partners.outbox import Mail

# Most mail programs ignore style sheets; of what stays, some understand dark mode.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def compose(template: str, context: dict[str, Any], **fields: Any) -> Mail:
    """Render `mail/<template>.subject.txt`, `.txt` and `.html` in the active language."""
    context = {
        "brand_name": "Kundenkreis",
        "language": get_language(),
        "base_url": settings.BASE_URL,
        **context,
    }
    subject, text, html = (
        render_to_string(f"mail/{template}.{part}", context).strip()
        for part in ("subject.txt", "txt", "html")
    )
    return Mail(subject=subject, text=f"{text}\n", html=INLINER.inline(html), **fields)
