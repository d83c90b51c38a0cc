"""What came back unpaid, and payment files."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.requests import actor_of
from core.transitions import TransitionRefused
from disbursements.permissions import may_download_payment_list
