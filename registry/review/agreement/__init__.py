"""How far two reviewers agree who classify the same report without knowing of each other."""
