"""Floor 2: the hands, one side effect a module."""
