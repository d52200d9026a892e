"""Classification by reviewers: the codes that they confirm or change, facet by facet, and why."""
