"""Reads a CSV file into a data frame of texts: read_with_polars.py FILE."""

import sys

import polars

print(polars.read_csv(sys.argv[1], infer_schema=False).height, "rows")
