"""Migration operations that build the second wall. On other databases than PostgreSQL, nothing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex
from django.db.migrations.operations.base import Operation

from partners.walls import LOGIN, OFFICE, PARTNER, PLANNER

OWN_ROWS = "partner_id = ANY (NULLIF(current_setting('app.partners', true), '')::bigint[])"
ROLES = (LOGIN, PARTNER, PLANNER, OFFICE)


class PostgresOperation(Operation):
    reduces_to_sql = False
    reversible = True

    def state_forwards(self, app_label, state):
        """Nothing: walls change the database, not the models."""

    def forwards(self, schema_editor, app_label, apps):
        raise NotImplementedError

    def backwards(self, schema_editor, app_label, apps):
        raise NotImplementedError

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            for statement in self.forwards(schema_editor, app_label, to_state.apps):
                schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            for statement in self.backwards(schema_editor, app_label, from_state.apps):
                schema_editor.execute(statement)


class CreateRoles(PostgresOperation):
    """The roles of `partners.walls`, and what the login role may do by default.

    Roles belong to the whole server: a second database there finds them, and undoing leaves them.
    """

    def forwards(self, schema_editor, app_label, apps):
        for role in ROLES:
            yield f"""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                        CREATE ROLE {role} NOLOGIN NOINHERIT;
                    END IF;
                    IF '{role}' <> '{LOGIN}' THEN
                        IF NOT EXISTS (
                            SELECT FROM pg_auth_members
                            WHERE roleid = '{role}'::regrole AND member = '{LOGIN}'::regrole
                        ) THEN
                            GRANT {role} TO {LOGIN};
                        END IF;
                        IF NOT pg_has_role(current_user, '{role}', 'MEMBER')
                           OR NOT EXISTS (
                            SELECT FROM pg_auth_members
                            WHERE roleid = '{role}'::regrole AND member = current_user::regrole
                        ) AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                        THEN
                            GRANT {role} TO CURRENT_USER;
                        END IF;
                    END IF;
                END $$
            """
        every = "SELECT, INSERT, UPDATE, DELETE"
        yield f"GRANT USAGE ON SCHEMA public TO {', '.join(ROLES)}"
        yield f"GRANT {every} ON ALL TABLES IN SCHEMA public TO {LOGIN}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {LOGIN}"
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {every} ON TABLES TO {LOGIN}"
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {LOGIN}"

    def backwards(self, schema_editor, app_label, apps):
        revoke = "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON"
        yield f"{revoke} TABLES FROM {LOGIN}"
        yield f"{revoke} SEQUENCES FROM {LOGIN}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {', '.join(ROLES)}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {LOGIN}"
        yield f"REVOKE USAGE ON SCHEMA public FROM {', '.join(ROLES)}"

    def describe(self):
        return "Create the roles of the second wall"


class Allow(PostgresOperation):
    """Grant a role something on a table that belongs to no partner."""

    def __init__(self, model, role, privileges, columns=()):
        self.model, self.role = model, role
        self.privileges, self.columns = privileges, columns

    def target(self, apps, app_label):
        meta = apps.get_model(app_label, self.model)._meta
        names = ", ".join(meta.get_field(column).column for column in self.columns)
        columns = f" ({names})" if names else ""
        return f"{self.privileges}{columns} ON {meta.db_table}"

    def forwards(self, schema_editor, app_label, apps):
        yield f"GRANT {self.target(apps, app_label)} TO {self.role}"

    def backwards(self, schema_editor, app_label, apps):
        yield f"REVOKE {self.target(apps, app_label)} FROM {self.role}"

    def describe(self):
        return f"Allow {self.role} to {self.privileges} {self.model}"


class Police(PostgresOperation):
    """Row-level security for a table that is not owned, but that partners may look into.

    A partner's requests see the rows for which `own` holds; every other role that may touch the
    table sees all of them.
    """

    def __init__(self, model, own):
        self.model, self.own = model, own

    def forwards(self, schema_editor, app_label, apps):
        table = apps.get_model(app_label, self.model)._meta.db_table
        own = f"{self.own} = ANY (NULLIF(current_setting('app.partners', true), '')::bigint[])"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY own_rows ON {table} TO {PARTNER} USING ({own}) WITH CHECK ({own})"
        yield f"CREATE POLICY all_rows ON {table} TO {LOGIN}, {PLANNER}, CURRENT_USER USING (true)"

    def backwards(self, schema_editor, app_label, apps):
        table = apps.get_model(app_label, self.model)._meta.db_table
        yield f"DROP POLICY all_rows ON {table}"
        yield f"DROP POLICY own_rows ON {table}"
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"

    def describe(self):
        return f"Show partners their own rows of {self.model} alone"


class Enclose(PostgresOperation):
    """Put the wall around an owned table.

    Its rows show to their own partner alone, for its owner too; `planner_columns` show to the
    planner for all partners. Foreign keys between owned tables carry the partner along, since
    PostgreSQL checks a plain one past row-level security.
    """

    def __init__(self, model, planner_columns=()):
        self.model, self.planner_columns = model, planner_columns

    def owned_foreign_keys(self, meta):
        for field in meta.concrete_fields:
            other = field.remote_field and field.remote_field.model
            if other and any(f.name == "deleted_at" for f in other._meta.concrete_fields):
                yield field.column, other._meta.db_table

    def forwards(self, schema_editor, app_label, apps):
        meta = apps.get_model(app_label, self.model)._meta
        table = meta.db_table
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY own_rows ON {table} USING ({OWN_ROWS}) WITH CHECK ({OWN_ROWS})"
        yield f"REVOKE ALL ON {table} FROM {LOGIN}"
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {PARTNER}"
        yield f"ALTER TABLE {table} ADD CONSTRAINT {table}_with_partner UNIQUE (partner_id, id)"
        for column, other in self.owned_foreign_keys(meta):
            yield (
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_partner "
                f"FOREIGN KEY (partner_id, {column}) REFERENCES {other} (partner_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
            )
        if self.planner_columns:
            columns = ", ".join(meta.get_field(name).column for name in self.planner_columns)
            yield f"GRANT SELECT ({columns}) ON {table} TO {PLANNER}"
            yield f"CREATE POLICY planning ON {table} FOR SELECT TO {PLANNER} USING (true)"

    def backwards(self, schema_editor, app_label, apps):
        meta = apps.get_model(app_label, self.model)._meta
        table = meta.db_table
        if self.planner_columns:
            yield f"DROP POLICY planning ON {table}"
        for column, _other in self.owned_foreign_keys(meta):
            yield f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_same_partner"
        yield f"ALTER TABLE {table} DROP CONSTRAINT {table}_with_partner CASCADE"
        yield f"REVOKE ALL ON {table} FROM {PARTNER}, {PLANNER}"
        yield f"DROP POLICY own_rows ON {table}"
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"

    def describe(self):
        return f"Enclose {self.model} in the second wall"


class TieToPartner(PostgresOperation):
    """A later foreign key of an enclosed table: it carries the partner along as well."""

    def __init__(self, model, field):
        self.model, self.field = model, field

    def forwards(self, schema_editor, app_label, apps):
        meta = apps.get_model(app_label, self.model)._meta
        field = meta.get_field(self.field)
        yield (
            f"ALTER TABLE {meta.db_table} ADD CONSTRAINT {meta.db_table}_{field.column}_same_partner "
            f"FOREIGN KEY (partner_id, {field.column}) "
            f"REFERENCES {field.related_model._meta.db_table} (partner_id, id) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def backwards(self, schema_editor, app_label, apps):
        meta = apps.get_model(app_label, self.model)._meta
        column = meta.get_field(self.field).column
        yield f"ALTER TABLE {meta.db_table} DROP CONSTRAINT {meta.db_table}_{column}_same_partner"

    def describe(self):
        return f"Tie {self.model}.{self.field} to the partner"


class LetOfficeCount(PostgresOperation):
    """Show these columns of an enclosed table to the back office, for all partners."""

    def __init__(self, model, columns):
        self.model, self.columns = model, columns

    def forwards(self, schema_editor, app_label, apps):
        meta = apps.get_model(app_label, self.model)._meta
        columns = ", ".join(meta.get_field(name).column for name in self.columns)
        yield f"GRANT SELECT ({columns}) ON {meta.db_table} TO {OFFICE}"
        yield f"CREATE POLICY counting ON {meta.db_table} FOR SELECT TO {OFFICE} USING (true)"

    def backwards(self, schema_editor, app_label, apps):
        table = apps.get_model(app_label, self.model)._meta.db_table
        yield f"DROP POLICY counting ON {table}"
        yield f"REVOKE ALL ON {table} FROM {OFFICE}"

    def describe(self):
        return f"Let the back office count {self.model}"


class AddIndexOnline(AddIndex):
    """An index on a table that may be large: on PostgreSQL its rows can be written meanwhile.

    The migration must say `atomic = False`.
    """

    atomic = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.kind(schema_editor).database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.kind(schema_editor).database_backwards(app_label, schema_editor, from_state, to_state)

    def kind(self, schema_editor):
        online = schema_editor.connection.vendor == "postgresql"
        return (AddIndexConcurrently if online else AddIndex)(self.model_name, self.index)
