"""Facts of somebody who gets the support, for every version, and what they give. Days are ISO texts."""

from typing import Any, Final

Facts = dict[str, Any]

_PERSON: Final[Facts] = {
    "birth_date": "1990-03-15",
    "other_regimes": [],
    "other_programmes": [],
    "paid_days": [],
    "received_before": "",
}
_TAM_HOAN: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "employer_kind": "enterprise",
    "cause": "employer_stopped",
    "event_start": "2021-07-01",
    "event_end": "2021-07-20",
    "within_contract_term": True,
    "insured_month_before": True,
    "is_pregnant": False,
}
_NGUNG_VIEC: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "stopped_under_art_99_3": True,
    "cause": "medical_isolation",
    "event_start": "2021-07-01",
    "event_end": "2021-07-20",
    "insured_month_before": True,
    "is_pregnant": False,
}
_CHAM_DUT: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "cause": "employer_stopped",
    "event_start": "2021-07-01",
    "insured_month_before": True,
    "entitled_unemployment_benefit": False,
    "unlawful_termination": False,
    "receives_pension": False,
    "is_pregnant": False,
}
_F0: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "variant": "F0",
    "has_competent_decision": True,
    "event_start": "2021-08-01",
    "event_end": "2021-08-10",
    "is_disabled": False,
}
_NGHE_THUAT: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "job_title": "actor",
    "professional_rank": "IV",
    "unit_is_armed_forces": False,
    "unit_stopped_by_order": True,
    "event_start": "2021-07-01",
    "event_end": "2021-07-20",
}
_HDV: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "guide_card_number": "189123456",
    "guide_card_expires_on": "2022-05-01",
    "guide_basis": "labour_contract",
    "got_other_support": False,
}
_HO_KD: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "household_kind": "registered",
    "stop_cause": "order",
    "all_lines_stopped": True,
    "event_start": "2021-07-10",
    "event_end": "2021-07-31",
}
_DAO_TAO: Final[Facts] = {
    "received_on": "2021-09-01",
    "received_before": "",
    "unemployment_insured_months": 12,
    "changes_structure_or_technology": True,
    "revenue_quarter": 900,
    "revenue_2019": 1000,
    "revenue_2020": 950,
    "has_training_plan": True,
    "workers": 10,
    "months": 3,
    "plan_cost": 40_000_000,
}
_HTTT: Final[Facts] = {
    "received_on": "2021-09-01",
    "received_before": "",
    "paid_up_to": "2021-04",
    "headcount_base": 100,
    "headcount_now": 80,
    "months_paused_before": 0,
}
_LD: Final[Facts] = {
    **_PERSON,
    "received_on": "2021-09-01",
    "occupation": "Bán vé số dạo",
    "occupation_group": "ban_ve_so_luu_dong",
    "stream": "VE_SO",
    "is_urban": False,
    "has_labour_contract": False,
    "residence": "permanent",
    "claims_elsewhere": False,
    "lost_income_on": "2021-07-09",
    "monthly_income": 0,
}
_VAY: Final[Facts] = {
    "received_on": "2021-09-01",
    "received_before": "",
    "loan_kind": "recovery_after_stop",
    "event_start": "2021-07-01",
    "workers": 10,
    "months": 3,
    "wage_region": "III",
    "has_recovery_plan": True,
    "has_bad_debt": False,
}

ENTITLED: Final[dict[str, Facts]] = {
    "TAM_HOAN/v1": _TAM_HOAN,
    "TAM_HOAN/v2": {
        **_TAM_HOAN,
        "received_on": "2021-11-10",
        "has_labour_contract": True,
        "cause": "directive_16",
    },
    "NGUNG_VIEC/v1": _NGUNG_VIEC,
    "NGUNG_VIEC/v2": {**_NGUNG_VIEC, "received_on": "2021-11-10"},
    "CHAM_DUT/v1": _CHAM_DUT,
    "CHAM_DUT/v2": {
        **_CHAM_DUT,
        "received_on": "2021-11-10",
        "has_labour_contract": True,
        "cause": "directive_16",
    },
    "F0_F1/v1": _F0,
    "F0_F1/v2": {**_F0, "received_on": "2021-11-10"},
    "NGHE_THUAT/v1": _NGHE_THUAT,
    "HDV_DL/v1": _HDV,
    "HO_KD/v1": _HO_KD,
    "HO_KD/v2": {**_HO_KD, "received_on": "2021-11-10"},
    "DAO_TAO/v1": _DAO_TAO,
    "HTTT/v1": _HTTT,
    "HTTT/v2": {**_HTTT, "received_on": "2021-11-10", "paid_up_to": "2021-01", "headcount_now": 90},
    "TNLD_BNN/v1": {
        "received_on": "2021-09-01",
        "received_before": "",
        "employer_kind": "enterprise",
        "wage_fund": 1_000_000_000,
        "saving_used_for_workers": True,
    },
    "VAY_VON/v1": _VAY,
    "VAY_VON/v2": {**_VAY, "received_on": "2021-11-10"},
    "LD_TU_DO/v1": _LD,
}

# what the facts above give, in đồng (None: the amount is the business of another agency)
AMOUNTS: Final[dict[str, int | None]] = {
    "TAM_HOAN/v1": 1_855_000,
    "TAM_HOAN/v2": 1_855_000,
    "NGUNG_VIEC/v1": 1_000_000,
    "NGUNG_VIEC/v2": 1_000_000,
    "CHAM_DUT/v1": 3_710_000,
    "CHAM_DUT/v2": 3_710_000,
    "F0_F1/v1": 800_000,
    "F0_F1/v2": 800_000,
    "NGHE_THUAT/v1": 3_710_000,
    "HDV_DL/v1": 3_710_000,
    "HO_KD/v1": 3_000_000,
    "HO_KD/v2": 3_000_000,
    "DAO_TAO/v1": 40_000_000,
    "HTTT/v1": 0,
    "HTTT/v2": 0,
    "TNLD_BNN/v1": 60_000_000,
    "VAY_VON/v1": 102_900_000,
    "VAY_VON/v2": 102_900_000,
    "LD_TU_DO/v1": 1_500_000,
}
