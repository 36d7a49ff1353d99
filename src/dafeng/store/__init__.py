"""Where things are kept: YAML files, the database."""
