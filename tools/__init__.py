"""What developers run: set-up, vendored files, catalogues, measuring. The product imports nothing from here."""
