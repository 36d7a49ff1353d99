"""From a spec to its stage form: `assemble.build` is the way in."""
