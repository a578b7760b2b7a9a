"""Dates as councils write them: 6 March 2023."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, g:ia"
TIME_FORMAT = "g:ia"
SHORT_DATE_FORMAT = "j M Y"
