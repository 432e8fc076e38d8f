"""Networks: what they are made of, how they learn, what they learn from, and how they are kept."""
