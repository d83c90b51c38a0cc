"""The ways of batches, payment instructions, rounds of handing out and their lines."""

from disbursements.workflow.goods import HANDOUT_LINE_WORKFLOW, HANDOUT_WORKFLOW
from disbursements.workflow.payouts import BATCH_WORKFLOW, INSTRUCTION_WORKFLOW

__all__ = ["BATCH_WORKFLOW", "HANDOUT_LINE_WORKFLOW", "HANDOUT_WORKFLOW", "INSTRUCTION_WORKFLOW"]
