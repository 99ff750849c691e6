"""What people enter, read as everything else that is read."""
