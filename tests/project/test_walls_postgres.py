"""The second wall, inside PostgreSQL: built everywhere, strong alone, and the crawl can see."""

from weakref import WeakKeyDictionary

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from customers import duties
from customers.models import Customer
from partners import questions
from partners.models import Partner, User
from partners.walls import LOGIN, PARTNER, PLANNER, acting_for, planning
from tests.factories import CustomerFactory, PhoneFactory
from tests.harness.roles import as_app
from tests.project.crawl import ask
from tests.project.pages import PRIVATE
from tests.project.world import build, canaries, owned_models, tokens

pytestmark = pytest.mark.postgresql

TABLES = [model._meta.db_table for model in owned_models()]


# --- the catalogue -----------------------------------------------------------------------------


def test_every_owned_table_has_its_wall_and_the_owner_is_no_exception(owner):
    walled = owner.execute(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    )

    assert set(TABLES) <= {name for (name,) in walled}


@pytest.mark.parametrize("table", TABLES)
def test_a_partners_only_policy_checks_reading_and_writing(owner, table):
    policies = owner.execute(
        "SELECT policyname, cmd, qual = with_check, qual LIKE '%%app.partners%%' "
        "FROM pg_policies WHERE tablename = %s AND roles && ARRAY['public', %s]::name[]",
        [table, PARTNER],
    )

    assert policies.fetchall() == [("own_rows", "ALL", True, True)]


@pytest.mark.parametrize("table", TABLES)
def test_the_planner_reads_and_reads_no_text(owner, table):
    granted = owner.execute(
        "SELECT column_name, privilege_type FROM information_schema.column_privileges "
        "WHERE table_name = %s AND grantee = %s",
        [table, PLANNER],
    ).fetchall()
    [model] = [model for model in owned_models() if model._meta.db_table == table]

    assert {privilege for _, privilege in granted} <= {"SELECT"}
    assert not {column for column, _ in granted} & {*tokens(model), "sort_name", "search_text"}


@pytest.mark.parametrize("table", TABLES)
def test_the_login_role_may_not_touch_private_tables(owner, table):
    [may] = owner.execute(
        "SELECT has_any_column_privilege(%s, %s, 'SELECT, INSERT, UPDATE, REFERENCES')",
        [LOGIN, table],
    ).fetchone()

    assert not may


def test_references_between_private_rows_carry_the_partner(owner):
    """PostgreSQL checks a plain reference past row-level security."""
    references = owner.execute(
        """
        SELECT conrelid::regclass::text, confrelid::regclass::text,
               ARRAY(SELECT attname::text FROM pg_attribute
                     WHERE attrelid = conrelid AND attnum = ANY (conkey) ORDER BY attname)
        FROM pg_constraint WHERE contype = 'f'
        """
    ).fetchall()
    private = [
        (here, columns) for here, there, columns in references if {here, there} <= set(TABLES)
    ]
    plain = {(here, columns[0]) for here, columns in private if len(columns) == 1}
    paired = {
        (here, column)
        for here, columns in private
        if len(columns) == 2 and "partner_id" in columns
        for column in columns
        if column != "partner_id"
    }

    assert plain, "there are references to look at"
    assert plain <= paired


def test_no_uniqueness_reaches_across_partners(owner):
    """A refused duplicate would tell that another partner has it; primary keys are random."""
    uniques = owner.execute(
        """
        SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index
        WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY (%s)
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = indexrelid
                          AND attname = 'partner_id')
        """,
        [TABLES],
    )

    assert uniques.fetchall() == []


def test_no_role_of_the_product_is_above_the_wall(owner):
    roles = owner.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit "
        "FROM pg_roles WHERE rolname = ANY (%s) ORDER BY rolname",
        [[LOGIN, PARTNER, PLANNER]],
    ).fetchall()
    owned = owner.execute(
        "SELECT relname FROM pg_class WHERE relowner::regrole::text = ANY (%s)",
        [[LOGIN, PARTNER, PLANNER]],
    ).fetchall()

    assert roles == [(name, *[False] * 5) for name in sorted([LOGIN, PARTNER, PLANNER])]
    assert owned == []


def test_nothing_lends_the_owners_rights(owner):
    views = owner.execute(
        "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
        " UNION SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'"
    ).fetchall()

    assert views == []


# --- forgetting ----------------------------------------------------------------------------------


@pytest.fixture
def two_circles(anna, boris):
    return build(anna), build(boris)


def test_a_forgotten_filter_shows_ones_own_rows(anna, boris, two_circles):
    of_anna, _of_boris = two_circles
    strangers = {of_anna.customer.pk, of_anna.hidden.pk, of_anna.double.pk, of_anna.binned.pk}
    with acting_for(boris):
        own = set(Customer.unscoped_with_bin.filter(partner=boris).values_list("pk", flat=True))
    assert len(own) == 6
    assert not own & strangers

    with as_app(), acting_for(boris), connection.cursor() as cursor:
        assert {row.pk for row in Customer._base_manager.all()} == own
        cursor.execute("SELECT id FROM customers_customer")
        assert {pk for (pk,) in cursor.fetchall()} == own
        assert not Customer.unscoped.filter(pk=of_anna.customer.pk).update(note="stolen")
        assert Customer._base_manager.filter(pk=of_anna.customer.pk).delete() == (0, {})


