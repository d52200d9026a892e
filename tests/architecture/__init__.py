"""The house plan as checks over source trees: pure functions from parsed files to sentences about faults.

``tests/test_architecture.py`` runs them on this repository; the tests beside them plant one fault
at a time in a small tree and see that it is found.
"""
