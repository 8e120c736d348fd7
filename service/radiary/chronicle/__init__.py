"""From facts to a story, and from the story to a page and to site data."""
