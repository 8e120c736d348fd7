"""Small pictures that were looked at by eye. `python -m golden` in `tests/` makes them anew, to be looked at again."""
