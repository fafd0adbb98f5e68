"""What is done with events, one verb each; every one leaves its traces and can be taken back."""
