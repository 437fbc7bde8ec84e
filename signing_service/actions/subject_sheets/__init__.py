"""Subject teachers sign one sheet for each class and subject before the homeroom teacher's act."""
