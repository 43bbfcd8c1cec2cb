"""Learning on top of the frozen network, from what a desk accepted; PyTorch is not needed."""
