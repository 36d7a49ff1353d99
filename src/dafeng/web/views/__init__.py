"""What each page shows: functions from a request's page to the template's values."""
