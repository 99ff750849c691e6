"""Writing a run's items into the store: one module for each kind of thing kept."""
