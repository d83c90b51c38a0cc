"""Files for banks: each folder holds one form of file whole; `registry` knows them all.

A new bank's own form is a folder beside these with a `write` of its own and a line in the registry.
"""
