"""Train and measure the models that ship, on the annotated corpus beside this file."""
