"""The door between the wings: it turns accepted submissions into public records, in batches."""
