"""Language models as analysts: when they are asked, what it may cost, and how their silence sounds."""
