"""Weights of evidence are learned from gold: numbers aligned, decisions taught, a table fitted for each of them.

A development extra (``solieu[train]``): nothing here is loaded when reports are read.
"""
