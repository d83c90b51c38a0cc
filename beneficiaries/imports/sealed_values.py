"""The old number of a staged row stands inside its values (imports/staging.py), encrypted and indexed: key rotation is told."""

from core.services.index_rotation import KeyedIndex, register_json_index
from core.services.rotation import SealedValue, register_sealed_json


def register() -> None:
    sealed = SealedValue("values", "number", ("old", "sealed"))
    register_sealed_json("beneficiaries.importrow", sealed.column, sealed.path, sealed.kind)
    register_json_index("beneficiaries.importrow", KeyedIndex("values", "number", sealed, ("old", "index")))
    register_json_index("beneficiaries.importrow", KeyedIndex("values", "tail", sealed, ("old", "tail")))
