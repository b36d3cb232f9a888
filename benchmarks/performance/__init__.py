"""Speed and memory of the line, as ratios to the bare model in one run."""
