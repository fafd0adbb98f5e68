"""A believable circle of two partners, told by hand. All days count from today."""
