"""Weights of evidence are learned from gold: numbers aligned, decisions taught, a table fitted for each of them.

Nothing here is loaded when reports are read.
"""
