"""Django's admin, for superusers: accounts and the outbox to find and repair, nothing private."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from partners.adapters import lacks_second_factor
from partners.models import OutboxMessage, Partner, User


class Site(admin.AdminSite):
    """Opens with the same sign-in and second factor as the back office."""

    site_header = site_title = "Kundenkreis"
    index_title = _("Administration")
    site_url = "/office/"
    final_catch_all_view = False

    def has_permission(self, request):
        user = request.user
        return (
            user.is_active
            and user.is_superuser
            and user.is_staff
            and not (lacks_second_factor(user))
        )

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        """Only those who are signed in come here: those who may not enter, or not yet."""
        if lacks_second_factor(request.user):
            return redirect("mfa_index")
        if self.has_permission(request):
            return redirect("admin:index")
        raise Http404

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


site = Site()


class OnlyLook(admin.ModelAdmin):
    """Rows come and go elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User, site=site)
class UserAdmin(OnlyLook):
    list_display = ["email", "name", "partner", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "language"]
    search_fields = ["email", "name"]
    fields = [
        "email",
        "name",
        "partner",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
        "invited_at",
    ]
    readonly_fields = ["email", "partner", "last_login", "date_joined", "invited_at"]
    ordering = ["email"]


@admin.register(Partner, site=site)
class PartnerAdmin(OnlyLook):
    list_display = ["name", "user", "created_at", "paused_at", "terms_version"]
    list_filter = [("paused_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["name", "user__email"]
    fields = ["name", "time_zone", "created_at", "paused_at", "terms_version", "terms_accepted_at"]
    readonly_fields = ["created_at", "paused_at", "terms_version", "terms_accepted_at"]


@admin.register(OutboxMessage, site=site)
class OutboxMessageAdmin(OnlyLook):
    list_display = ["kind", "partner", "state", "due_at", "sent_at", "attempts", "last_error"]
    list_filter = ["state", "mail_class", "kind"]
    list_select_related = ["partner"]
    search_fields = ["message_id", "dedupe_key"]
    date_hierarchy = "due_at"

    def has_change_permission(self, request, obj=None):
        return False
