"""The nouns and the common ground: every type that passes between rooms, and what all rooms need.

Documents, figures and findings; periods and units; folding for comparison; the words of ``models/``; errors, faults and
the log. Imports no room.
"""
