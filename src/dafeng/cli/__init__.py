"""The command line: `dafeng`."""
