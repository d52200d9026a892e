"""What belongs to an organization besides itself: other names, parents and children; and people's ties."""
