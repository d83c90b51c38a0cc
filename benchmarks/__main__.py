"""`make bench ARGS="import batch"`: run the cases whose name contains one of the words, or all; 1 when a limit is broken."""

import importlib
import os
import pkgutil
import sys

from benchmarks.harness import CASES, run_case, table


def main() -> int:
    """Measure in a database of its own, made like those of the tests, and print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    import benchmarks.cases
    from benchmarks.surroundings import own_database

    for module in pkgutil.iter_modules(benchmarks.cases.__path__):
        importlib.import_module(f"benchmarks.cases.{module.name}")
    words = sys.argv[1:]
    chosen = [case for case in CASES if not words or any(word in case.name for word in words)]
    results = []
    with own_database() as cleaner:
        for case in chosen:
            print(f"{case.name} ...", file=sys.stderr, flush=True)
            results.append(run_case(case))
            cleaner.clean()
    print(table(results))
    return 0 if all(result.is_within_limits for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
