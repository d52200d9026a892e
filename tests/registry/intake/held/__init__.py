"""Did what was put right hold?"""
