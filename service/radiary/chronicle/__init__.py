"""Floor 1: from facts to a story, and from the story to a page and to site data."""
