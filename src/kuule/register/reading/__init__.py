"""From YAML files to the model and back, with the line of everything that is wrong."""
