from events import (
    calendar_urls,
    club_urls,
    evening_urls,
    guest_urls,
    invite_urls,
    mail_urls,
    plan_urls,
    print_urls,
    result_urls,
)

urlpatterns = [
    *plan_urls.urlpatterns,
    *guest_urls.urlpatterns,
    *invite_urls.urlpatterns,
    *mail_urls.urlpatterns,
    *evening_urls.urlpatterns,
    *result_urls.urlpatterns,
    *club_urls.urlpatterns,
    *print_urls.urlpatterns,
    *calendar_urls.urlpatterns,
]
