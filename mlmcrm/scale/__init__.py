"""Synthetic circles of any size, for measuring: made inside the database, in sets."""
