"""A mail as its reader would see it, in a frame on a page of ours."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

# The document is foreign ground: no script, no origin, nothing fetched; its links lead the page.
foreign_ground = csp(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": ["data:"],
        "frame-ancestors": [SELF],
        "sandbox": [
            "allow-popups",
            "allow-popups-to-escape-sandbox",
            "allow-top-navigation-by-user-activation",
        ],
    }
)


def in_a_frame(view):
    """For a view that answers with such a document: our own pages may frame it."""
    return xframe_options_sameorigin(foreign_ground(view))


def document(html: str) -> HttpResponse:
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
