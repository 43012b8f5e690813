"""Text of files. Reading happens in a child process with limits, so that a hostile file harms nothing but itself.

`reader` is the parent's side; `child` the other, which loads no Django and one library per kind of file.
"""
