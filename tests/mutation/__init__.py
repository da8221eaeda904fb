"""Do the tests notice when the code that moves money says something else?"""
