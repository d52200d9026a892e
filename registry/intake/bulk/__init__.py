"""Many reports at once: a spreadsheet or a file of lines, checked whole before anything is stored.

``reading`` turns bytes into a table, ``headers`` says what each column means, ``rows`` makes accounts of
rows and rows of accounts, ``checking`` says what is wrong, ``service`` keeps what is good.
"""
