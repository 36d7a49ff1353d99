"""Plan: targets, actions, tasks, responsible units; a document as data."""
