"""Organizations as tenants: applying, approval, members, clients, suspension."""
