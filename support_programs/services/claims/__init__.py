"""Claims taken in by hand: opened, and their answers changed later."""

from support_programs.services.claim_refusals import ClaimRefused
from support_programs.services.claims.opening import open_claim
from support_programs.services.claims.receiving import received_day, takes_in
from support_programs.services.claims.stating import state_facts

__all__ = ["ClaimRefused", "open_claim", "received_day", "state_facts", "takes_in"]
