"""Files to turns, and turns put right.

`reading.read_file` is the door: `decoding` makes text of a file (`containers` opens Word documents and PDFs), the surest of
`formats` parses it, and what it found is measured or refused. A new format is one file in `formats`; what formats share stands
in `notation` (how names, times and words are written) and in `speech` (from captions and words to turns). Beside that stand
`sides` (whose voice it is), `edits` (who speaks, as a person put it right), `people` (what names tell), `likeness` (whether two
files are one meeting) and `passages` (what is embedded). Importing the package loads none of them.
"""
