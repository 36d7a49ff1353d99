"""Cost of a pathway, in money of one year: power, buildings, road vehicles, ships and aircraft, industry, waste.

Electricity is priced once, where it is made or bought: what uses it pays no tariff here, and fuel no tax of its own.
Capital is paid back in equal yearly parts; what stood before the year from which cost is counted is sunk.
"""
