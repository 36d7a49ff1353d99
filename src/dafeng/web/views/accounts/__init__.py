"""Pages of the accounts: explorer, walk, change, peak, districts, enterprises, factors."""
