"""A shelf goes into the store: found, read by many, written by one, and never twice.

    shelf, packages ──▶ run ──▶ pool or cluster ──▶ reading ──▶ run ──▶ ledger ══▶ store

``run`` is written against ``concurrent.futures.Executor``; whether that is this machine's ``pool`` or a Dask
``cluster`` is the caller's choice. Nothing here opens a stranger's file but ``reading``, which runs where it may be
killed.
"""
