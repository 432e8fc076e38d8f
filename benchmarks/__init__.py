"""Side by side with the best peers, in one run; what counts is the ratio."""
