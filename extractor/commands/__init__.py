"""The commands of ``solieu``, one module each: ``add`` describes it to the parser, ``run`` carries it out.

A command is thin: it turns typed words into a call of a room below and the answer into sentences, tables and an exit
code. The only package that prints. Rooms are imported inside ``run``, so that ``--help`` answers at once.
"""
