"""The statements that make people and what happened to them.

Everything about a row follows from its number `n`, so that no statement needs to look anything up
but the tables of names. No value from outside enters: all that is filled in are numbers.
"""
# ruff: noqa: S608

from collections.abc import Iterable

from mlmcrm.scale.dialect import dialect, draw, uuid7

DAY = 86_400
KNOWN_FOR = 700 * DAY  # people were noted during the last so many seconds
TALKED_FOR = 400 * DAY
ROOM = 10_000_000  # numbers reserved per partner
PEOPLE = "scale_person"
SIZES = {
    "first": 1000,
    "last": 1000,
    "street": 100,
    "place": 100,
    "said": 100,
    "due": 500,
    "evening": 1000,
    "seat": 200,
    "step": 6,
}
COLUMNS = {
    "first": "salutation text, name text, folded text, sound text, mail text, folded_mail text",
    "last": "name text, folded text, sound text, mail text, folded_mail text",
    "street": "name text, folded text",
    "place": "postcode text, name text, folded text",
    "said": "kind text, outcome text, said text",
    "due": (
        "kind text, nature text, what text, due_on date, due_time time,"
        " due_at timestamp with time zone, state text, closed_at timestamp with time zone"
    ),
    "evening": (
        "title text, place text, starts_at timestamp with time zone,"
        " ends_at timestamp with time zone, day date, state text, is_over boolean"
    ),
    "seat": "number integer",
    "step": "part text, days integer, text text",
}
TRUE, FALSE = "(1 = 1)", "(1 = 0)"  # SQLite and PostgreSQL agree on these
TAGS = ("Stammtisch", "Garten", "Nachbarschaft", "Verein", "Kosmetik")
OWNED = "id, partner_id, created_at, updated_at, version"


def lookup_tables() -> Iterable[str]:
    """Tables of this session, by slot: a frequent name has many slots."""
    for name, columns in COLUMNS.items():
        yield f"CREATE TEMPORARY TABLE scale_{name} (slot integer PRIMARY KEY, {columns})"


def people(partners: Iterable[int], count: int, now: int) -> str:
    """The people of some partners, in a table of this session from which all rows are made."""
    since = f"{now - KNOWN_FOR} + number.i * {KNOWN_FOR // count}"
    three_digits = f"substr(CAST(1000 + {draw(5, 1000)} AS text), 2)"
    area = f"CASE {draw(6, 3)} WHEN 0 THEN '3023125' WHEN 1 THEN '6990009' ELSE '8999998' END"
    tags = " ".join(f"WHEN {slot} THEN '{name.lower()}'" for slot, name in enumerate(TAGS))
    owners = " UNION ALL ".join(f"SELECT {partner} AS partner_id" for partner in partners)
    return f"""
        CREATE TEMPORARY TABLE {PEOPLE} AS
        WITH RECURSIVE number(i) AS (
            SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count}
        ), numbered AS (
            SELECT partner_id, CAST({since} AS bigint) AS since,
                   CAST(partner_id AS bigint) * {ROOM} + number.i AS n
            FROM number CROSS JOIN ({owners}) AS owner
        ), drawn AS (
            SELECT numbered.*, {draw(0, 1000)} AS first_slot, {draw(1, 1000)} AS last_slot,
                   {draw(2, 100)} AS street_slot, {draw(3, 100)} AS place_slot,
                   {draw(4, 90)} + 1 AS house, {draw(7, 100)} AS luck,
                   {area} || {three_digits} AS digits, {draw(1, 5, "n + 7")} AS tag_slot
            FROM numbered
        )
        SELECT partner_id, n, since, luck, {uuid7("since", "n")} AS id,
               {dialect().moment("since")} AS created_at,
               scale_first.salutation, scale_first.name AS first_name,
               scale_last.name AS last_name,
               scale_first.folded AS folded_first, scale_last.folded AS folded_last,
               CASE WHEN scale_first.sound = scale_last.sound THEN scale_first.sound
                   ELSE replace(scale_first.sound || scale_last.sound, '  ', ' ') END AS sounds,
               CASE WHEN luck < 80 THEN digits ELSE '' END AS digits,
               CASE WHEN luck % 2 = 0 THEN
                   scale_first.mail || '.' || scale_last.mail || house || '@example.org'
               ELSE '' END AS email,
               scale_first.folded_mail || '.' || scale_last.folded_mail || house || '@example.org'
                   AS folded_email,
               CASE WHEN luck % 4 < 2 THEN scale_street.name || ' ' || house ELSE '' END AS street,
               scale_place.postcode, scale_place.name AS city,
               CASE WHEN luck % 10 < 3 THEN CASE tag_slot {tags} END ELSE '' END AS tag, tag_slot,
               scale_street.folded || ' ' || house || ' ' || scale_place.postcode || ' '
                   || scale_place.folded AS folded_address
        FROM drawn
        JOIN scale_first ON scale_first.slot = first_slot
        JOIN scale_last ON scale_last.slot = last_slot
        JOIN scale_street ON scale_street.slot = street_slot
        JOIN scale_place ON scale_place.slot = place_slot
    """


