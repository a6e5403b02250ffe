"""What the records mean: pure functions, each naming the method or law it implements."""
