"""WIA floor: incapacity under 35 % (WIA-bodem, WIA 0–35)."""
