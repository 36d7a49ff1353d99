"""City: one pack of data, loaded, cross-checked and bound to the model."""
