"""Countries with their demonyms and best-known cities: which names are places, and in which country."""
