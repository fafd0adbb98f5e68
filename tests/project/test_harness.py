"""The suite's own ground: who sees what, and that a forgotten wall is loud."""

import threading
import urllib.request

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.urls import include, path

from partners.http import public
from partners.walls import acting_for
from tests.harness.roles import as_app


def whoami() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def private_page(request):
    return HttpResponse(f"{request.partner.changes.count()} changes, {whoami()}")


@public
def forgetful_page(request):
    """Reads a private table although it acts for no partner."""
    return HttpResponse(str(request.user.partner.changes.count()))


urlpatterns = [
    path("private/", private_page),
    path("forgetful/", forgetful_page),
    path("", include("mlmcrm.urls")),
]
with_these_urls = pytest.mark.urls(__name__)


@with_these_urls
@pytest.mark.postgresql
def test_requests_run_as_the_partner_and_the_test_sees_everything(as_anna):
    assert whoami() == "mlmcrm_test"
    assert as_anna.get("/private/").content == b"0 changes, mlmcrm_partner"
    assert whoami() == "mlmcrm_test"


@with_these_urls
@pytest.mark.postgresql
def test_a_page_that_forgot_the_wall_is_refused_loudly(as_anna):
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_anna.get("/forgetful/")


@pytest.mark.postgresql
def test_acting_for_ends_where_it_began(anna, boris):
    with as_app():
        with acting_for(anna):
            with acting_for(boris):
                assert boris.changes.count() == 0
            assert whoami() == "mlmcrm_partner"
        assert whoami() == "mlmcrm_app"


@pytest.mark.postgresql
def test_an_error_inside_leaves_the_roles_as_they_were(anna):
    with pytest.raises(ZeroDivisionError), as_app(), acting_for(anna):
        _ = 1 / 0
    assert whoami() == "mlmcrm_test"

    with as_app():
        with pytest.raises(ProgrammingError), transaction.atomic():
            anna.changes.count()
        assert whoami() == "mlmcrm_app"
    assert whoami() == "mlmcrm_test"


@with_these_urls
@pytest.mark.postgresql
def test_roles_hold_across_real_transactions_and_reconnects(transactional_db, as_anna):
    assert as_anna.get("/private/").content == b"0 changes, mlmcrm_partner"
    connection.close()
    assert whoami() == "mlmcrm_test"
    with pytest.raises(ProgrammingError):
        as_anna.get("/forgetful/")
    assert whoami() == "mlmcrm_test"


@pytest.mark.postgresql
def test_threads_are_the_product_not_the_test(transactional_db):
    seen = []

    def look():
        seen.append(whoami())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == ["mlmcrm_app"]


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_afterwards_part_one(anna):
    assert type(anna).objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_afterwards_part_two(anna):
    assert type(anna).objects.count() == 1


def test_no_test_leaves_this_machine():
    with pytest.raises(AssertionError, match=r"network: example\.org"):
        urllib.request.urlopen("https://example.org/")
