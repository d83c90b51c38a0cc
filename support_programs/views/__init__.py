"""Pages of officers: worklist, cases, lists, approvals."""