def inserts(now: int) -> dict[str, str]:
    """What becomes of the people, by table."""
    own = f"{dialect().uuid('id')}, partner_id, created_at, created_at, 1"
    person = dialect().uuid("id")
    talk, talk_id = "n * 8 + turn.k", uuid7("since", "n * 8 + turn.k")
    occurred = dialect().moment(f"{now} - {draw(5, TALKED_FOR, talk)} - 60")
    has_birthday = "luck % 5 < 3"
    return {
        "customers_customer": f"""
            INSERT INTO customers_customer ({OWNED}, salutation, first_name, last_name, formality,
                birth_day, birth_month, birth_year, stage, rank, source, note,
                sort_name, search_text, sounds, postcode, city, is_business, title, nickname,
                company, job_title, website, preferred_channel, best_time, source_kind, uid,
                informed_how, notice_version, declined, link_version, is_hidden)
            SELECT {own}, salutation, first_name, last_name,
                CASE WHEN luck % 3 = 0 THEN 'sie' ELSE 'du' END,
                CASE WHEN {has_birthday} THEN {draw(2, 28)} + 1 END,
                CASE WHEN {has_birthday} THEN {draw(3, 12)} + 1 END,
                CASE WHEN {has_birthday} AND luck % 2 = 0 THEN {draw(4, 60)} + 1945 END,
                CASE luck % 5 WHEN 0 THEN 'prospect' WHEN 1 THEN 'regular' WHEN 2 THEN 'guest'
                    WHEN 3 THEN 'inactive' ELSE 'customer' END,
                CASE luck % 4 WHEN 0 THEN 'A' WHEN 1 THEN 'B' WHEN 2 THEN 'C' ELSE '' END,
                '', CASE WHEN luck % 3 = 1 THEN 'Mag es schlicht. Nach den Ferien melden.'
                    ELSE '' END,
                folded_last || ' ' || folded_first,
                folded_first || ' ' || folded_last
                    || CASE WHEN luck % 3 = 1 THEN ' ' || 'mag es schlicht. nach den ferien melden.'
                        ELSE '' END
                    || CASE WHEN digits = '' THEN '' ELSE ' ' || digits END
                    || CASE WHEN email = '' THEN '' ELSE ' ' || folded_email END
                    || CASE WHEN street = '' THEN '' ELSE ' ' || folded_address END
                    || CASE WHEN tag = '' THEN '' ELSE ' ' || tag END,
                sounds, CASE WHEN street = '' THEN '' ELSE postcode END,
                CASE WHEN street = '' THEN '' ELSE city END, {FALSE},
                '', '', '', '', '', '', '', '', '', '', '', '', 1, {FALSE}
            FROM {PEOPLE}
        """,
        "customers_phone": f"""
            INSERT INTO customers_phone
                ({OWNED}, customer_id, kind, label, is_preferred, typed, number)
            SELECT {own}, {person}, 'home', '', {TRUE}, '0' || digits, '+49' || digits
            FROM {PEOPLE} WHERE digits <> ''
        """,
        "customers_email": f"""
            INSERT INTO customers_email
                ({OWNED}, customer_id, kind, label, is_preferred, typed, address)
            SELECT {own}, {person}, 'private', '', {TRUE}, email, email
            FROM {PEOPLE} WHERE email <> ''
        """,
        "customers_address": f"""
            INSERT INTO customers_address
                ({OWNED}, customer_id, kind, label, is_preferred, extra, street, postcode, city,
                 region, country, normalised)
            SELECT {own}, {person}, 'private', '', {TRUE}, '', street, postcode, city, '', '',
                folded_address
            FROM {PEOPLE} WHERE street <> ''
        """,
        "customers_interaction": f"""
            INSERT INTO customers_interaction
                ({OWNED}, customer_id, kind, occurred_at, text, outcome)
            SELECT {dialect().uuid(talk_id)}, partner_id, {occurred}, {occurred}, 1,
                {person}, kind, {occurred}, said, outcome
            FROM {PEOPLE}
            JOIN (SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3
                  UNION ALL SELECT 4 UNION ALL SELECT 5) AS turn ON turn.k < {draw(6, 7)}
            JOIN scale_said ON scale_said.slot = {draw(7, SIZES["said"], talk)}
        """,
        "customers_followup": f"""
            INSERT INTO customers_followup
                ({OWNED}, customer_id, kind, nature, what, due_on, due_time, zone, due_at,
                 schedule_version, state, closed_at)
            SELECT {own}, {person}, kind, nature, what, due_on, due_time, 'Europe/Berlin', due_at,
                1, state, closed_at
            FROM {PEOPLE}
            JOIN scale_due ON scale_due.slot = {draw(5, SIZES["due"])}
            WHERE {draw(1, 100)} < 15
        """,
        "customers_tagging": f"""
            INSERT INTO customers_tagging ({OWNED}, customer_id, tag_id)
            SELECT {own}, {person}, {dialect().uuid(tag_id("partner_id", "tag_slot"))}
            FROM {PEOPLE} WHERE tag <> ''
        """,
    }


def stories(now: int) -> str:
    """What is due next and when the last talk was, on each of the people."""
    return f"""
        UPDATE customers_customer SET
            next_due_at = (SELECT min(due_at) FROM customers_followup AS row
                WHERE row.customer_id = customers_customer.id AND state = 'open'
                AND (nature <> 'care' OR due_at >= {dialect().moment(str(now - 7 * DAY))})),
            last_contact_at = (SELECT max(occurred_at) FROM customers_interaction AS row
                WHERE row.customer_id = customers_customer.id)
        WHERE id IN (SELECT {dialect().uuid("id")} FROM {PEOPLE})
    """


def tag_id(partner: str, slot: str) -> str:
    return uuid7("CAST(1700000000 AS bigint)", f"CAST({partner} AS bigint) * 10 + {slot}")


def tags(partners: Iterable[int], now: int) -> str:
    """The tags of some partners: each has the same few."""
    moment = dialect().moment(str(now - KNOWN_FOR))
    rows = " UNION ALL ".join(
        f"SELECT {dialect().uuid(tag_id(str(partner), str(slot)))}, {partner},"
        f" {moment}, {moment}, 1, '{name}', '{name.lower()}'"
        for partner in partners
        for slot, name in enumerate(TAGS)
    )
    return f"INSERT INTO customers_tag ({OWNED}, name, folded) {rows}"
