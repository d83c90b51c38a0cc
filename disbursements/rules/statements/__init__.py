"""Reading what came back: payment lists with results, result files of banks, statements of accounts. Knows no batch, no database.

One module per kind of file, one shape for all: `ReadStatement` with its `ReadLine`s. What can't be read as a whole raises
`Unreadable` with a code; a single row that makes no sense is read with what it says and judged later.
"""

from disbursements.rules.statements.camt053 import read_camt053
from disbursements.rules.statements.kinds import kind_of_file
from disbursements.rules.statements.lines import Direction, ReadLine, ReadStatement, Said, Unreadable
from disbursements.rules.statements.mt940 import read_mt940
from disbursements.rules.statements.reasons import BankReason, bank_reason, reason_code_of
from disbursements.rules.statements.references import instruction_references
from disbursements.rules.statements.returned_list import read_returned_list
from disbursements.rules.statements.table import read_result_table

__all__ = [
    "BankReason",
    "Direction",
    "ReadLine",
    "ReadStatement",
    "Said",
    "Unreadable",
    "bank_reason",
    "instruction_references",
    "kind_of_file",
    "read_camt053",
    "read_mt940",
    "read_result_table",
    "read_returned_list",
    "reason_code_of",
]
