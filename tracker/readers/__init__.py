"""Questions asked of the store, each answered by typed rows; nothing here writes."""
