from django.urls import path

from partners import office_mail_views, office_views

urlpatterns = [
    path("", office_views.home, name="office-home"),
    path("mail/", office_mail_views.mail, name="office-mail"),
    path("mail/open/", office_mail_views.open_gate, name="office-mail-open"),
    path("mail/release/", office_mail_views.release, name="office-mail-release"),
    path("partners/add/", office_views.partner_add, name="office-partner-add"),
    path("partners/<int:pk>/", office_views.partner_detail, name="office-partner-detail"),
    path("partners/<int:pk>/invite/", office_views.partner_invite, name="office-partner-invite"),
    path("partners/<int:pk>/pause/", office_views.partner_pause, name="office-partner-pause"),
    path("partners/<int:pk>/resume/", office_views.partner_resume, name="office-partner-resume"),
]
