"""Pure scorers: gold and predicted values in, counts of one document out."""
