"""How the models in `extraction/` were made: scripts that take the path of their data. Needs the extra `training`."""
