"""Workbooks become tables with the exact numbers of their cells, and what stands around the tables becomes text."""
