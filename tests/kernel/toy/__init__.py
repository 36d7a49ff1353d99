"""A toy city: three places, three sectors of road transport, a forest, four years."""
