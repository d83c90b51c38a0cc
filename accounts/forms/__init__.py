"""Forms of accounts."""

from accounts.forms.sign_in import ChangePasswordForm, SignInForm

__all__ = ["ChangePasswordForm", "SignInForm"]
