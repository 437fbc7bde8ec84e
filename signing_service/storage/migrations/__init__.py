"""Schema migrations, applied by `migrate`."""
