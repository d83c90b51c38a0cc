"""`manage.py seed_demo`: the living demo province."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.demo.answers import bring_answers
from reports.demo.casework import bring_casework
from reports.demo.dossiers import bring_dossiers
from reports.demo.goals import bring_goals
from reports.demo.movement import bring_movement
from reports.demo.planning import bring_planning
from reports.demo.province import build_province
from reports.demo.rice import bring_rice
from reports.demo.schedules import bring_schedules
from reports.demo.spending import bring_spending
from reports.demo.standing import DemoState, demo_state, empty_demo
from reports.demo.uploads import UPLOADS, bring_lists

PEOPLE = 20_000
SEED = 1856


class Command(BaseCommand):
    help = "Build the demo province: 11 districts, 156 communes, people, cases and lists in every state, batches. Needs DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=PEOPLE, help="about how many people and cases")
        parser.add_argument(
            "--uploads",
            type=int,
            default=len(UPLOADS),
            help="lists that wait with wrong rows; 0: only what is written set by set, no single work of the desks either",
        )
        parser.add_argument(
            "--no-reports",
            action="store_true",
            help="leave out what leadership sees: plan, reports, public scans, movement, targets",
        )
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives another province")
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing where there are records already"
        )
        parser.add_argument("--reset", action="store_true", help="throw the demo's records away first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused without DEMO and where records exist that the demo did not make; run again it changes nothing."""
        if not settings.DEMO:
            raise CommandError("DEMO is off: the demo province is not for real data")
        if options["people"] < 100:
            raise CommandError("--people must be 100 or more")
        state = demo_state()
        if state is DemoState.REAL and options["if_empty"]:
            return
        if state is DemoState.REAL:
            raise CommandError("There are records that the demo did not make: nothing was changed")
        if state is DemoState.SEEDED and not options["reset"]:
            self.stdout.write("The demo province is there already")
            return
        if state is DemoState.SEEDED:
            empty_demo()
        built = build_province(options["people"], options["seed"])
        cache.clear()
        brought = bring_lists(options["uploads"], options["seed"])
        taken_in = bring_dossiers(options["seed"]) if options["uploads"] else 0
        worked = bring_casework(options["seed"]) if options["uploads"] else "no single work of the desks"
        spent = (
            f"{bring_spending()}, {bring_answers()}, {bring_rice(options['seed'])}"
            if options["uploads"]
            else "no papers of money"
        )
        led = (
            f"{bring_planning()}, {bring_movement()}, {bring_goals(options['seed'])}, {bring_schedules()}"
            if options["uploads"] and not options["no_reports"]
            else "nothing for leadership"
        )
        self.stdout.write(
            f"{built}, {brought} lists uploaded, {taken_in} dossiers of other policies, {worked}, {spent}, {led}"
        )
