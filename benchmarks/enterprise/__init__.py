"""Speed of enterprise accounts and of the check of an import."""
