"""English as it is read in Europe: no day that could be taken for a month."""
