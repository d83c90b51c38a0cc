"""`make bench`: what the work costs beside the least it could cost, measured in one run on one machine.

Seconds differ from machine to machine and from minute to minute; a ratio between two things done one after the other in the same
process does not, or much less. So each case measures a yardstick (the bare parse, the bare statement) and our own work over the
same data, and is held to a ratio. `docs/benchmarks.md` keeps the figures.

A case is a module in `benchmarks/cases` with a function for each measurement, marked `@case`; see `benchmarks/harness.py`.
"""
