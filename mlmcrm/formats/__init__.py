"""How a language writes its days, where Django's own way would be misread here."""
