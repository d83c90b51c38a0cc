"""Forms of accounts."""

from accounts.forms.sign_in import ChangePasswordForm, SignInForm
from accounts.forms.staff import CloseForm, NewStaffForm, StaffFilterForm, StaffForm, check_username

__all__ = [
    "ChangePasswordForm",
    "CloseForm",
    "NewStaffForm",
    "SignInForm",
    "StaffFilterForm",
    "StaffForm",
    "check_username",
]
