"""Measure the product's pages against the floor: `make bench`, or `make bench ARGS=--quick` to try."""
