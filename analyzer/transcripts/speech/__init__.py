"""From pieces of speech (captions, words, stretches below a name) to turns."""
