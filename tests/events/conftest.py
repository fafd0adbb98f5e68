from tests.customers.conftest import english, in_english

__all__ = ["english", "in_english"]
