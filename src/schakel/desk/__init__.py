"""What people may ask and do: access, scope and the audit line stand here; no rule and no table does."""
