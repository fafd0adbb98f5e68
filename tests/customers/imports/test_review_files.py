"""Files with what no database stores: NUL, and half a character."""

import pytest

from customers.actions import importing
from customers.imports.standing import failed_rows
from partners.models import uuid7
from tests.customers.imports.flows import take

CARD = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Kern;Eva\r\nNOTE;CHARSET={};{}\r\nEND:VCARD\r\n"


@pytest.mark.usefixtures("english")
def test_rows_with_nul_are_kept_as_far_as_they_can_be_read(anna):
    content = b"Vorname;Telefon\r\nEva\0;0661 12345\0\r\n;\0000\0;\r\n"
    run = importing.begin(anna, anna.user, uuid7(), "a.csv", content)
    run.settings["columns"] = ["first_name", "phone"]

    importing.start_reading(anna, anna.user, run)
    run.refresh_from_db()
    take(run)

    assert anna.customers.get(first_name="Eva").phones.get().number == "+4966112345"
    assert [row["raw"] for row in failed_rows(run, 5)] == [["", "0", ""]]


@pytest.mark.parametrize("charset", ["UTF-7", "unicode_escape", "punycode", "undefined", "zlib"])
def test_a_card_in_an_odd_encoding_can_be_stored(anna, charset):
    note = "ENCODING=QUOTED-PRINTABLE:tea+2AA-=5Cud800=00"
    content = CARD.format(charset, note).encode()

    take(importing.begin(anna, anna.user, uuid7(), "a.vcf", content))

    assert anna.customers.get().note.startswith("tea")