def test_a_batch_sees_the_partners_it_names(anna, boris, two_circles):
    with as_app(), acting_for(anna, boris):
        assert Customer.unscoped.count() == 6
    with as_app(), acting_for():
        assert Customer.unscoped.count() == 0


def test_accounts_and_messages_of_others_are_out_of_sight(anna, boris):
    with as_app(), acting_for(boris):
        assert list(Partner.objects.all()) == [boris]
        assert list(User.objects.all()) == [boris.user]
        assert not Partner.objects.filter(pk=anna.pk).update(name="stolen")


def test_nobody_writes_into_a_foreign_circle(anna, boris):
    stray = CustomerFactory.build(partner=anna)

    with pytest.raises(ProgrammingError, match="row-level security"), as_app(), acting_for(boris):
        stray.save(force_insert=True)


def test_nobody_moves_a_row_into_a_foreign_circle(anna, boris, two_circles):
    with pytest.raises(ProgrammingError, match="row-level security"), as_app(), acting_for(boris):
        Customer.unscoped.update(partner=anna)


def test_no_row_refers_into_a_foreign_circle(anna, boris, two_circles):
    of_anna, _of_boris = two_circles
    phone = PhoneFactory.build(partner=boris, customer=of_anna.customer)

    refused = pytest.raises(IntegrityError, match="same_partner")
    with refused, as_app(), acting_for(boris):
        store_and_check(phone)


def store_and_check(row):
    row.save_base(force_insert=True)  # past our own check in `save`
    connection.check_constraints()


@pytest.mark.parametrize("statement", ["SELECT note FROM {}", "UPDATE {} SET note = ''"])
def test_the_planner_is_refused_notes(statement, two_circles):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with as_app(), refused, planning(), connection.cursor() as cursor:
        cursor.execute(statement.format(Customer._meta.db_table))


def test_an_empty_list_of_partners_after_a_transaction_is_nobody(anna, two_circles):
    """After SET LOCAL the setting is an empty text, not NULL: the policy must bear both."""
    with as_app():
        with acting_for(anna):
            assert Customer.unscoped.count() == 3
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE mlmcrm_partner")
            assert Customer.unscoped.count() == 0


# --- each wall alone -----------------------------------------------------------------------------


@pytest.fixture
def without_wall_one(monkeypatch):
    """The application forgets whose rows it asks for: `partner.customers` is everybody's.

    What is kept of its statements is forgotten before and after, else one would serve the other.
    """
    duties.statement.cache_clear()
    for model in owned_models():
        accessor = model._meta.get_field("partner").remote_field.get_accessor_name()
        manager = getattr(Partner, accessor).related_manager_cls
        monkeypatch.setattr(manager, "_apply_rel_filters", lambda self, rows: rows)
        monkeypatch.setattr(manager, "__call__", forgetful(manager.__call__))
    # Questions written before still name the partner, new ones are refused without one, and rows of
    # somebody else are refused by either.
    monkeypatch.setattr(questions, "known", WeakKeyDictionary())
    monkeypatch.setattr(questions, "is_as_given", lambda differing, asked: differing <= asked)
    monkeypatch.setattr(questions, "is_theirs", lambda owner_id, partner: True)
    yield
    duties.statement.cache_clear()


def forgetful(choose):
    """`partner.customers(manager=...)` likewise."""

    def chosen(self, *, manager):
        other = choose(self, manager=manager)
        other._apply_rel_filters = lambda rows: rows
        return other

    return chosen


@pytest.fixture
def without_wall_two(transactional_db, owner):
    """PostgreSQL's policies are gone."""
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    yield
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


@pytest.fixture
def world(clock, anna):
    return build(anna)


# Their questions name the partner outright, a hold that the fixtures cannot take away: they show
# nothing, or fail rather than leak.
OUTRIGHT = {
    "bin-delete",
    "customer-bin",
    "customer-history",
    "customer-import-columns",
    "customer-merge",
    "digest-mail",
    "event-mail-example",
    "locked-list",
    "mail-write",
    "privacy-record",
    "profile",
    "right-erase",
    "right-list",
    "right-package",
}


def shows_canaries(client, world, *, may_fail: bool = False) -> set[str]:
    """The private addresses on which this visitor sees something of Anna's."""
    answers = {name: ask(client, "GET", page.url(name, world)) for name, page in PRIVATE.items()}
    assert may_fail or [name for name, answer in answers.items() if answer.status >= 500] == []
    return {name for name, answer in answers.items() if canaries(answer.text)}


def test_the_second_wall_alone_holds(without_wall_one, as_boris, world):
    assert shows_canaries(as_boris, world) == set()


def test_the_first_wall_alone_holds(without_wall_two, as_boris, world):
    assert shows_canaries(as_boris, world) == set()


def test_without_walls_the_crawl_sees_the_canaries(
    without_wall_one, without_wall_two, as_anna, as_boris, world
):
    with_data = shows_canaries(as_anna, world)
    leaking = shows_canaries(as_boris, world, may_fail=True) & with_data

    assert len(leaking) > 40
    assert with_data - leaking == OUTRIGHT
