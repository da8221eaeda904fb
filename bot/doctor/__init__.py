"""A dated checklist that an owner runs with own keys: does this account do what the desk relies on?"""
