"""The type of words for people: plain text, or a translation that is looked up when shown."""

from django.utils.functional import Promise

Text = str | Promise
