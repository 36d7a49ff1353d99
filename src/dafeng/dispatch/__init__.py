"""The power system, hour by hour: least cost, with a certificate on every answer."""
