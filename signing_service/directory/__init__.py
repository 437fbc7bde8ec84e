"""Schools, offices, people and their dated appointments."""
