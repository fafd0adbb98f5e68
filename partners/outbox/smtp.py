"""The conversation with the mail server, and what its answers mean for a message."""

import logging
import smtplib
from email.utils import formataddr, parseaddr
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from partners.models import MailClass, OutboxMessage
from partners.outbox import settling
from partners.outbox.registry import Mail

logger = logging.getLogger(__name__)

CLOSING = 421  # "service not available, closing": said to anybody, not to this message


class OutOfOrder(Exception):
    """No message can be handed over now."""

    def __init__(self, why: str, code: int | None = None):
        super().__init__(why)
        self.code = code


class MailServer:
    """One connection, opened when first needed and used for many mails, opened anew if lost."""

    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.taken = 0
        self.is_out_of_order = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> None:
        """Before this succeeds nothing is handed over, so its failures concern no message."""
        if self.taken >= settings.OUTBOX["BATCH"]:  # servers dislike endless conversations
            self.close()
        try:
            self.backend.open()
        except smtplib.SMTPAuthenticationError as error:
            raise self.out_of_order("refuses our password", error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            raise self.out_of_order("turns us away", error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise self.out_of_order(f"cannot be reached: {error}") from None

    def close(self) -> None:
        self.taken = 0
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None  # it is gone, which is what we wanted

    def out_of_order(self, what: str, code: int | None = None) -> OutOfOrder:
        self.close()
        self.is_out_of_order = True
        return OutOfOrder(f"the mail server {what}", code)

    def hand_over(self, row: OutboxMessage, email: EmailMultiAlternatives) -> bool:
        """Send, and settle the row by the server's answer; whether the mail was taken."""
        email.connection = self.backend
        try:
            taken = email.send()
        except smtplib.SMTPSenderRefused as error:
            raise self.out_of_order("takes no mail from us", error.smtp_code) from None
        except smtplib.SMTPRecipientsRefused as error:
            self.refused(row, *next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            self.refused(row, error.smtp_code, error.smtp_error)
        except (
            ValueError,
            smtplib.SMTPNotSupportedError,
        ) as error:  # a header or address nobody should have let in
            settling.failed(row, f"cannot be sent: {error}", settling.FINAL)
        except Exception as error:
            # Broken off in the middle: perhaps after the final dot, so perhaps it was taken.
            logger.exception("message %s: the conversation broke off", row.pk)
            self.close()
            settling.failed(row, f"the conversation broke off: {error}", ambiguous=True)
        else:
            if taken:
                self.taken += 1
                settling.sent(row)
                return True
            settling.failed(row, "has no address", settling.FINAL)
        return False

    def refused(self, row: OutboxMessage, code: int, reply: bytes | str) -> None:
        if code == CLOSING:
            raise self.out_of_order("closes the line", code)
        text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        settling.failed(row, text, code)


def as_email(mail: Mail, row: OutboxMessage) -> EmailMultiAlternatives:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": row.message_id, "X-CRM-Ref": str(row.pk), **mail.headers}
    if row.mail_class != MailClass.TRANSACTIONAL:
        headers["Auto-Submitted"] = "auto-generated"
    email = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        from_email=formataddr((mail.sender_name, address)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        email.attach_alternative(mail.html, "text/html")
    return email
