"""Reviewing what was read out of a document: in the pages, with decisions kept, and as one file to take along."""
