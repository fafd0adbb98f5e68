"""What every page of the house needs."""

from django.conf import settings


def house(request):
    return {
        "partner": getattr(request, "partner", None),
        "brand_name": "Kundenkreis",
        "keeps_mail": not settings.EMAIL_URL,
        "demo": settings.DEMO,
        "office_mfa_optional": settings.OFFICE_MFA == "optional",
    }
