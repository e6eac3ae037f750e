"""Questions that the record answers: the wordings they are asked in, what they mean, and the answers in words."""
